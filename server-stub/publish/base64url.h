// base64url without padding (RFC 4648, 5).
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace askus::publish {

std::string base64url(std::string_view bytes);

// Strict: nothing but the one text that base64url() makes of some bytes; "" is that of none.
std::optional<std::string> base64url_decode(std::string_view text);

}  // namespace askus::publish
