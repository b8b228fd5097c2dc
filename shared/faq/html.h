// Articles in HTML, of other help centres, as the small markup of docs/markup.md.
#pragma once

#include <cstdint>
#include <functional>
#include <map>
#include <string>
#include <string_view>

#include "shared/base/result.h"

namespace askus::faq {

// What a document holds, in order. Names are lower case; entities are resolved.
class HtmlSink {
 public:
  virtual ~HtmlSink() = default;
  // `attributes`: alt, href, lang, src, start and type, those that are there.
  using Attributes = std::map<std::string, std::string, std::less<>>;
  virtual void open(std::string_view name, const Attributes& attributes) = 0;
  virtual void close(std::string_view name) = 0;
  virtual void text(std::string_view text) = 0;
};
inline constexpr std::string_view kHtmlAttributes[] = {"alt", "href",  "lang",
                                                       "src", "start", "type"};

// The platform's HTML parser (WHATWG): Gumbo natively, parse5 in the browser. Gives every element
// an open() and a close(). kTooLarge over the limits below.
using HtmlReader = std::function<Status(std::string_view html, HtmlSink& to)>;

inline constexpr std::size_t kMaxHtmlBytes = std::size_t{4} << 20;
inline constexpr std::size_t kMaxHtmlTags = 20'000;  // "<" with a letter behind it
bool html_fits(std::string_view html);

// What was left out or changed, and how often: "a table" -> 2.
using Losses = std::map<std::string, std::uint32_t, std::less<>>;

struct Markup {
  std::string text;
  Losses losses;
};

// Paragraphs, lists, bold, links and pictures of the allowed kinds; everything else becomes text or
// goes, and is named in the losses.
Result<Markup> markup_of_html(std::string_view html, const HtmlReader& reader);

}  // namespace askus::faq
