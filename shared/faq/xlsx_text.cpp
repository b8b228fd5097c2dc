#include "shared/faq/xlsx_text.h"

#include <algorithm>

#include "shared/text/utf8.h"

namespace askus::faq {
namespace {

constexpr std::size_t kEscape = 7;  // bytes of "_x000A_"

// The number of an escape at the text's start; -1: there is none.
int escape_at(std::string_view text) {
  if (text.size() < kEscape || !text.starts_with("_x") || text[kEscape - 1] != '_') return -1;
  int code = 0;
  for (const char c : text.substr(2, 4)) {
    int digit = -1;
    if (c >= '0' && c <= '9') digit = c - '0';
    if (c >= 'A' && c <= 'F') digit = c - 'A' + 10;
    if (c >= 'a' && c <= 'f') digit = c - 'a' + 10;
    if (digit < 0) return -1;
    code = code * 16 + digit;
  }
  return code;
}

void append(std::string& out, char32_t code) {
  char buffer[4];
  out.append(buffer, text::put(code, buffer));
}

std::string escape_of(char32_t code) {
  constexpr std::string_view kHex = "0123456789ABCDEF";
  std::string text = "_x";
  for (int shift = 12; shift >= 0; shift -= 4) text += kHex[(code >> shift) & 15];
  return text + "_";
}

}  // namespace

std::string unescape_xlsx(std::string_view text) {
  std::string out;
  out.reserve(text.size());
  for (std::size_t pos = 0; pos < text.size();) {
    const int code = text[pos] == '_' ? escape_at(text.substr(pos)) : -1;
    // Half of a pair cannot stand alone in UTF-8: such an escape stays as it is typed.
    if (code < 0 || (code >= 0xD800 && code <= 0xDFFF)) {
      out.push_back(text[pos++]);
    } else {
      append(out, static_cast<char32_t>(code));
      pos += kEscape;
    }
  }
  return out;
}

std::string escape_xlsx(std::string_view text) {
  std::string out;
  out.reserve(text.size());
  for (std::size_t pos = 0; pos < text.size();) {
    const std::size_t start = pos;
    const char32_t code = text::next(text, pos);
    const bool looks_escaped = code == U'_' && escape_at(text.substr(start)) >= 0;
    const bool no_xml =
        (code < 0x20 && code != U'\n' && code != U'\t') || code == 0xFFFE || code == 0xFFFF;
    if (looks_escaped || no_xml)
      out += escape_of(code);
    else if (code == U'&')
      out += "&amp;";
    else if (code == U'<')
      out += "&lt;";
    else if (code == U'>')
      out += "&gt;";
    else
      append(out, code);
  }
  return out;
}

bool is_builtin_date_format(std::uint32_t id) {
  return (id >= 14 && id <= 17) || id == 22 || (id >= 27 && id <= 36) || (id >= 50 && id <= 58);
}

bool is_date_format(std::string_view code) {
  char until = 0;  // what ends the part that is shown as it stands
  for (std::size_t i = 0; i < code.size(); ++i) {
    const char c = code[i];
    if (until != 0) {
      if (c == until) until = 0;
    } else if (c == '"') {
      until = '"';
    } else if (c == '[') {
      until = ']';
    } else if (c == '\\') {
      ++i;
    } else if (std::string_view("yYdD").find(c) != std::string_view::npos) {
      return true;
    }
  }
  return false;
}

std::optional<std::uint32_t> days_of_serial(std::uint32_t serial, bool from_1904) {
  constexpr std::uint32_t kSince1900 = 25'569, kSince1904 = 24'107;  // numbers of 1970-01-01
  constexpr std::uint32_t kLast = 2'958'465;                         // 9999-12-31
  const std::uint32_t first = from_1904 ? kSince1904 : kSince1900;
  if (serial < first || serial > kLast) return {};
  return serial - first;
}

std::string column_letters(std::uint32_t column) {
  std::string letters;
  for (std::uint32_t rest = column + 1; rest > 0; rest = (rest - 1) / 26)
    letters.push_back(static_cast<char>('A' + (rest - 1) % 26));
  std::reverse(letters.begin(), letters.end());
  return letters;
}

}  // namespace askus::faq
