#include "server-stub/out/parts.h"

#include <array>

#include "shared/text/utf8.h"

namespace askus::out {
namespace {

constexpr char32_t kTwoUnits = 0x10000;  // and above

bool is_space(char c) {
  return c == ' ' || c == '\n' || c == '\t' || c == '\r';
}

std::string_view trim(std::string_view text) {
  while (!text.empty() && is_space(text.front())) text.remove_prefix(1);
  while (!text.empty() && is_space(text.back())) text.remove_suffix(1);
  return text;
}

// Bytes of the longest prefix of at most `limit` units.
std::size_t prefix(std::string_view text, std::size_t limit) {
  std::size_t at = 0, units = 0;
  while (at < text.size()) {
    std::size_t next = at;
    units += text::next(text, next) >= kTwoUnits ? 2 : 1;
    if (units > limit) break;
    at = next;
  }
  return at;
}

}  // namespace

std::vector<std::string> parts_of(std::string_view text, std::size_t limit) {
  constexpr std::array<std::string_view, 5> kPlaces{"\n\n", "\n", ". ", " ", "\t"};
  std::vector<std::string> parts;
  text = trim(text);
  do {
    std::size_t size = prefix(text, limit);
    if (size < text.size())
      for (const std::string_view place : kPlaces) {
        // What is cut off may begin exactly here.
        const std::size_t at = text.substr(0, size + place.size()).rfind(place);
        if (at == std::string_view::npos || at < size / 3 * 2) continue;
        size = at + (place == ". " ? 1 : 0);
        break;
      }
    // A character of more units than there is room for goes whole rather than never.
    if (size == 0 && !text.empty()) text::next(text, size);
    parts.emplace_back(trim(text.substr(0, size)));
    text = trim(text.substr(size));
  } while (!text.empty());
  return parts;
}

}  // namespace askus::out
