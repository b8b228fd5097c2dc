#include "shared/markup/inline.h"

#include <algorithm>

#include "shared/snapshot/limits.h"

namespace askus::markup {

namespace {

using Kind = Piece::Kind;
constexpr auto kNone = std::string_view::npos;

bool is_space(char c) {
  return c == ' ' || c == '\t';
}
bool is_digit(char c) {
  return c >= '0' && c <= '9';
}

bool is_target_byte(char c) {
  const auto byte = static_cast<unsigned char>(c);
  return byte > 0x20 && byte != 0x7F &&
         std::string_view("(<>\"\\^{|}`").find(c) == std::string_view::npos;
}

bool is_https(std::string_view target) {
  constexpr std::string_view kScheme = "https://";
  if (target.size() <= kScheme.size()) return false;
  for (std::size_t i = 0; i < kScheme.size(); ++i) {
    const char c = target[i];
    if ((c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c) != kScheme[i]) return false;
  }
  const std::string_view rest = target.substr(kScheme.size());
  const std::string_view host = rest.substr(0, rest.find_first_of("/?#"));
  return !host.empty() && host.find('@') == kNone;
}

bool is_mail(std::string_view target) {
  constexpr std::string_view kScheme = "mailto:";
  if (!target.starts_with(kScheme)) return false;
  const std::size_t at = target.find('@', kScheme.size());
  return at != kNone && at > kScheme.size() && at + 1 < target.size();
}

bool is_telephone(std::string_view target) {
  constexpr std::string_view kScheme = "tel:";
  if (!target.starts_with(kScheme)) return false;
  const std::string_view number = target.substr(kScheme.size());
  return number.find_first_not_of("0123456789+-.") == kNone &&
         std::count_if(number.begin(), number.end(), is_digit) >= 3;
}

bool is_topic(std::string_view target) {
  return target.size() > 1 && target[0] == '#' && target.size() - 1 <= snapshot::kMaxId;
}

bool is_target(std::string_view target, Kind kind) {
  if (!std::all_of(target.begin(), target.end(), is_target_byte)) return false;
  if (is_https(target)) return true;
  return kind == Kind::kLink && (is_mail(target) || is_telephone(target) || is_topic(target));
}

// [text](target) at the start of `text`, the bracket included; its length, or 0.
std::size_t bracketed(std::string_view text, Piece& piece) {
  const std::size_t close = text.find_first_of("[]", 1);
  if (close == kNone || text[close] != ']' || !text.substr(close + 1).starts_with('(')) return 0;
  const std::string_view rest = text.substr(close + 2, snapshot::kMaxUrl + 1);
  const std::size_t end = rest.find(')');
  if (end == kNone) return 0;
  piece.text = text.substr(1, close - 1);
  piece.target = rest.substr(0, end);
  if (!is_target(piece.target, piece.kind)) return 0;
  const bool blank = std::all_of(piece.text.begin(), piece.text.end(), is_space);
  return piece.kind == Kind::kLink && blank ? 0 : close + 2 + end + 1;
}

// **text** at the start of `text`; its length, or 0.
std::size_t strong(std::string_view text, Piece& piece) {
  const std::size_t close = text.find("**", 2);
  if (close == kNone || close == 2) return 0;
  piece.text = text.substr(2, close - 2);
  return is_space(piece.text.front()) || is_space(piece.text.back()) ? 0 : close + 2;
}

// The form at the start of `text`; its length, or 0: none.
std::size_t form(std::string_view text, Piece& piece) {
  if (text.starts_with("![")) {
    piece.kind = Kind::kPicture;
    const std::size_t length = bracketed(text.substr(1), piece);
    return length == 0 ? 0 : length + 1;
  }
  if (text.starts_with('[')) {
    piece.kind = Kind::kLink;
    return bracketed(text, piece);
  }
  piece.kind = Kind::kStrong;
  return text.starts_with("**") ? strong(text, piece) : 0;
}

}  // namespace

void parse_inline(std::string_view text, std::vector<Piece>& pieces) {
  std::size_t plain = 0;  // where the text that is no form begins
  std::size_t pos = 0;
  const auto flush = [&] {
    if (pos > plain) pieces.emplace_back().text = text.substr(plain, pos - plain);
  };
  while (pos < text.size()) {
    Piece piece;
    const std::size_t length = form(text.substr(pos), piece);
    if (length == 0) {
      ++pos;
      continue;
    }
    flush();
    pieces.push_back(piece);
    pos += length;
    plain = pos;
  }
  flush();
}

}  // namespace askus::markup
