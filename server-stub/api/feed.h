// The staff's feed: lists, a whole request, live updates. docs/http-api.md, "The feed".
#pragma once

#include "server-stub/api/app.h"

namespace askus::api {

void add_feed_routes(App& app, http::Router& router);

}  // namespace askus::api
