#include "tests/server-stub/api/channels.h"

#include <sys/stat.h>

#include <nlohmann/json.hpp>

#include "server-stub/publish/base64url.h"
#include "server-stub/publish/mac.h"
#include "server-stub/social/text.h"
#include "server-stub/social/webhook.h"

namespace askus::testing {
namespace {

using nlohmann::json;

config::SecretPlaces place(const TempFolder& folder, const std::string& name,
                           const std::string& secret) {
  const std::string file = folder.write(name, secret + "\n");
  REQUIRE(::chmod(file.c_str(), 0600) == 0);
  return {{{}, file, "1: /" + name}};
}

std::string hex(const std::string& bytes) {
  std::string text;
  for (const char c : bytes) {
    const auto byte = static_cast<std::uint8_t>(c);
    for (const int digit : {byte >> 4, byte & 15}) text += "0123456789abcdef"[digit];
  }
  return text;
}

}  // namespace

void add_channels(config::Config& config, const TempFolder& folder) {
  config::Channels& channels = config.sites["demo"].channels;
  config::VkConfig& vk = channels.vk.emplace();
  vk.app = "11";
  vk.group = "77";
  vk.protected_keys = place(folder, "vk-key", kVkKey);
  vk.confirmation = "a1b2c3d4";
  vk.callback_secrets = place(folder, "vk-callback", kVkCallback);
  config::FacebookConfig& facebook = channels.facebook.emplace();
  facebook.app = "12";
  facebook.page = "42";
  facebook.app_secrets = place(folder, "facebook-secret", kFacebookSecret);
  facebook.verify_tokens = place(folder, "facebook-verify", kFacebookVerify);
  channels.webhooks["shop"] = place(folder, "shop-key", kShopKey);
}

Setup with_channels() {
  Setup setup;
  setup.config = add_channels;
  return setup;
}

std::string vk_signed(const std::string& parameters) {
  return parameters + "&sign=" + publish::base64url(publish::hmac_sha256(kVkKey, parameters));
}

std::string vk_launch(std::int64_t at, const std::string& group, const std::string& more) {
  return vk_signed("vk_app_id=11&" + (group.empty() ? "" : "vk_group_id=" + group + "&") +
                   "vk_language=uk&vk_platform=desktop_web&vk_ts=" + std::to_string(at) +
                   "&vk_user_id=5" + more);
}

std::string facebook_form(const std::string& members, const std::string& secret) {
  const std::string encoded = publish::base64url(R"({"algorithm":"HMAC-SHA256",)" + members + "}");
  return "signed_request=" + publish::base64url(publish::hmac_sha256(secret, encoded)) + "." +
         encoded;
}

std::string facebook_tab(std::int64_t at, const std::string& user, bool admin) {
  return facebook_form("\"issued_at\":" + std::to_string(at) + ",\"user_id\":\"" + user +
                       R"(","user":{"locale":"uk_UA"},"page":{"id":"42","admin":)" +
                       (admin ? "true" : "false") + "}");
}

Answer post_form(Harness& h, const std::string& path, const std::string& form) {
  return h.ask("POST", path, {{"Content-Type", "application/x-www-form-urlencoded"}}, form);
}

Answer post_vk(Harness& h, const std::string& body) {
  return h.ask("POST", "/vk/demo/callback", {{"Content-Type", "application/json"}}, body);
}

Answer post_facebook(Harness& h, const std::string& body, const std::string& secret) {
  return h.ask("POST", "/facebook/demo/webhook",
               {{"X-Hub-Signature-256", "sha256=" + hex(publish::hmac_sha256(secret, body))}},
               body);
}

Answer post_shop(Harness& h, const std::string& id, std::int64_t at, const std::string& body,
                 const std::string& key) {
  const auto bytes = social::webhook_key(key);
  REQUIRE(bytes.ok());
  const std::string time = std::to_string(at);
  return h.ask("POST", "/webhooks/demo/shop",
               {{"webhook-id", id},
                {"webhook-timestamp", time},
                {"webhook-signature", social::sign_webhook(id, time, body, *bytes)}},
               body);
}

std::string vk_comment(int id, const std::string& text, const std::string& type,
                       const std::string& event, const std::string& secret) {
  return json{{"type", type},
              {"group_id", 77},
              {"event_id", event.empty() ? type + std::to_string(id) + text : event},
              {"secret", secret},
              {"object",
               {{"id", id},
                {"from_id", 5},
                {"post_id", 3},
                {"owner_id", -77},
                {"date", kStart},
                {"text", text}}}}
      .dump();
}

std::string facebook_comment(int id, const std::string& text, const std::string& verb,
                             std::int64_t at) {
  const json value{{"item", "comment"},
                   {"verb", verb},
                   {"comment_id", "42_" + std::to_string(id)},
                   {"post_id", "42_1"},
                   {"from", {{"id", "6"}, {"name", "Марія"}}},
                   {"message", text},
                   {"created_time", at}};
  return json{{"object", "page"},
              {"entry", {{{"id", "42"}, {"changes", {{{"field", "feed"}, {"value", value}}}}}}}}
      .dump();
}

std::string shop_review(const std::string& id, const std::string& text, const std::string& deed,
                        const std::string& time) {
  return json{{"type", "review." + deed},
              {"timestamp", time},
              {"data",
               {{"id", id},
                {"thread", "goods-1"},
                {"link", "https://shop.example/r/1"},
                {"author", {{"id", "a-7"}, {"name", "Ann"}}},
                {"text", text}}}}
      .dump();
}

}  // namespace askus::testing
