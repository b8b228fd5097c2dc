// Answers that several handlers give.
#pragma once

#include <nlohmann/json_fwd.hpp>
#include <string>
#include <vector>

#include "server-stub/api/app.h"
#include "server-stub/http/message.h"
#include "server-stub/store/store.h"
#include "shared/request/request.h"

namespace askus::api {

// For one visitor alone: no cache keeps it.
http::Response json_response(unsigned status, std::string body);
// The same of what visitors and staff have written: bytes that are no UTF-8 are replaced.
http::Response json_response(unsigned status, const nlohmann::json& body);
// What is kept one a line, as a list; empty lines are left out.
nlohmann::json lines_json(std::string_view lines);

// 204: done, and nothing to say about it.
http::Response no_content();

http::Response invalid_request(const std::vector<request::Problem>& wrong);

// How a write ended that has not stored anything, or may not have; the operator's part of it goes
// to the log. `log_id`: of the HTTP request.
http::Response failure_of(App& app, const std::string& log_id, store::Outcome outcome,
                          const std::string& text);

}  // namespace askus::api
