// Text on its way into HTML.
#pragma once

#include <string>
#include <string_view>

namespace askus::api {

// For an element's content and for a quoted attribute alike.
std::string escape_html(std::string_view text);

}  // namespace askus::api
