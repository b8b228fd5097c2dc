// Message authentication: what is signed with a secret that both ends know.
#pragma once

#include <string>
#include <string_view>

namespace askus::publish {

// HMAC-SHA256, 32 bytes.
std::string hmac_sha256(std::string_view secret, std::string_view text);

// HMAC-SHA256(secret, context + "\n" + text). Every use of a secret has its own context, so that
// what one signs is worth nothing to another.
std::string keyed_hash(std::string_view secret, std::string_view context, std::string_view text);

// In a time that depends on the lengths only.
bool same_secret(std::string_view a, std::string_view b);

}  // namespace askus::publish
