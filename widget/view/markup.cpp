#include "widget/view/markup.h"

#include <utility>

#include "widget/view/markup_inline.h"

namespace askus::view {

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

bool is_block(const Piece& piece) {
  return piece.kind == Kind::kParagraph || piece.kind == Kind::kItem;
}

// Draws the pieces of one block; returns the index behind them.
std::size_t draw_runs(Builder& view, const std::vector<Piece>& pieces, std::size_t i,
                      TopicKey topic_key, const void* context) {
  for (; i < pieces.size() && !is_block(pieces[i]) && pieces[i].kind != Kind::kList; ++i) {
    const Piece& piece = pieces[i];
    if (piece.kind == Kind::kPicture) {
      view.add(Role::kPicture).label(piece.text).value(piece.target);
    } else if (piece.kind == Kind::kLink && piece.target.starts_with('#')) {
      const std::uint32_t key = topic_key(context, piece.target.substr(1));
      if (key == 0) {
        view.run(piece.text);
      } else {
        view.link(LinkStyle::kInline, key).label(piece.text);
      }
    } else if (piece.kind == Kind::kLink) {
      view.link(LinkStyle::kInline).label(piece.text).value(piece.target);
    } else {
      view.run(piece.text).flag(kStrong, piece.kind == Kind::kStrong);
    }
  }
  return i;
}

}  // namespace

std::vector<Piece> parse_markup(std::string_view answer) {
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
  for (const Piece& piece : parse_markup(answer)) {
    if (plain.size() >= limit) break;
    if (is_block(piece) && !std::exchange(first, false)) plain.push_back('\n');
    plain.append(piece.text);
  }
  return plain;
}

void draw_markup(Builder& view, std::string_view answer, TopicKey topic_key, const void* context) {
  const std::vector<Piece> pieces = parse_markup(answer);
  std::size_t i = 0;
  while (i < pieces.size()) {
    if (pieces[i].kind == Kind::kParagraph) {
      const auto paragraph = view.text(TextStyle::kBody).in();
      i = draw_runs(view, pieces, i + 1, topic_key, context);
      continue;
    }
    const Piece& list = pieces[i++];
    const auto items = view.list(list.numbered ? ListStyle::kNumbers : ListStyle::kBullets)
                           .number(list.start)
                           .in();
    while (i < pieces.size() && pieces[i].kind == Kind::kItem) {
      const auto item = view.add(Role::kItem).in();
      i = draw_runs(view, pieces, i + 1, topic_key, context);
    }
  }
}

}  // namespace askus::view
