// What every page is made of: its place among the others, its head, its frame.
#pragma once

#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "shared/pages/contents.h"
#include "shared/pages/options.h"
#include "shared/pages/texts.h"

namespace askus::pages {

// What all pages of a snapshot share.
struct Edition {
  const Contents& contents;
  const Options& options;
  const std::string& style;  // the style sheet's name
};

// Where a page stands. Borrows the edition.
struct Place {
  const Edition& edition;
  const Language& language;
  std::string root;  // from the page to the base: "../../", or an absolute path
  const Texts& texts = texts_of(language.tag);

  std::string link(std::string_view path) const { return root + std::string(path); }
  std::string absolute(std::string_view path) const {
    return edition.options.base + std::string(path);
  }
  std::string_view text(const flatbuffers::Vector<flatbuffers::Offset<snapshot::fb::LocalText>>&
                            texts_of_site) const {
    return edition.contents.snapshot().text(texts_of_site, language.index);
  }
  // The site's name, or its identifier.
  std::string_view site_name() const;
};

// "../" for each folder that a path lies in; "./" for none.
std::string root_of(std::string_view path);

using Alternates = std::vector<std::pair<std::string_view, std::string_view>>;  // language, path

struct Head {
  std::string title, description;
  std::string_view path;  // of the page, relative to the base; of a missing one empty
  Alternates alternates;  // the same page in every language there is, this one too
  std::string_view x_default;
  std::string json_ld;                // as it stands in its element; empty: none
  std::string_view type = "website";  // as the Open Graph protocol has them
  bool missing = false;               // not for search engines
};

struct Crumb {
  std::string_view name, path;
};

// The whole document around `main`, which is HTML.
std::string document(const Place& place, const Head& head, std::string_view main);

// A navigation that ends at the page itself, which is no link.
std::string breadcrumbs(const Place& place, const std::vector<Crumb>& crumbs);

// The announcement while it lasts, else nothing.
std::string announcement(const Place& place);

// A link that opens the panel, at its search; nothing without the widget.
std::string panel_link(const Place& place, std::string_view css_class, std::string_view label);
// "Not the answer you need?" with that link.
std::string ask_box(const Place& place);

std::string topic_links(const Place& place, const std::vector<std::uint32_t>& entries,
                        std::size_t most);

// "Title – Site".
std::string with_site(const Place& place, std::string_view title);

}  // namespace askus::pages
