// What Facebook signs with an app's secret: the signed_request that opens a Page tab or asks for a
// person's data to be deleted, and the bodies of webhooks.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "shared/base/result.h"

namespace askus::social {

inline constexpr std::size_t kMaxSignedRequest = 8'192;  // bytes
// How far issued_at may be from now, in seconds, either way; so long its signature is remembered.
inline constexpr std::int64_t kSignedLifetime = 300;

struct SignedRequest {
  std::string user;       // digits; empty before the person has logged in to the app
  std::string page;       // digits, or empty: not opened in a Page
  bool is_admin = false;  // of that page
  std::string locale;     // uk_UA, ..., or empty
  std::int64_t issued_at = 0;
};

// The payload's JSON of "base64url(signature).base64url(payload)", signed by one of the secrets
// with HMAC-SHA256 over the encoded payload. The signature is compared, in constant time, before
// anything of the JSON is looked at. Says nothing of its age. kRefused: too long, of another form,
// another signature, another algorithm.
Result<std::string> signed_payload(std::string_view text, const std::vector<std::string>& secrets);

// The same, read, and at most kSignedLifetime away from `now` (Unix seconds).
Result<SignedRequest> verify_signed_request(std::string_view text,
                                            const std::vector<std::string>& secrets,
                                            std::int64_t now);

// X-Hub-Signature-256: "sha256=" and the hex HMAC-SHA256 of the body's bytes, by one of the
// secrets. kRefused otherwise.
Status verify_hub_signature(std::string_view header, std::string_view body,
                            const std::vector<std::string>& secrets);

}  // namespace askus::social
