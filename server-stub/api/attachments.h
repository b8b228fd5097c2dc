// Pictures: PUT /v1/sites/{site}/attachments/{sha256} by who writes, GET
// /v1/requests/{id}/attachments/{sha256} by who has the request's token.
#pragma once

#include <cstdint>
#include <nlohmann/json.hpp>

#include "server-stub/api/app.h"

namespace askus::api {

// How long a picture waits for a request that names it, in seconds. Shorter would lose pictures of
// who writes slowly, longer keeps what nobody sent.
inline constexpr std::int64_t kUnnamedFor = 86'400;

// Pictures that are received, and that are sent, at once: each is whole in memory. Over it 503, and
// the client asks again.
inline constexpr std::size_t kUploadsAtOnce = 16, kDownloadsAtOnce = 16;

// Of a request: [{sha256, type, length}], in the order they were named.
nlohmann::json attachments_json(const store::StoredRequest& request);

// As a download, which no browser shows or runs, whatever else the bytes may be.
http::Response download(store::AttachmentBytes picture, const std::string& sha256);

void add_attachment_routes(App& app, http::Router& router);

}  // namespace askus::api
