// From answer to topic: what who answers hands to the marketers, and what these make of it.
#pragma once

#include "server-stub/api/app.h"

namespace askus::api {

void add_suggestion_routes(App& app, http::Router& router);

}  // namespace askus::api
