// A site's watch list, which leads write: words and phrases, minus-words, ignored authors; and how
// the feeds of the configuration do.
#pragma once

#include "server-stub/api/app.h"

namespace askus::api {

// Lines of each of the three, and bytes of one.
inline constexpr std::size_t kMaxWatched = 200, kMaxWatchedBytes = 100;

void add_watch_list_routes(App& app, http::Router& router);

}  // namespace askus::api
