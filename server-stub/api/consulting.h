// What several people do with one request: advice from another department, duplicates that become
// one, those who ask the same.
#pragma once

#include "server-stub/api/app.h"

namespace askus::api {

// Open requests, the newest ones, among which those that ask the same are looked for.
inline constexpr std::size_t kComparedRequests = 500;

void add_consulting_routes(App& app, http::Router& router);

}  // namespace askus::api
