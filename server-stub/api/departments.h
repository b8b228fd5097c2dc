// Who answers when, for staff: GET /v1/sites/{site}/departments.
#pragma once

#include "server-stub/api/app.h"

namespace askus::api {

void add_department_routes(App& app, http::Router& router);

}  // namespace askus::api
