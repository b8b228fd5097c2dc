// Text on its way into HTML or XML.
#pragma once

#include <string>
#include <string_view>

namespace askus::markup {

// For an element's content and for a quoted attribute alike.
std::string escape_html(std::string_view text);

// Without what no HTML or XML document may hold: control characters but tab and LF, and U+FFFE and
// U+FFFF. `text` is UTF-8.
std::string printable(std::string_view text);

}  // namespace askus::markup
