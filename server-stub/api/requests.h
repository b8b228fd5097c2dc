// What visitors send: POST /v1/sites/{site}/requests.
#pragma once

#include <vector>

#include "server-stub/api/app.h"
#include "shared/request/request.h"

namespace askus::api {

void add_request_routes(App& app, http::Router& router);

// What the site requires beyond the format: a known category and topic, the name or contact and the
// consent that its settings ask for.
std::vector<request::Problem> check_settings(const request::Request& request,
                                             const snapshot::Snapshot& snapshot);

}  // namespace askus::api
