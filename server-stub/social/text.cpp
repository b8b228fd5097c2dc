#include "server-stub/social/text.h"

#include <algorithm>
#include <charconv>

namespace askus::social {
namespace {

constexpr std::size_t kMostDigits = 18;  // fit into 64 bits
constexpr std::size_t kIdDigits = 20;

bool is_digit(char c) {
  return c >= '0' && c <= '9';
}

bool is_unreserved(char c) {
  return is_digit(c) || (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') || c == '-' || c == '.' ||
         c == '_' || c == '~';
}

}  // namespace

Error refused(const char* text) {
  return {Code::kRefused, text};
}

std::string percent_encode(std::string_view text) {
  constexpr std::string_view kHex = "0123456789ABCDEF";
  std::string out;
  for (const char c : text) {
    if (is_unreserved(c)) {
      out += c;
      continue;
    }
    const auto byte = static_cast<std::uint8_t>(c);
    out += '%';
    out += kHex[byte >> 4];
    out += kHex[byte & 15];
  }
  return out;
}

std::optional<std::int64_t> decimal(std::string_view text) {
  if (text.empty() || text.size() > kMostDigits || !std::all_of(text.begin(), text.end(), is_digit))
    return std::nullopt;
  std::int64_t value = 0;
  std::from_chars(text.data(), text.data() + text.size(), value);
  return value;
}

bool is_number_id(std::string_view text) {
  return !text.empty() && text.size() <= kIdDigits &&
         std::all_of(text.begin(), text.end(), is_digit);
}

}  // namespace askus::social
