// Text on its way into HTML.
#pragma once

#include <string>
#include <string_view>

namespace askus::api {

// For an element's content and for a quoted attribute alike.
std::string escape_html(std::string_view text);

// A whole page without scripts: its heading is its title, `style` the address of its style sheet.
// `content` is HTML; the others are plain.
std::string html_page(std::string_view language, std::string_view style, std::string_view title,
                      std::string_view content);

}  // namespace askus::api
