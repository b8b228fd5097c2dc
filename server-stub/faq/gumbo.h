// HTML by Gumbo, as shared/faq/html.h takes it.
#pragma once

#include <string_view>

#include "shared/faq/html.h"

namespace askus::faq {

// An HtmlReader.
Status read_html(std::string_view html, HtmlSink& to);

}  // namespace askus::faq
