// The manifest's JSON form (docs/snapshot-format.md).
#pragma once

#include <string>
#include <string_view>

#include "shared/base/result.h"
#include "shared/snapshot/manifest.h"

namespace askus::publish {

// Exactly the known keys, each once, with the right types and forms, else kMalformed naming the
// key. A newer format is kUnsupported, more than kMaxManifestBytes (publication.h) kTooLarge.
Result<snapshot::Manifest> manifest_from_json(std::string_view json);

// One line, keys in the order of the struct, no white space.
std::string manifest_to_json(const snapshot::Manifest& manifest);

}  // namespace askus::publish
