// GET /sites/{site}/ask?form=1 and POST /sites/{site}/ask: a request without JavaScript. What the
// panel pays with work is paid here with time: the form must have been open for a while.
#pragma once

#include "server-stub/api/app.h"

namespace askus::api {

// Whether GET /sites/{site}/ask asks for the form, not for the panel.
bool asks_for_form(const http::Request& request);

// The form, or, with `sent=<number>.<its signature>`, what has become of it. 404 when the web
// folder has no form.
http::Response show_form(App& app, const http::Request& request);

// The POST.
void add_form_routes(App& app, http::Router& router);

}  // namespace askus::api
