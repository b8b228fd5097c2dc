#include "shared/pages/options.h"

#include <string_view>

namespace askus::pages {
namespace {

std::size_t host_at(std::string_view base) {
  return base.starts_with("https://") ? 8 : base.starts_with("http://") ? 7 : 0;
}

std::size_t path_at(std::string_view base) {
  const std::size_t host = host_at(base);
  return host == 0 ? std::string_view::npos : base.find('/', host);
}

bool all_of(std::string_view text, std::string_view more) {
  constexpr std::string_view kAlways =
      "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-.";
  for (const char c : text)
    if (kAlways.find(c) == kAlways.npos && more.find(c) == more.npos) return false;
  return true;
}

}  // namespace

bool is_base(std::string_view base) {
  const std::size_t host = host_at(base), path = path_at(base);
  if (path == base.npos || path == host || base.size() > kMaxBase || base.back() != '/')
    return false;
  return all_of(base.substr(host, path - host), ":[]") && all_of(base.substr(path), "/_~") &&
         base.find("//", path) == base.npos && base.find("/.", path) == base.npos;
}

std::string_view origin_of_base(std::string_view base) {
  return base.substr(0, path_at(base));
}

std::string_view path_of_base(std::string_view base) {
  return base.substr(path_at(base));
}

}  // namespace askus::pages
