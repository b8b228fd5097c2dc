// Keys by which other systems (a CRM, a chat) read and answer a site's requests: made and revoked
// by who manages the site.
#pragma once

#include <string_view>

#include "server-stub/api/app.h"

namespace askus::api {

// What every such key begins with, so that one is known when somebody has lost it somewhere.
inline constexpr std::string_view kApiKeyPrefix = "askus_";

void add_api_key_routes(App& app, http::Router& router);

}  // namespace askus::api
