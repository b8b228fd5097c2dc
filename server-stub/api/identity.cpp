#include "server-stub/api/identity.h"

#include <nlohmann/json.hpp>
#include <optional>

#include "server-stub/api/auth.h"
#include "server-stub/publish/base64url.h"
#include "shared/request/request.h"

namespace askus::api {
namespace {

using Json = nlohmann::json;

Error refused(const char* text) {
  return {Code::kRefused, text};
}

// A member that is a text of at most `limit` bytes; "" where it is missing; none for anything else.
std::optional<std::string> text_of(const Json& json, const char* name, std::size_t limit) {
  const auto member = json.find(name);
  if (member == json.end()) return std::string();
  if (!member->is_string()) return std::nullopt;
  const auto& text = member->get_ref<const std::string&>();
  if (text.size() > limit || text.find('\0') != std::string::npos) return std::nullopt;
  return text;
}

Result<store::Identity> read_payload(std::string_view payload, std::string_view site,
                                     std::int64_t now) {
  const Json json = Json::parse(payload, nullptr, false);  // which refuses ill-formed UTF-8
  if (!json.is_object()) return refused("the payload is not a JSON object");
  const std::optional<std::string> for_site = text_of(json, "site", request::kMaxSmall);
  const std::optional<std::string> user = text_of(json, "user", request::kMaxName);
  const std::optional<std::string> name = text_of(json, "name", request::kMaxName);
  const std::optional<std::string> contact = text_of(json, "contact", request::kMaxContact);
  if (!for_site || *for_site != site) return refused("\"site\" is not this site");
  if (!user || user->empty()) return refused("\"user\" is missing or too long");
  if (!name || !contact) return refused("\"name\" or \"contact\" is not a text or too long");
  const auto expires = json.find("exp");
  if (expires == json.end() || !expires->is_number_unsigned())
    return refused("\"exp\" is not a time in Unix seconds");
  const auto until = expires->get<std::uint64_t>();
  if (until <= static_cast<std::uint64_t>(now)) return refused("it has expired");
  if (until > static_cast<std::uint64_t>(now + kLongestIdentity))
    return refused("it is valid for more than a day");
  return store::Identity{*user, *name, *contact};
}

}  // namespace

Result<store::Identity> verify_identity(std::string_view text,
                                        const std::vector<std::string>& secrets,
                                        std::string_view site, std::int64_t now) {
  if (text.size() > request::kMaxIdentity) return refused("it is too long");
  const std::size_t dot = text.find('.');
  if (dot == std::string_view::npos) return refused("it has no code");
  const std::string_view encoded = text.substr(0, dot);
  const std::optional<std::string> code = publish::base64url_decode(text.substr(dot + 1));
  if (!code) return refused("its code is not base64url without padding");
  bool known = false;
  for (const std::string& secret : secrets)
    known |= same_secret(hmac_sha256(secret, encoded), *code);
  if (!known) return refused("its code is by no secret of this site");
  const std::optional<std::string> payload = publish::base64url_decode(encoded);
  if (!payload) return refused("its payload is not base64url without padding");
  return read_payload(*payload, site, now);
}

}  // namespace askus::api
