// Anonymous counters in, figures out: POST /v1/sites/{site}/events, GET /v1/sites/{site}/stats.
#pragma once

#include "server-stub/api/app.h"

namespace askus::api {

// Seconds that a batch's id is remembered: for as long a panel may send it again.
inline constexpr std::int64_t kBatchMemory = 604'800;

void add_event_routes(App& app, http::Router& router);

}  // namespace askus::api
