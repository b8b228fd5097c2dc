// Standard Webhooks (https://www.standardwebhooks.com, specification 1.0): three header fields and
// HMAC-SHA256 over "<id>.<timestamp>.<body>", with the symmetric scheme "v1".
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "shared/base/result.h"

namespace askus::social {

inline constexpr std::size_t kMaxWebhookId = 256;            // bytes
inline constexpr std::size_t kMaxWebhookSignatures = 4'096;  // bytes of the field
// How far the timestamp may be from now, in seconds, either way; so long an id is remembered at
// least.
inline constexpr std::int64_t kWebhookTolerance = 300;

// The key's bytes of "whsec_<base64>", 24 to 64 of them; kMalformed otherwise.
Result<std::string> webhook_key(std::string_view text);

struct WebhookHeader {
  std::string_view id, timestamp, signatures;  // webhook-id, webhook-timestamp, webhook-signature
};

// One of the signatures "v1,<base64>", parted by spaces, must be by one of the keys; those of other
// versions are passed over. Then the timestamp is compared with `now` (Unix seconds). kRefused.
Status verify_webhook(const WebhookHeader& header, std::string_view body,
                      const std::vector<std::string>& keys, std::int64_t now);

// "v1,<base64>" for a message of ours, and for tests.
std::string sign_webhook(std::string_view id, std::string_view timestamp, std::string_view body,
                         std::string_view key);

}  // namespace askus::social
