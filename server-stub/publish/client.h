// A publisher's calls of docs/http-api.md.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "shared/base/result.h"
#include "shared/snapshot/manifest.h"

namespace askus::publish {

// Where to publish, and as whom. `url` is the server's, without a path of the interface.
struct Server {
  std::string url, token;
};

// A snapshot that the server keeps.
struct Kept {
  std::uint64_t version = 0;  // the highest manifest version that named it
  std::string issued_at, sha256;
  std::uint64_t length = 0;
  bool current = false;
};

// Every error's text is the server's own words where it gave any. kNotFound: 404; kConflict: 409;
// kTooLarge: 413; kRefused: other 4xx; kMalformed: an answer that is not understood; kUnavailable:
// the rest.

// The version of the site's current manifest; 0 before the first publish.
Result<std::uint64_t> current_version(const Server& server, std::string_view site);

// What the server keeps for the site, newest first.
Result<std::vector<Kept>> kept_snapshots(const Server& server, std::string_view site);

// What visitors of the site asked in vain on these days (YYYY-MM-DD, both included): the answer's
// JSON.
Result<std::string> gaps(const Server& server, std::string_view site, std::string_view from,
                         std::string_view to);

// Sends a manifest with its snapshot. Sending the same again succeeds.
Status publish(const Server& server, const snapshot::Manifest& manifest, std::string_view bytes);

// Sends a manifest that names a kept snapshot.
Status roll_back(const Server& server, const snapshot::Manifest& manifest);

}  // namespace askus::publish
