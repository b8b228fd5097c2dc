// Which reports somebody gets by e-mail: GET and PUT /v1/sites/{site}/report-subscriptions.
#pragma once

#include "server-stub/api/app.h"

namespace askus::api {

void add_report_subscription_routes(App& app, http::Router& router);

}  // namespace askus::api
