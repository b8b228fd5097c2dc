// The parameters that VK opens an app with
// (https://dev.vk.com/mini-apps/development/launch-params-sign): "sign" is
// base64url(HMAC-SHA256(protected key, the vk_ parameters sorted by name, their values encoded by
// RFC 3986, joined with "&")), without padding.
#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "shared/base/result.h"

namespace askus::social {

inline constexpr std::size_t kMaxLaunchQuery = 4'096;  // bytes
inline constexpr std::size_t kMaxLaunchParameters = 64;
// How old a launch may be, in seconds. VK names no lifetime. Shorter would refuse who is slow to
// open, longer would make an address that has leaked good for longer.
inline constexpr std::int64_t kLaunchLifetime = 3'600;

using LaunchParameters = std::map<std::string, std::string, std::less<>>;

struct VkLaunch {
  std::string user;      // digits
  std::string group;     // digits, or empty: not opened in a community
  std::string role;      // none, member, moder, editor, admin, or empty
  std::string platform;  // desktop_web, mobile_web, ..., or empty
  std::string language;  // as VK names it: uk, ua, ru, en, ..., or empty
};

// The vk_ parameters, decoded, when `sign` is theirs by one of the keys. Says nothing of their age.
// `query`: as sent, without "?". kRefused: too long, malformed, a name given twice, no or another
// signature.
Result<LaunchParameters> signed_parameters(std::string_view query,
                                           const std::vector<std::string>& keys);

// The same, for this app, and not older than kLaunchLifetime nor more than kClockSkew ahead of
// `now` (Unix seconds). A launch without vk_ts is refused.
Result<VkLaunch> verify_launch(std::string_view query, const std::vector<std::string>& keys,
                               std::string_view app, std::int64_t now);

}  // namespace askus::social
