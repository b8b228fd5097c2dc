#include "server-stub/config/read_channels.h"

#include <algorithm>

#include "server-stub/config/outgoing.h"
#include "server-stub/social/text.h"
#include "shared/faq/site_name.h"

namespace askus::config {
namespace {

using Rule = std::function<void(const Json&, const std::string&)>;

bool is_variable(std::string_view text) {
  constexpr std::string_view kLetters = "ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_";
  return !text.empty() && text.find_first_not_of(kLetters) == std::string_view::npos &&
         (text[0] < '0' || text[0] > '9');
}

// VK's is 8 hex digits today.
bool is_confirmation(std::string_view text) {
  constexpr std::size_t kMost = 64;
  return text.size() <= kMost && std::all_of(text.begin(), text.end(), [](char c) {
           return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
         });
}

SecretPlace read_secret(Reader& read, const Json& json, const std::string& path) {
  SecretPlace secret;
  secret.where = read.at(path);
  read.object(
      json, path,
      {{"env",
        [&](const Json& v, const std::string& p) {
          secret.variable = read.text(v, p);
          if (read.ok() && !is_variable(secret.variable))
            read.fail(p, "is not the name of a variable (A-Z, 0-9, _)");
        }},
       {"file", [&](const Json& v, const std::string& p) { secret.file = read.place(v, p); }}});
  if (read.ok() && secret.variable.empty() == secret.file.empty())
    read.fail(path, "must have \"env\" or \"file\"");
  return secret;
}

// A text in the place of {"env"} or {"file"} may be a secret: it is not shown.
Rule secrets(Reader& read, SecretPlaces& into) {
  return [&read, &into](const Json& v, const std::string& p) {
    const auto is_place = [](const Json& one) { return one.is_object(); };
    if (!v.is_array() || v.empty() || v.size() > kMaxSecretPlaces ||
        !std::all_of(v.begin(), v.end(), is_place))
      return read.fail(p, "must be a list of one or two {\"env\": name} or {\"file\": place}");
    for (std::size_t i = 0; i < v.size(); ++i)
      into.push_back(read_secret(read, v[i], below(p, std::to_string(i))));
  };
}

// One secret's place.
Rule secret(Reader& read, SecretPlaces& into) {
  return [&read, &into](const Json& v, const std::string& p) {
    if (!v.is_object()) return read.fail(p, "must be {\"env\": name} or {\"file\": place}");
    into.push_back(read_secret(read, v, p));
  };
}

Rule api_url(Reader& read, std::string& into) {
  return [&read, &into](const Json& v, const std::string& p) {
    into = read.text(v, p);
    if (read.ok() && !is_call_url(into))
      read.fail(p, "is not an https address (http only to this machine)");
  };
}

Rule api_version(Reader& read, std::string& into) {
  return [&read, &into](const Json& v, const std::string& p) {
    into = read.text(v, p);
    if (read.ok() && (into.empty() || into.size() > 10 ||
                      into.find_first_not_of("v.0123456789") != std::string::npos))
      read.fail(p, "is not a version such as 5.199 or v21.0");
  };
}

Rule number_id(Reader& read, std::string& into) {
  return [&read, &into](const Json& v, const std::string& p) {
    into = read.text(v, p);
    if (read.ok() && !social::is_number_id(into)) read.fail(p, "is not an id, digits as a text");
  };
}

Rule frames(Reader& read, std::vector<std::string>& into) {
  return [&read, &into](const Json& v, const std::string& p) {
    into = read.list(v, p, is_frame_source, "an origin such as https://vk.com or https://*.vk.com");
  };
}

void read_vk(Reader& read, const Json& json, const std::string& path, VkConfig& vk) {
  read.object(json, path,
              {{"app_id", number_id(read, vk.app)},
               {"group_id", number_id(read, vk.group)},
               {"protected_keys", secrets(read, vk.protected_keys)},
               {"confirmation",
                [&](const Json& v, const std::string& p) {
                  vk.confirmation = read.text(v, p);
                  if (read.ok() && !is_confirmation(vk.confirmation))
                    read.fail(p, "is not a string as VK shows it, letters and digits");
                }},
               {"callback_secrets", secrets(read, vk.callback_secrets)},
               {"frame_ancestors", frames(read, vk.frame_ancestors)},
               {"access_token", secret(read, vk.access_token)},
               {"administrator_token", secret(read, vk.administrator_token)},
               {"api_url", api_url(read, vk.api_url)},
               {"api_version", api_version(read, vk.api_version)}},
              {"app_id", "protected_keys"});
  if (!vk.api_url.ends_with('/')) vk.api_url += '/';
  if (read.ok() && !vk.access_token.empty() && vk.group.empty())
    read.fail(path, "\"group_id\" is missing: in whose name to answer");
  if (!read.ok() || vk.confirmation.empty()) return;
  // Without them anybody could write in the name of anybody.
  if (vk.callback_secrets.empty()) read.fail(path, "\"callback_secrets\" is missing");
  if (vk.group.empty()) read.fail(path, "\"group_id\" is missing");
}

void read_facebook(Reader& read, const Json& json, const std::string& path,
                   FacebookConfig& facebook) {
  read.object(
      json, path,
      {{"app_id", number_id(read, facebook.app)},
       {"page_id", number_id(read, facebook.page)},
       {"app_secrets", secrets(read, facebook.app_secrets)},
       {"verify_tokens", secrets(read, facebook.verify_tokens)},
       {"frame_ancestors", frames(read, facebook.frame_ancestors)},
       {"access_token", secret(read, facebook.access_token)},
       {"api_url", api_url(read, facebook.api_url)},
       {"api_version", api_version(read, facebook.api_version)},
       {"human_agent",
        [&](const Json& v, const std::string& p) { facebook.human_agent = read.flag(v, p); }}},
      {"app_id", "page_id", "app_secrets"});
  while (facebook.api_url.ends_with('/')) facebook.api_url.pop_back();
}

}  // namespace

std::function<void(const Json&, const std::string&)> read_secrets(Reader& read,
                                                                  SecretPlaces& into) {
  return secrets(read, into);
}

void read_channels(Reader& read, const Json& json, const std::string& path, Channels& channels) {
  read.object(
      json, path,
      {{"vk",
        [&](const Json& v, const std::string& p) { read_vk(read, v, p, channels.vk.emplace()); }},
       {"facebook",
        [&](const Json& v, const std::string& p) {
          read_facebook(read, v, p, channels.facebook.emplace());
        }},
       {"webhooks", [&](const Json& v, const std::string& p) {
          read.each(v, p, [&](const std::string& name, const Json& one, const std::string& at) {
            if (!is_site_name(name) || channels.webhooks.size() == kMaxWebhooks)
              return read.fail(at, "a webhook's name is made of a-z, 0-9 and -; at most " +
                                       std::to_string(kMaxWebhooks));
            read.object(one, at, {{"keys", secrets(read, channels.webhooks[name])}}, {"keys"});
          });
        }}});
}

}  // namespace askus::config
