// A site's name as it stands in addresses: /sites/{site}/panel, /v1/sites/{site}/manifest.json.
#pragma once

#include <cstddef>
#include <string_view>

namespace askus {

inline constexpr std::size_t kMaxSiteName = 63;

// 1 to kMaxSiteName of a-z, 0-9 and -, not beginning with -.
inline bool is_site_name(std::string_view site) {
  return !site.empty() && site.size() <= kMaxSiteName && site.front() != '-' &&
         site.find_first_not_of("abcdefghijklmnopqrstuvwxyz0123456789-") == std::string_view::npos;
}

}  // namespace askus
