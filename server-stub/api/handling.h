// What staff do with a request: claim and give, reply and note, close and open again, change its
// category; and that they have it before them. docs/http-api.md, "The feed".
#pragma once

#include "server-stub/api/app.h"

namespace askus::api {

void add_handling_routes(App& app, http::Router& router);

}  // namespace askus::api
