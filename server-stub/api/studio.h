// The studio: the page of a site's marketers, and the draft that it saves.
#pragma once

#include "server-stub/api/app.h"

namespace askus::api {

// A draft's JSON: the records of a large FAQ, and its settings.
inline constexpr std::size_t kDraftBody = std::size_t{16} << 20;
// Drafts that are received or sent at once; over it 503.
inline constexpr std::size_t kDraftsAtOnce = 8;

// The page, as web/build.mjs made it; null when the web folder has none.
Result<std::shared_ptr<const std::string>> load_studio_page(const std::string& web);

void add_studio_routes(App& app, http::Router& router);

}  // namespace askus::api
