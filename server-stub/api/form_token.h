// The token that a request carries: when its form was opened, and what the server then asked for
// it. Signed, not stored: any of several servers with one secret can read it.
//
//   base64url( 6 bytes of Unix milliseconds | 1 byte: bits of work | 9 random bytes | 16 bytes of
//              HMAC-SHA256(secret, "form-token\n" + site + "\n" + the 16 bytes before) )
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace askus::api {

struct FormToken {
  std::int64_t issued_at = 0;  // Unix milliseconds
  unsigned work = 0;           // bits
  bool operator==(const FormToken&) const = default;
};

std::string issue_form_token(const std::string& secret, std::string_view site,
                             const FormToken& token);
// Nothing for a token that was not issued for this site under this secret.
std::optional<FormToken> read_form_token(const std::string& secret, std::string_view site,
                                         std::string_view text);

std::int64_t unix_milliseconds();

}  // namespace askus::api
