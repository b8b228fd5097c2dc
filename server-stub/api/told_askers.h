// Whoever had asked gets the answer when its topic is published.
#pragma once

#include <string>

#include "server-stub/api/app.h"

namespace askus::api {

// Looks on the thread of `app.reading` for askers of topics that are published now and writes each
// of them a reply, in the site's name: once, on whatever server it is called and however often. Who
// has a reply already is not written to again. Call it when something was published, and at start.
void tell_askers(App& app, const std::string& site);

}  // namespace askus::api
