// Manifest and snapshots: read by every visitor, published by who has the site's key.
#pragma once

#include "server-stub/api/app.h"
#include "server-stub/publish/publication.h"

namespace askus::api {

// A publication's body: the manifest's line, LF, then the snapshot.
inline constexpr std::size_t kPublicationBody =
    publish::kMaxManifestBytes + 1 + snapshot::kMaxSnapshotBytes;

void add_snapshot_routes(App& app, http::Router& router);

}  // namespace askus::api
