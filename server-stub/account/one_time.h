// One-time codes (TOTP, RFC 6238: SHA-1, 30 s, six digits, which is what every authenticator app
// knows) and the secrets they are made of.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace askus::account {

inline constexpr std::int64_t kCodeSeconds = 30;
// Steps before and after the current one that count: a telephone's clock may be half a minute off.
inline constexpr std::int64_t kCodeSlack = 1;

// 20 fresh bytes in base32, as a person may type it.
std::string new_one_time_secret();

// What an authenticator app reads: otpauth://totp/...
std::string one_time_address(std::string_view secret, std::string_view email,
                             std::string_view host);

// The step whose code it is, if that is later than `after`: a code counts once. `now`: Unix
// seconds.
std::optional<std::int64_t> code_step(const std::string& secret, std::string_view code,
                                      std::int64_t now, std::int64_t after);

// The secret as it is stored: sealed under the server's own, bound to its person
// (ChaCha20-Poly1305), so that a stolen database makes no codes.
std::string seal_secret(std::string_view server_secret, std::string_view person,
                        std::string_view secret);
// Nothing: it was sealed under another server's secret, or changed.
std::optional<std::string> open_secret(std::string_view server_secret, std::string_view person,
                                       std::string_view sealed);

}  // namespace askus::account
