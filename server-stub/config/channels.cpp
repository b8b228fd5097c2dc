#include "server-stub/config/channels.h"

#include <cstdlib>

#include "server-stub/config/config.h"
#include "server-stub/config/database.h"
#include "server-stub/social/webhook.h"

namespace askus::config {
namespace {

Status load(const SecretPlaces& places, std::vector<std::string>& into) {
  for (const SecretPlace& place : places) {
    const auto wrong = [&place](const std::string& text) {
      return Error{Code::kRefused, place.where + ": " + text};
    };
    std::string secret;
    if (!place.variable.empty()) {
      const char* value = std::getenv(place.variable.c_str());
      if (value == nullptr) return wrong("the variable " + place.variable + " is not set");
      secret = value;
    } else {
      Result<std::string> read = read_private(place.file, "the file");
      if (!read.ok()) return wrong(read.error().text);
      secret = std::move(*read);
    }
    if (secret.empty()) return wrong("is empty");
    into.push_back(std::move(secret));
  }
  return {};
}

Status load_webhook(const SecretPlaces& places, std::vector<std::string>& into) {
  std::vector<std::string> texts;
  if (Status status = load(places, texts); !status.ok()) return status;
  for (std::size_t i = 0; i < texts.size(); ++i) {
    Result<std::string> key = social::webhook_key(texts[i]);
    if (!key.ok()) return Error{Code::kMalformed, places[i].where + ": " + key.error().text};
    into.push_back(std::move(*key));
  }
  return {};
}

}  // namespace

bool is_frame_source(std::string_view text) {
  constexpr std::string_view kAnyHost = "https://*.";
  if (text == "'self'") return true;
  return text.starts_with(kAnyHost)
             ? is_origin("https://" + std::string(text.substr(kAnyHost.size())))
             : is_origin(text);
}

Result<ChannelSecrets> load_channel_secrets(const Channels& channels) {
  ChannelSecrets found;
  Status status;
  const auto add = [&status](const SecretPlaces& places, std::vector<std::string>& into) {
    if (status.ok()) status = load(places, into);
  };
  const auto set = [&add](const SecretPlaces& places, std::string& into) {
    std::vector<std::string> one;
    add(places, one);
    if (!one.empty()) into = std::move(one.front());
  };
  if (channels.vk) {
    set(channels.vk->access_token, found.vk_token);
    set(channels.vk->administrator_token, found.vk_administrator);
    add(channels.vk->protected_keys, found.vk_keys);
    add(channels.vk->callback_secrets, found.vk_callback);
  }
  if (channels.facebook) {
    set(channels.facebook->access_token, found.facebook_token);
    add(channels.facebook->app_secrets, found.facebook_app);
    add(channels.facebook->verify_tokens, found.facebook_verify);
  }
  for (const auto& [name, places] : channels.webhooks)
    if (status.ok()) status = load_webhook(places, found.webhooks[name]);
  if (!status.ok()) return status.error();
  return found;
}

Result<std::vector<std::string>> load_webhook_keys(const SecretPlaces& places) {
  std::vector<std::string> keys;
  if (const Status status = load_webhook(places, keys); !status.ok()) return status.error();
  return keys;
}

}  // namespace askus::config
