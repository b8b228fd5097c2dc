// /staff: the page on which people log in, answer and manage their team. One page for all sites;
// what it shows comes from /v1.
#pragma once

#include <memory>
#include <string>

#include "server-stub/http/file.h"
#include "server-stub/http/router.h"
#include "shared/base/result.h"

namespace askus::api {

class App;

// The page that web/build.mjs has written; null where the web folder has none.
Result<std::unique_ptr<http::File>> load_staff_page(const std::string& web);

void add_staff_page_routes(App& app, http::Router& router);

}  // namespace askus::api
