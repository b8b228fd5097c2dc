// What a visitor does with a request of theirs, by its token: reads, exports and erases it.
#pragma once

#include "server-stub/api/app.h"

namespace askus::api {

// GET and DELETE /v1/requests/{id}, and GET of its export.
void add_own_request_routes(App& app, http::Router& router);

// Refuses (401) who does not carry the token of the request that the route's first placeholder
// names; the same answer whether or not the request exists: only who has its token learns that.
http::Admit for_token(const App& app);

}  // namespace askus::api
