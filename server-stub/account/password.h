// Passwords: Argon2id (RFC 9106) by Botan. Slow and memory-hungry on purpose: never on a thread
// that serves others.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace askus::account {

// OWASP's second choice of parameters: about 40 ms on the machine of the measurements. More memory
// or passes make guessing a stolen table dearer, and each login slower.
inline constexpr std::size_t kArgonMemory = 19'456;  // KiB
inline constexpr std::size_t kArgonPasses = 2;
inline constexpr std::size_t kArgonLanes = 1;

// No rule about kinds of characters: length is what counts. The upper end keeps hashing cheap.
inline constexpr std::size_t kMinPassword = 12;   // code points
inline constexpr std::size_t kMaxPassword = 512;  // bytes

// Whether it may be a new password: long enough, not the same character throughout, not the e-mail
// address itself. `text` is UTF-8.
bool is_good_password(std::string_view text, std::string_view email);

// The hash with its salt and parameters, as text.
std::string hash_password(std::string_view password);
bool check_password(std::string_view password, const std::string& hash);

// Takes as long as check_password() and is true for nobody: for accounts that do not exist.
bool check_no_password(std::string_view password);

}  // namespace askus::account
