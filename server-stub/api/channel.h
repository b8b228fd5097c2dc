// Routes of the channels that a site's configuration may have.
#pragma once

#include <functional>

#include "server-stub/api/app.h"

namespace askus::api {

using HasChannel = std::function<bool(const config::Channels&, const http::Request&)>;

// 404 for sites without the channel. The path's first placeholder is the site.
http::Admit for_channel(const App& app, HasChannel has);

}  // namespace askus::api
