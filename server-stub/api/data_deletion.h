// Facebook's data deletion callback
// (https://developers.facebook.com/docs/development/create-an-app/
// app-dashboard/data-deletion-callback): POST /facebook/{site}/deletion erases what a person sent,
// GET shows what has become of it.
#pragma once

#include "server-stub/api/app.h"

namespace askus::api {

void add_data_deletion_routes(App& app, http::Router& router);

// What a confirmation code tells: hex digits of the time (Unix seconds), of the number of requests
// that were erased, and of an HMAC under the server's secret. Nothing of whose they were.
struct Deletion {
  std::int64_t at = 0, requests = 0;
};
std::string deletion_code(std::string_view secret, std::string_view site, const Deletion& deletion);
std::optional<Deletion> read_deletion_code(std::string_view secret, std::string_view site,
                                           std::string_view code);

}  // namespace askus::api
