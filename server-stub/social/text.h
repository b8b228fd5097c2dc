// What the verifiers share: parts of addresses, numbers as text, times.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "shared/base/result.h"

namespace askus::social {

// How far a platform's clock may be ahead of ours, in seconds. Less would refuse honest servers
// whose clocks have drifted, more would make a stolen signature good for longer.
inline constexpr std::int64_t kClockSkew = 300;

// kRefused: what every verifier says of what it does not believe. The text never holds a value.
Error refused(const char* text);

// RFC 3986: all but letters, digits and -._~ as %XX in upper case.
std::string percent_encode(std::string_view text);

// A decimal number without sign, of at most 18 digits.
std::optional<std::int64_t> decimal(std::string_view text);

// An id of a platform: 1 to 20 digits.
bool is_number_id(std::string_view text);

}  // namespace askus::social
