// Small pages without scripts.
#pragma once

#include <string>
#include <string_view>

#include "shared/markup/escape.h"

namespace askus::api {

using markup::escape_html;

// A whole page without scripts: its heading is its title, `style` the address of its style sheet.
// `content` is HTML; the others are plain.
std::string html_page(std::string_view language, std::string_view style, std::string_view title,
                      std::string_view content);

}  // namespace askus::api
