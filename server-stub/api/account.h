// A person's own account: profile, picture, password, one-time codes; and the way in by an
// invitation. docs/http-api.md, "People".
#pragma once

#include "server-stub/api/app.h"

namespace askus::api {

// Bytes. Visitors read both beside an answer.
inline constexpr std::size_t kMaxPersonName = 120, kMaxPosition = 120;
inline constexpr std::size_t kMaxPictureSide = 1'024;  // pixels of a person's picture

void add_account_routes(App& app, http::Router& router);

}  // namespace askus::api
