#include "shared/markup/markup.h"

#include <utility>

#include "shared/markup/inline.h"

namespace askus::markup {

namespace {

using Kind = Piece::Kind;
constexpr std::string_view kWhite = " \t";
constexpr auto kNone = std::string_view::npos;

std::string_view trim(std::string_view line) {
  const std::size_t begin = line.find_first_not_of(kWhite);
  if (begin == kNone) return {};
  return line.substr(begin, line.find_last_not_of(kWhite) - begin + 1);
}

// A trimmed line: what begins it, and its text without that.
struct Line {
  bool item = false, numbered = false;
  std::int32_t number = 0;
  std::string_view text;
};

Line classify(std::string_view line) {
  std::size_t mark = 0;
  std::int32_t number = 0;
  while (mark < 2 && mark < line.size() && line[mark] >= '0' && line[mark] <= '9') {
    number = number * 10 + (line[mark++] - '0');
  }
  const bool numbered = mark > 0;
  if (mark == line.size() || line[mark] != (numbered ? '.' : '-')) return {false, false, 0, line};
  const std::size_t text = line.find_first_not_of(kWhite, mark + 1);
  if (text == mark + 1 || text == kNone) return {false, false, 0, line};
  return {true, numbered, number, line.substr(text)};
}

// Puts lines together to blocks.
class Parser {
 public:
  explicit Parser(std::vector<Piece>& pieces) : pieces_(pieces) {}

  void line(std::string_view source) {
    if (source.empty()) {
      open_ = false;
      return;
    }
    const Line line = classify(source);
    if (line.item) {
      item(line);
    } else if (open_) {
      add(Kind::kText).text = "\n";
    } else {
      add(Kind::kParagraph);
      listing_ = false;
    }
    parse_inline(line.text, pieces_);
    open_ = true;
  }

 private:
  Piece& add(Kind kind) {
    Piece& piece = pieces_.emplace_back();
    piece.kind = kind;
    return piece;
  }

  void item(const Line& line) {
    if (!listing_ || numbered_ != line.numbered) {
      Piece& list = add(Kind::kList);
      list.numbered = line.numbered;
      list.start = line.number;
    }
    listing_ = true;
    numbered_ = line.numbered;
    add(Kind::kItem);
  }

  std::vector<Piece>& pieces_;
  bool open_ = false;      // the line before belongs to a block
  bool listing_ = false;   // the last block is an item
  bool numbered_ = false;  // of a numbered list
};

}  // namespace

std::vector<Piece> parse(std::string_view answer) {
  std::vector<Piece> pieces;
  Parser parser(pieces);
  while (!answer.empty()) {
    const std::size_t end = answer.find('\n');
    parser.line(trim(answer.substr(0, end)));
    answer.remove_prefix(end == kNone ? answer.size() : end + 1);
  }
  return pieces;
}

std::string plain_text(std::string_view answer, std::size_t limit) {
  std::string plain;
  bool first = true;
  for (const Piece& piece : parse(answer)) {
    if (plain.size() >= limit) break;
    if (is_block(piece) && !std::exchange(first, false)) plain.push_back('\n');
    plain.append(piece.text);
  }
  return plain;
}

}  // namespace askus::markup
