// What machines read: the sitemap and the feeds of changes.
#pragma once

#include <string>
#include <vector>

#include "shared/pages/page.h"

namespace askus::pages {

// Addresses in one file, at most: sitemaps.org's limit. Ours are short enough for its 50 MB.
inline constexpr std::size_t kSitemapAddresses = 50'000;
inline constexpr std::size_t kFeedEntries = 50;

struct SitemapFile {
  std::string name, body;
};

// sitemap.xml; over the limit it is the index of sitemap-1.xml, sitemap-2.xml and so on.
std::vector<SitemapFile> sitemaps(const Contents& contents, std::string_view base,
                                  std::size_t limit = kSitemapAddresses);

// Atom (RFC 4287): the topics of a language that were changed last, newest first.
std::string feed(const Place& place);

}  // namespace askus::pages
