// What the importers share: one article on its way to an entry.
#pragma once

#include <nlohmann/json.hpp>
#include <string>
#include <string_view>

#include "shared/faq/html.h"
#include "shared/faq/source.h"

namespace askus::faq {

// Fields that an article has not are empty.
struct Article {
  std::string id, language, category, title, html, tags, updated, url;
};

// Appends articles to a source.
class Articles {
 public:
  // Both must outlive this.
  Articles(Source& source, const HtmlReader& reader) : source_(source), reader_(reader) {}

  void add(const Article& article);
  // An article that is not brought over, and why.
  void skip(std::string_view id, std::string why);
  // A file that cannot be read as what it was said to be.
  void refuse(std::string rule, std::uint32_t row, std::string_view found, std::string remedy);

 private:
  Source& source_;
  const HtmlReader& reader_;
  std::uint32_t row_ = 0;
};

// A text, a whole number as text; else empty.
std::string text_at(const nlohmann::json& object, std::string_view key);
// "en-us" as the tag of the language: "en".
std::string language_of_locale(std::string_view locale);

// QAPage and FAQPage of a page's JSON-LD (import_page.cpp).
void import_page(Articles& to, std::string_view html, const HtmlReader& reader);

}  // namespace askus::faq
