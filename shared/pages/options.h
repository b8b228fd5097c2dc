// What the pages are made for, beside the snapshot.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace askus::pages {

struct Options {
  // Where the pages are for everybody, "https://www.example.org/help/": https or http, '/' last.
  // Only what must be absolute is made of it (canonical, sitemap, feed, JSON-LD); links between the
  // pages are relative, so that they work wherever the pages are tried.
  std::string base;
  std::string server;  // the origin whose ask.js the pages load; empty: pages without the widget
  std::vector<std::string> picture_origins;  // whose pictures are shown; of others the alt is
  std::uint64_t now = 0;                     // Unix seconds: whether the announcement is shown
};

// Bytes of a base, at most.
inline constexpr std::size_t kMaxBase = 200;

// Whether `base` is as Options says: a host, a path without "//", ".", "..", escapes and a query.
bool is_base(std::string_view base);

// "https://www.example.org" and "/help/" of a base.
std::string_view origin_of_base(std::string_view base);
std::string_view path_of_base(std::string_view base);

}  // namespace askus::pages
