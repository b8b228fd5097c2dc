// Who may do what: a visitor's token for a request, a publisher's and a staff key for a site.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "server-stub/http/message.h"
#include "server-stub/publish/mac.h"

namespace askus::api {

// The credentials of "Authorization: Bearer <...>", or empty.
std::string_view bearer(const http::Request& request);

using publish::hmac_sha256;
using publish::keyed_hash;
using publish::same_secret;

// base64url(HMAC-SHA256(secret, "request-token\n" + id)), without padding: unguessable, and made
// again for a replay without being stored.
std::string request_token(const std::string& secret, std::string_view id);

// A request's private link, without the origin; the token stays in the fragment.
std::string private_path(std::string_view site, std::string_view id, std::string_view token);

// Whose key (a publisher's, a staff member's) the request carries, as a short name for the log: the
// beginning of the key's SHA-256. `keys` are those hashes.
std::optional<std::string> key_holder(const http::Request& request,
                                      const std::vector<std::string>& keys);

}  // namespace askus::api
