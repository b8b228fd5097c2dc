// The part of a site's configuration that joins it to social networks and to other senders of
// messages: docs/social.md, docs/operations.md.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "shared/base/result.h"

namespace askus::config {

// Where a secret is: in a variable of the environment, or in a file that only its owner can read.
// The configuration itself, which people send to each other, cannot hold one.
struct SecretPlace {
  std::string variable, file;  // one of them
  std::string where;           // "<line>: <key>", for the error
};
using SecretPlaces = std::vector<SecretPlace>;  // one, or two during a rotation

struct VkConfig {
  std::string app, group;       // ids; group may be empty without `confirmation`
  SecretPlaces protected_keys;  // of the app: sign launches
  std::string confirmation;     // what the Callback API asks for; empty: it is not used
  SecretPlaces callback_secrets;
  std::vector<std::string> frame_ancestors{"https://vk.com", "https://*.vk.com", "https://vk.ru",
                                           "https://*.vk.ru"};
  // Answering there (docs/social.md): the community's token, none: nothing is sent; and that of an
  // administrator for topics and photos, none: the same.
  SecretPlaces access_token, administrator_token;
  std::string api_url{"https://api.vk.com/method/"}, api_version{"5.199"};
};

struct FacebookConfig {
  std::string app, page;  // ids
  SecretPlaces app_secrets;
  SecretPlaces verify_tokens;  // none: no webhooks
  std::vector<std::string> frame_ancestors{"'self'", "https://*.facebook.com"};
  SecretPlaces access_token;  // the Page's; none: nothing is sent
  std::string api_url{"https://graph.facebook.com"}, api_version{"v21.0"};
  bool human_agent = false;  // the app may use Facebook's tag of that name
};

// Where another system is told what happens to requests.
struct OutgoingWebhook {
  std::string name, url;
  SecretPlaces keys;                // whsec_...; each of them signs
  std::vector<std::string> events;  // request.received and so on
};
inline constexpr std::size_t kMaxOutgoingWebhooks = 20;

struct Channels {
  std::optional<VkConfig> vk;
  std::optional<FacebookConfig> facebook;
  std::map<std::string, SecretPlaces> webhooks;  // by name
};

inline constexpr std::size_t kMaxSecretPlaces = 2;
inline constexpr std::size_t kMaxWebhooks = 100;

// The secrets themselves. Never logged, and not copied but into the app.
struct ChannelSecrets {
  std::vector<std::string> vk_keys, vk_callback, facebook_app, facebook_verify;
  std::map<std::string, std::vector<std::string>> webhooks;  // the keys' bytes
  std::string vk_token, vk_administrator, facebook_token;    // or empty
};

// "<line>: <key>: <what is wrong>", without any of the secret, when one is missing or empty, can be
// read by others, or is no key.
Result<ChannelSecrets> load_channel_secrets(const Channels& channels);
// The same of a webhook's keys: their bytes.
Result<std::vector<std::string>> load_webhook_keys(const SecretPlaces& places);

// "https://host[:port]" whose host may begin with "*.", or 'self'; nothing that could end a
// directive of a Content-Security-Policy.
bool is_frame_source(std::string_view text);

}  // namespace askus::config
