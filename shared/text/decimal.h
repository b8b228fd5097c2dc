// Whole numbers as decimal digits, in a few bytes of wasm.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

namespace askus::text {

std::string decimal(std::uint64_t number);

// The number at the beginning of `text`: `size` digits, 0 for none and for more than nine, so that
// it fits 32 bits with and without a sign.
struct Decimal {
  std::uint32_t number = 0;
  std::size_t size = 0;
};
Decimal read_decimal(std::string_view text);

}  // namespace askus::text
