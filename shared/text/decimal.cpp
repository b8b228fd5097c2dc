#include "shared/text/decimal.h"

namespace askus::text {

std::string decimal(std::uint64_t number) {
  char digits[20];
  char* const end = digits + sizeof digits;
  char* at = end;
  do {
    *--at = static_cast<char>('0' + number % 10);
    number /= 10;
  } while (number != 0);
  return std::string(at, end);
}

Decimal read_decimal(std::string_view text) {
  constexpr std::size_t kMost = 9;
  Decimal read;
  for (const char c : text) {
    if (c < '0' || c > '9') return read;
    if (++read.size > kMost) return {};
    read.number = read.number * 10 + static_cast<std::uint32_t>(c - '0');
  }
  return read;
}

}  // namespace askus::text
