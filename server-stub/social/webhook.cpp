#include "server-stub/social/webhook.h"

#include <algorithm>
#include <optional>

#include "server-stub/publish/base64url.h"
#include "server-stub/publish/mac.h"
#include "server-stub/social/text.h"

namespace askus::social {
namespace {

constexpr std::string_view kKeyPrefix = "whsec_", kVersion = "v1,";
constexpr std::size_t kLeastKey = 24, kMostKey = 64;

// Ordinary base64 with padding, in the one spelling that there is; "" when it is not.
std::string to_base64url(std::string_view text) {
  if (text.size() % 4 != 0 || text.find_first_of("-_") != std::string_view::npos) return {};
  std::string url(text.substr(0, text.find_last_not_of('=') + 1));
  if (text.size() - url.size() > 2) return {};
  std::replace(url.begin(), url.end(), '+', '-');
  std::replace(url.begin(), url.end(), '/', '_');
  return url;
}

std::string to_base64(std::string url) {
  std::replace(url.begin(), url.end(), '-', '+');
  std::replace(url.begin(), url.end(), '_', '/');
  url.append((4 - url.size() % 4) % 4, '=');
  return url;
}

bool is_id(std::string_view text) {
  return !text.empty() && text.size() <= kMaxWebhookId &&
         std::all_of(text.begin(), text.end(), [](char c) { return c > ' ' && c < '\x7f'; });
}

}  // namespace

Result<std::string> webhook_key(std::string_view text) {
  const Error wrong{Code::kMalformed, "is not \"whsec_\" and the base64 of 24 to 64 bytes"};
  if (!text.starts_with(kKeyPrefix)) return wrong;
  std::optional<std::string> key =
      publish::base64url_decode(to_base64url(text.substr(kKeyPrefix.size())));
  if (!key || key->size() < kLeastKey || key->size() > kMostKey) return wrong;
  return std::move(*key);
}

std::string sign_webhook(std::string_view id, std::string_view timestamp, std::string_view body,
                         std::string_view key) {
  std::string text(id);
  for (const std::string_view part : {timestamp, body}) {
    text += '.';
    text += part;
  }
  return std::string(kVersion) + to_base64(publish::base64url(publish::hmac_sha256(key, text)));
}

Status verify_webhook(const WebhookHeader& header, std::string_view body,
                      const std::vector<std::string>& keys, std::int64_t now) {
  if (!is_id(header.id)) return refused("webhook-id is missing, too long or not ASCII");
  const std::optional<std::int64_t> at = decimal(header.timestamp);
  if (!at) return refused("webhook-timestamp is not a time in Unix seconds");
  if (header.signatures.size() > kMaxWebhookSignatures)
    return refused("webhook-signature is too long");
  bool known = false;
  for (const std::string& key : keys) {
    const std::string right = sign_webhook(header.id, header.timestamp, body, key);
    std::string_view rest = header.signatures;
    while (!rest.empty()) {
      const std::string_view one = rest.substr(0, rest.find(' '));
      rest.remove_prefix(std::min(rest.size(), one.size() + 1));
      known |= publish::same_secret(one, right);
    }
  }
  if (!known) return refused("webhook-signature is by no key of this webhook");
  if (now - *at > kWebhookTolerance) return refused("webhook-timestamp is too old");
  if (*at - now > kWebhookTolerance) return refused("webhook-timestamp is in the future");
  return {};
}

}  // namespace askus::social
