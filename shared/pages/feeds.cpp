#include "shared/pages/feeds.h"

#include <algorithm>
#include <numeric>

#include "shared/faq/dates.h"
#include "shared/pages/answer_html.h"
#include "shared/pages/slug.h"

namespace askus::pages {
namespace {

constexpr std::string_view kDeclaration = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n";
constexpr std::string_view kSitemaps = "http://www.sitemaps.org/schemas/sitemap/0.9";
constexpr std::size_t kSummary = 300;  // letters

struct Address {
  std::string_view path;
  std::uint32_t updated;  // days since 1970-01-01, 0: unknown
};

std::vector<Address> addresses(const Contents& contents) {
  std::vector<Address> all;
  for (const Language& language : contents.languages()) {
    const std::size_t start = all.size();
    all.push_back({language.path, 0});
    for (const Group& group : language.groups) {
      std::uint32_t newest = 0;
      for (const std::uint32_t entry : group.entries)
        newest = std::max(newest, language.entries[entry].version->updated());
      all.push_back({group.path, newest});
      all[start].updated = std::max(all[start].updated, newest);
    }
    for (const Entry& entry : language.entries)
      all.push_back({entry.path, entry.version->updated()});
  }
  return all;
}

std::string location(std::string_view element, std::string_view address, std::uint32_t updated) {
  std::string xml = "<" + std::string(element) + "><loc>" + shown(address) + "</loc>";
  if (updated != 0) xml += "<lastmod>" + format_date(updated) + "</lastmod>";
  return xml + "</" + std::string(element) + ">\n";
}

std::string around(std::string_view element, std::string_view content) {
  const std::string name(element);
  return std::string(kDeclaration) + "<" + name + " xmlns=\"" + std::string(kSitemaps) + "\">\n" +
         std::string(content) + "</" + name + ">\n";
}

// RFC 3339; a day is its first second.
std::string moment(std::uint32_t days) {
  return format_date(days) + "T00:00:00Z";
}

std::string entry_xml(const Place& place, const Entry& entry) {
  // An id that outlives every title: the topic's address without its slug.
  const std::string_view id = std::string_view(entry.path).substr(entry.path.find(kBeforeId));
  const std::string address = place.absolute(entry.path);
  return "<entry>\n<title>" + shown(entry.title()) + "</title>\n<id>" +
         shown(place.absolute(place.language.path) + std::string(id)) + "</id>\n<link href=\"" +
         shown(address) + "\"/>\n<updated>" + moment(entry.version->updated()) +
         "</updated>\n<summary>" +
         shown(excerpt(snapshot::view(entry.version->answer()), kSummary)) +
         "</summary>\n</entry>\n";
}

}  // namespace

std::vector<SitemapFile> sitemaps(const Contents& contents, std::string_view base,
                                  std::size_t limit) {
  const std::vector<Address> all = addresses(contents);
  std::vector<SitemapFile> files;
  std::string index;
  for (std::size_t from = 0; from < all.size(); from += limit) {
    std::string urls;
    std::uint32_t newest = 0;
    for (std::size_t i = from; i < std::min(from + limit, all.size()); ++i) {
      urls += location("url", std::string(base) + std::string(all[i].path), all[i].updated);
      newest = std::max(newest, all[i].updated);
    }
    const std::string name = "sitemap-" + std::to_string(files.size() + 1) + ".xml";
    index += location("sitemap", std::string(base) + name, newest);
    files.push_back({name, around("urlset", urls)});
  }
  if (files.size() == 1)
    files.front().name = "sitemap.xml";
  else
    files.push_back({"sitemap.xml", around("sitemapindex", index)});
  return files;
}

std::string feed(const Place& place) {
  const std::vector<Entry>& entries = place.language.entries;
  std::vector<std::size_t> order(entries.size());
  std::iota(order.begin(), order.end(), std::size_t{0});
  std::erase_if(order, [&](std::size_t i) { return entries[i].version->updated() == 0; });
  std::stable_sort(order.begin(), order.end(), [&](std::size_t a, std::size_t b) {
    return entries[a].version->updated() > entries[b].version->updated();
  });
  order.resize(std::min(order.size(), kFeedEntries));
  const std::uint32_t newest = order.empty() ? 0 : entries[order.front()].version->updated();
  const std::string start = place.absolute(place.language.path);
  std::string xml = std::string(kDeclaration) +
                    "<feed xmlns=\"http://www.w3.org/2005/Atom\" xml:lang=\"" +
                    shown(place.language.tag) + "\">\n<title>" +
                    shown(with_site(place, place.texts.changes)) + "</title>\n<id>" + shown(start) +
                    "</id>\n<link href=\"" + shown(start) + "\"/>\n<link rel=\"self\" href=\"" +
                    shown(start + "feed.xml") + "\"/>\n<updated>" + moment(newest) +
                    "</updated>\n<author><name>" + shown(place.site_name()) + "</name></author>\n";
  for (const std::size_t i : order) xml += entry_xml(place, entries[i]);
  return xml + "</feed>\n";
}

}  // namespace askus::pages
