// The pages of a published FAQ for search engines and for who reads without the widget: one
// renderer, used by the server (/help/{site}/...) and by `askus-faq pages`. docs/help-pages.md.
#pragma once

#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "shared/pages/contents.h"
#include "shared/pages/feeds.h"
#include "shared/pages/options.h"
#include "shared/snapshot/snapshot.h"

namespace askus::pages {

enum class Outcome : std::uint8_t { kPage, kMoved, kMissing };

struct Page {
  Outcome outcome = Outcome::kMissing;
  std::string_view type = "text/html; charset=utf-8";
  std::string body;      // kMoved: the page's address now, relative to the base
  bool lasting = false;  // never another content under this address
};

// Borrows the snapshot. Immutable; may be read from several threads.
class HelpPages {
 public:
  // `options.base` is one that is_base() takes.
  HelpPages(const snapshot::Snapshot& snapshot, Options options);

  bool empty() const { return contents_.languages().empty(); }
  const std::vector<Language>& languages() const { return contents_.languages(); }

  // Every path that find() has a page for, relative to the base: "", "uk/", "sitemap.xml", ...
  std::vector<std::string> paths() const;

  // What is at a path relative to the base. A missing page's body is HTML, too, with links for a
  // page at that path.
  Page find(std::string_view path) const;

  // The missing page with absolute links, for a server that shows it anywhere.
  std::string missing(const Language& language) const;
  // A page that leads a reader from `path` to where find() says it has moved.
  std::string moved(std::string_view path, std::string_view target) const;

 private:
  Place place(const Language& language, std::string root) const;
  const Language& language_at(std::string_view path) const;
  Page find_below(const Language& language, std::string_view rest, std::string_view path) const;
  Page file(std::string_view path) const;

  const Contents contents_;
  const Options options_;
  std::string style_, style_name_;
  std::vector<SitemapFile> sitemaps_;
  const Edition edition_{contents_, options_, style_name_};
};

}  // namespace askus::pages
