#include "shared/markup/escape.h"

namespace askus::markup {
namespace {

// The forms in UTF-8 of U+FFFE, U+FFFF and of the controls U+0080 to U+009F.
constexpr std::string_view kNoCharacter = "\xEF\xBF";
bool is_no_character(std::string_view rest) {
  return rest.starts_with(kNoCharacter) && rest.size() > 2 &&
         (rest[2] == '\xBE' || rest[2] == '\xBF');
}
bool is_late_control(std::string_view rest) {
  return rest.size() > 1 && rest[0] == '\xC2' && static_cast<unsigned char>(rest[1]) < 0xA0;
}

bool is_control(char c) {
  const auto byte = static_cast<unsigned char>(c);
  return (byte < 0x20 && c != '\t' && c != '\n') || byte == 0x7F;
}

}  // namespace

std::string escape_html(std::string_view text) {
  std::string out;
  for (const char c : text) switch (c) {
      case '&':
        out += "&amp;";
        break;
      case '<':
        out += "&lt;";
        break;
      case '>':
        out += "&gt;";
        break;
      case '"':
        out += "&quot;";
        break;
      case '\'':
        out += "&#39;";
        break;
      default:
        out += c;
    }
  return out;
}

std::string printable(std::string_view text) {
  std::string out;
  out.reserve(text.size());
  while (!text.empty()) {
    const std::size_t dropped = is_no_character(text)      ? 3
                                : is_late_control(text)    ? 2
                                : is_control(text.front()) ? 1
                                                           : 0;
    if (dropped == 0) out += text.front();
    text.remove_prefix(dropped == 0 ? 1 : dropped);
  }
  return out;
}

}  // namespace askus::markup
