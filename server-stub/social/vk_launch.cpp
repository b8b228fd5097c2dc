#include "server-stub/social/vk_launch.h"

#include <algorithm>
#include <optional>

#include "server-stub/http/message.h"
#include "server-stub/publish/base64url.h"
#include "server-stub/publish/mac.h"
#include "server-stub/social/text.h"

namespace askus::social {
namespace {

constexpr std::string_view kPrefix = "vk_", kSign = "sign";

bool is_name(std::string_view text) {
  constexpr std::string_view kLetters =
      "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_-.";
  return !text.empty() && text.find_first_not_of(kLetters) == std::string_view::npos;
}

// Every parameter of the query, decoded; none when it is malformed or gives a name twice.
std::optional<LaunchParameters> split(std::string_view query) {
  LaunchParameters parameters;
  while (!query.empty()) {
    const std::string_view pair = query.substr(0, query.find('&'));
    query.remove_prefix(std::min(query.size(), pair.size() + 1));
    const std::size_t equals = pair.find('=');
    if (equals == std::string_view::npos || !is_name(pair.substr(0, equals))) return std::nullopt;
    std::string encoded(pair.substr(equals + 1));
    std::replace(encoded.begin(), encoded.end(), '+', ' ');
    Result<std::string> value = http::percent_decode(encoded);
    if (!value.ok() || parameters.size() == kMaxLaunchParameters ||
        !parameters.emplace(pair.substr(0, equals), std::move(*value)).second)
      return std::nullopt;
  }
  return parameters;
}

std::string value_of(const LaunchParameters& parameters, std::string_view name) {
  const auto found = parameters.find(name);
  return found == parameters.end() ? std::string() : found->second;
}

}  // namespace

Result<LaunchParameters> signed_parameters(std::string_view query,
                                           const std::vector<std::string>& keys) {
  if (query.size() > kMaxLaunchQuery) return refused("the query is too long");
  const std::optional<LaunchParameters> all = split(query);
  if (!all) return refused("the query is malformed or gives a name twice");
  const auto sign = all->find(kSign);
  if (sign == all->end()) return refused("\"sign\" is missing");
  LaunchParameters parameters;
  std::string text;
  for (const auto& [name, value] : *all) {
    if (!name.starts_with(kPrefix)) continue;
    if (!text.empty()) text += '&';
    text += name + "=" + percent_encode(value);
    parameters.emplace(name, value);
  }
  bool known = false;
  for (const std::string& key : keys)
    known |=
        publish::same_secret(publish::base64url(publish::hmac_sha256(key, text)), sign->second);
  if (!known) return refused("\"sign\" is not by a key of this app");
  return parameters;
}

Result<VkLaunch> verify_launch(std::string_view query, const std::vector<std::string>& keys,
                               std::string_view app, std::int64_t now) {
  Result<LaunchParameters> parameters = signed_parameters(query, keys);
  if (!parameters.ok()) return parameters.error();
  if (value_of(*parameters, "vk_app_id") != app) return refused("it is of another app");
  const std::optional<std::int64_t> at = decimal(value_of(*parameters, "vk_ts"));
  if (!at) return refused("\"vk_ts\" is missing");
  if (*at > now + kClockSkew) return refused("it is from the future");
  if (now - *at > kLaunchLifetime) return refused("it has expired");
  VkLaunch launch{value_of(*parameters, "vk_user_id"), value_of(*parameters, "vk_group_id"),
                  value_of(*parameters, "vk_viewer_group_role"),
                  value_of(*parameters, "vk_platform"), value_of(*parameters, "vk_language")};
  if (!is_number_id(launch.user)) return refused("\"vk_user_id\" is not a number");
  if (!launch.group.empty() && !is_number_id(launch.group))
    return refused("\"vk_group_id\" is not a number");
  return launch;
}

}  // namespace askus::social
