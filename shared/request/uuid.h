// UUID version 7 (RFC 9562, 5.7): 48 bits of Unix milliseconds, then random bits.
#pragma once

#include <array>
#include <cstdint>
#include <string>
#include <string_view>

namespace askus::request {

// Lower-case text form, 36 characters. `random` must come from a cryptographic source.
std::string make_uuid7(std::uint64_t unix_ms, const std::array<std::uint8_t, 10>& random);

// Whether the text is a version 7 UUID in lower-case text form.
bool is_uuid7(std::string_view text);

}  // namespace askus::request
