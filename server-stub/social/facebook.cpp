#include "server-stub/social/facebook.h"

#include <nlohmann/json.hpp>
#include <optional>

#include "server-stub/publish/base64url.h"
#include "server-stub/publish/mac.h"
#include "server-stub/social/json.h"
#include "server-stub/social/text.h"

namespace askus::social {
namespace {

constexpr std::string_view kAlgorithm = "HMAC-SHA256", kHubPrefix = "sha256=";

std::string hex(std::string_view bytes) {
  constexpr std::string_view kHex = "0123456789abcdef";
  std::string out;
  for (const char c : bytes) {
    const auto byte = static_cast<std::uint8_t>(c);
    out += kHex[byte >> 4];
    out += kHex[byte & 15];
  }
  return out;
}

}  // namespace

Result<std::string> signed_payload(std::string_view text, const std::vector<std::string>& secrets) {
  if (text.size() > kMaxSignedRequest) return refused("it is too long");
  const std::size_t dot = text.find('.');
  if (dot == std::string_view::npos || text.find('.', dot + 1) != std::string_view::npos)
    return refused("it is not a signature, a dot and a payload");
  const std::string_view encoded = text.substr(dot + 1);
  const std::optional<std::string> signature = publish::base64url_decode(text.substr(0, dot));
  std::optional<std::string> payload = publish::base64url_decode(encoded);
  if (!signature || !payload) return refused("it is not base64url without padding");
  bool known = false;
  for (const std::string& secret : secrets)
    known |= publish::same_secret(publish::hmac_sha256(secret, encoded), *signature);
  if (!known) return refused("its signature is not by a secret of this app");
  const std::optional<Json> json = parse_object(*payload);
  if (!json) return refused("its payload is not a JSON object");
  if (text_of(*json, "algorithm") != kAlgorithm) return refused("its algorithm is not HMAC-SHA256");
  return std::move(*payload);
}

Result<SignedRequest> verify_signed_request(std::string_view text,
                                            const std::vector<std::string>& secrets,
                                            std::int64_t now) {
  const Result<std::string> payload = signed_payload(text, secrets);
  if (!payload.ok()) return payload.error();
  const Json json = parse_object(*payload).value_or(Json::object());
  SignedRequest request;
  const std::optional<std::int64_t> issued_at = decimal(id_of(json, "issued_at"));
  if (!issued_at) return refused("\"issued_at\" is missing");
  request.issued_at = *issued_at;
  if (now - *issued_at > kSignedLifetime) return refused("it has expired");
  if (*issued_at - now > kSignedLifetime) return refused("it is from the future");
  request.user = id_of(json, "user_id");
  if (!request.user.empty() && !is_number_id(request.user))
    return refused("\"user_id\" is not a number");
  const Json& page = object_of(json, "page");
  request.page = id_of(page, "id");
  request.is_admin = page.contains("admin") && page["admin"] == true;
  request.locale = text_of(object_of(json, "user"), "locale");
  return request;
}

Status verify_hub_signature(std::string_view header, std::string_view body,
                            const std::vector<std::string>& secrets) {
  bool known = false;
  for (const std::string& secret : secrets)
    known |= publish::same_secret(std::string(kHubPrefix) + hex(publish::hmac_sha256(secret, body)),
                                  header);
  return known ? Status() : Status(refused("the signature is not by a secret of this app"));
}

}  // namespace askus::social
