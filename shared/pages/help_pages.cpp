#include "shared/pages/help_pages.h"

#include <cstdio>

#include "shared/pages/list_pages.h"
#include "shared/pages/slug.h"
#include "shared/pages/style.h"
#include "shared/pages/theme.h"
#include "shared/pages/topic_page.h"
#include "shared/text/hash.h"

namespace askus::pages {
namespace {

constexpr std::string_view kXml = "application/xml";
constexpr std::string_view kAtom = "application/atom+xml";
constexpr std::string_view kCss = "text/css; charset=utf-8";
constexpr std::string_view kPlain = "text/plain; charset=utf-8";
constexpr std::string_view kFeed = "feed.xml";
constexpr std::string_view kCategories = "c/";
constexpr std::string_view kRobots = "robots.txt";

Page page(std::string html) {
  return {.outcome = Outcome::kPage, .body = std::move(html)};
}
Page page(std::string_view type, std::string body, bool lasting = false) {
  return {Outcome::kPage, type, std::move(body), lasting};
}
Page moved_to(std::string_view path) {
  return {.outcome = Outcome::kMoved, .body = std::string(path)};
}

std::string name_of_style(std::string_view css) {
  char name[24];
  std::snprintf(name, sizeof name, "pages-%08x.css", text::hash(css));
  return name;
}

}  // namespace

HelpPages::HelpPages(const snapshot::Snapshot& snapshot, Options options)
    : contents_(snapshot), options_(std::move(options)) {
  const snapshot::fb::Settings& settings = snapshot.settings();
  style_ = accent_rule(settings.accent(), settings.accent_dark()) + std::string(kStyle);
  style_name_ = name_of_style(style_);
  sitemaps_ = sitemaps(contents_, options_.base);
}

std::vector<std::string> HelpPages::paths() const {
  std::vector<std::string> all;
  if (empty()) return all;
  all.emplace_back("");
  all.push_back(style_name_);
  for (const SitemapFile& sitemap : sitemaps_) all.push_back(sitemap.name);
  if (path_of_base(options_.base) == "/") all.emplace_back(kRobots);
  for (const Language& language : languages()) {
    all.push_back(language.path);
    all.push_back(language.path + std::string(kFeed));
    for (const Group& group : language.groups) all.push_back(group.path);
    for (const Entry& entry : language.entries) all.push_back(entry.path);
  }
  return all;
}

Page HelpPages::find(std::string_view path) const {
  if (empty()) return {};
  if (path.empty())
    return languages().size() == 1 ? moved_to(languages().front().path)
                                   : page(choice_page(place(languages().front(), root_of(path))));
  if (path.find('/') == path.npos)
    if (Page found = file(path); found.outcome == Outcome::kPage) return found;
  const std::string_view tag = path.substr(0, path.find('/'));
  if (const Language* language = contents_.language(tag)) {
    if (tag.size() == path.size()) return moved_to(language->path);
    Page found = find_below(*language, path.substr(tag.size() + 1), path);
    if (found.outcome != Outcome::kMissing) return found;
  }
  return {.outcome = Outcome::kMissing,
          .body = missing_page(place(language_at(path), root_of(path)))};
}

Page HelpPages::file(std::string_view path) const {
  if (path == style_name_) return page(kCss, style_, true);
  for (const SitemapFile& sitemap : sitemaps_)
    if (path == sitemap.name) return page(kXml, sitemap.body);
  if (path == kRobots && path_of_base(options_.base) == "/")
    return page(kPlain, "User-agent: *\nAllow: /\n\nSitemap: " + options_.base + "sitemap.xml\n");
  return {};
}

Page HelpPages::find_below(const Language& language, std::string_view rest,
                           std::string_view path) const {
  const Place here = place(language, root_of(path));
  if (rest.empty()) return page(start_page(here));
  if (rest == kFeed) return page(kAtom, feed(here));
  const bool category = rest.starts_with(kCategories);
  if (category) rest.remove_prefix(kCategories.size());
  if (rest.ends_with('/')) rest.remove_suffix(1);
  const std::size_t before = rest.find(kBeforeId);
  if (before == rest.npos || rest.find('/') != rest.npos) return {};
  const std::string_view id = rest.substr(before + kBeforeId.size());
  if (category) {
    const Group* group = contents_.group_of_id(language, id);
    if (group == nullptr) return {};
    return group->path == path ? page(category_page(here, *group)) : moved_to(group->path);
  }
  const Entry* entry = contents_.entry_of_id(language, id);
  if (entry == nullptr) return {};
  return entry->path == path ? page(topic_page(here, *entry)) : moved_to(entry->path);
}

std::string HelpPages::missing(const Language& language) const {
  return missing_page(place(language, std::string(path_of_base(options_.base))));
}

std::string HelpPages::moved(std::string_view path, std::string_view target) const {
  return moved_page(place(language_at(path), root_of(path)), target,
                    options_.base + std::string(target));
}

Place HelpPages::place(const Language& language, std::string root) const {
  return Place{edition_, language, std::move(root)};
}

const Language& HelpPages::language_at(std::string_view path) const {
  const Language* language = contents_.language(path.substr(0, path.find('/')));
  return language == nullptr ? languages().front() : *language;
}

}  // namespace askus::pages
