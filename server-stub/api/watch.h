// What the operator's machines ask: /metrics, /healthz, /readyz.
#pragma once

#include <string>
#include <vector>

#include "server-stub/api/app.h"

namespace askus::api {

// /healthz (the process serves) and /readyz (it can do its work: the database answers, nobody has
// told it to stop), for any router.
void add_health_routes(App& app, http::Router& router);

// The routes of the listener for metrics: /metrics and the two above. `keys`: SHA-256 hashes of
// the keys that /metrics asks for; empty: none.
http::Router watch_routes(App& app, std::vector<std::string> keys);

// Everything that is counted, in Prometheus's text format.
std::string metrics_text(const App& app);

}  // namespace askus::api
