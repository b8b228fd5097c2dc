// Whom a site's own backend vouches for (docs/http-api.md, "Signed identities").
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "server-stub/store/store.h"
#include "shared/base/result.h"

namespace askus::api {

// How far ahead an identity may expire, in seconds. Longer would make a stolen one worth more,
// shorter would refuse pages that stay open over night.
inline constexpr std::int64_t kLongestIdentity = 86'400;

// Reads `text` = base64url(json) "." base64url(HMAC-SHA256(secret, base64url(json))). The code is
// compared, in constant time, with that of each secret before anything of the JSON is looked at.
// kRefused: too long, of another form, by none of the secrets, for another site, expired at `now`
// (Unix seconds) or valid for too long. The text names what is wrong, never a value.
Result<store::Identity> verify_identity(std::string_view text,
                                        const std::vector<std::string>& secrets,
                                        std::string_view site, std::int64_t now);

}  // namespace askus::api
