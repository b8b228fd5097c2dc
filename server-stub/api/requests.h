// What visitors send and read back: POST /v1/sites/{site}/requests, GET /v1/requests/{id}.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "server-stub/api/app.h"
#include "shared/request/request.h"

namespace askus::api {

void add_request_routes(App& app, http::Router& router);

// Everything that the header alone can tell of a call by a panel with JSON in its body, before any
// of the body is read: 403 from a page of another site, 415 for another type.
std::optional<http::Response> admit_json(const http::Request& request);

http::Response json_response(unsigned status, std::string body);

// What a client is told of what became of its rows; what an operator wants to know is logged.
http::Response answer_of(App& app, const std::string& log_id, store::AddResult result);

// What the site requires beyond the format: a known category, the name or contact and the consent
// that its settings ask for.
std::vector<request::Problem> check_settings(const request::Request& request,
                                             const snapshot::Snapshot& snapshot);

}  // namespace askus::api
