// What leaves the server, as far as HTTP has to do with it: what a request's staff see of it,
// trying again, and the page that ends mail.
#pragma once

#include <nlohmann/json.hpp>
#include <string>

#include "server-stub/api/app.h"

namespace askus::api {

// What the sender is to work with. The app's sites are there already. Says which secret is missing.
Result<out::SenderOptions> sender_options(App& app, const config::Config& config);

// Of a request: what has been sent and what waits; the ways a reply may go ("here", "private";
// none: there is no choice); the channel that a reply goes by now, or "".
nlohmann::json deliveries_json(const store::StoredRequest& r);
nlohmann::json ways_json(const App& app, const store::StoredRequest& r);
std::string goes_to(const App& app, const store::StoredRequest& r);

void add_outgoing_routes(App& app, http::Router& router);

}  // namespace askus::api
