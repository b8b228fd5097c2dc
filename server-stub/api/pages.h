// The panel's page and the static files.
#pragma once

#include "server-stub/api/app.h"

namespace askus::api {

void add_page_routes(App& app, http::Router& router);

}  // namespace askus::api
