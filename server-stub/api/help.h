// The published FAQ as pages for search engines: /help/{site}/... (docs/help-pages.md).
#pragma once

#include "server-stub/api/app.h"

namespace askus::api {

// Rendered pages that a site keeps for the next reader.
inline constexpr std::size_t kKeptHelpPages = 1'024;

void add_help_routes(App& app, http::Router& router);

}  // namespace askus::api
