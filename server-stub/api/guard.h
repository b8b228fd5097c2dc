// What every call of /v1 that a browser makes goes through before its own checks: pages of other
// sites are refused by Sec-Fetch-Site, but for the origins that the site's configuration lists,
// which are answered with CORS headers of exactly that origin; and calls that write are counted.
#pragma once

#include <optional>
#include <string>

#include "server-stub/api/app.h"

namespace askus::api {

// Adds the route with these checks before its `admit`, and the preflight of its path (OPTIONS). The
// path's first placeholder is the site. Methods other than GET count as writing.
void add_guarded(App& app, http::Router& router, http::Route route);

// 403 for a call that a page of another site makes, unless its origin is listed; for routes that
// are guarded otherwise. The path's first placeholder is the site.
std::optional<http::Response> refuse_cross_site(const App& app, const http::Request& request);

// Who publishes and edits this site's FAQ: the one place that decides it. The name is for the log
// and the history; nothing: nobody of the site's. The path's first placeholder is the site.
std::optional<std::string> publisher(const App& app, const http::Request& request);
// 403 and 401 for everybody else, before any of the body is read.
std::optional<http::Response> admit_publisher(const App& app, const http::Request& request);

// Whether the body is said to be application/json, whatever its parameters.
bool is_json(const http::Request& request);

}  // namespace askus::api
