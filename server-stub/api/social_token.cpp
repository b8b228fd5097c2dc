#include "server-stub/api/social_token.h"

#include <botan/system_rng.h>

#include <nlohmann/json.hpp>

#include "server-stub/api/auth.h"
#include "server-stub/publish/base64url.h"
#include "server-stub/social/json.h"
#include "server-stub/social/text.h"

namespace askus::api {
namespace {

constexpr std::size_t kMaxToken = 1'024;
constexpr std::size_t kRandomBytes = 9;  // two codes of one person are two codes

std::string_view context_of(SocialUse use) {
  return use == SocialUse::kPanel ? "social-panel" : "social-code";
}

}  // namespace

std::string issue_social_token(std::string_view secret, SocialUse use, const SocialUser& user,
                               std::int64_t expires_at) {
  const auto random = Botan::system_rng().random_vec(kRandomBytes);
  const std::string nonce(random.begin(), random.end());
  const nlohmann::json json{{"site", user.site},         {"channel", user.channel},
                            {"user", user.user},         {"group", user.group},
                            {"language", user.language}, {"admin", user.is_admin},
                            {"exp", expires_at},         {"nonce", publish::base64url(nonce)}};
  const std::string said =
      publish::base64url(json.dump(-1, ' ', false, nlohmann::json::error_handler_t::replace));
  return said + "." + publish::base64url(keyed_hash(secret, context_of(use), said));
}

std::optional<SocialUser> read_social_token(std::string_view secret, SocialUse use,
                                            std::string_view site, std::string_view text,
                                            std::int64_t now) {
  const std::size_t dot = text.find('.');
  if (text.size() > kMaxToken || dot == std::string_view::npos) return std::nullopt;
  const std::string_view said = text.substr(0, dot);
  const auto code = publish::base64url_decode(text.substr(dot + 1));
  if (!code || !same_secret(*code, keyed_hash(secret, context_of(use), said))) return std::nullopt;
  const auto payload = publish::base64url_decode(said);
  const auto json = payload ? social::parse_object(*payload) : std::nullopt;
  if (!json || social::text_of(*json, "site") != site) return std::nullopt;
  if (social::decimal(social::id_of(*json, "exp")).value_or(0) <= now) return std::nullopt;
  return SocialUser{std::string(site),
                    social::text_of(*json, "channel"),
                    social::text_of(*json, "user"),
                    social::text_of(*json, "group"),
                    social::text_of(*json, "language"),
                    json->value("admin", false)};
}

}  // namespace askus::api
