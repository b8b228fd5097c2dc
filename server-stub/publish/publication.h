// What a publisher sends to a server: a manifest and the snapshot that it names
// (docs/snapshot-format.md).
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "server-stub/publish/signature.h"
#include "shared/base/result.h"
#include "shared/snapshot/manifest.h"

namespace askus::publish {

inline constexpr std::size_t kMaxManifestBytes = 4096;
inline constexpr std::uint64_t kMaxVersion = (1ull << 53) - 1;  // what JavaScript counts exactly
inline constexpr std::uint32_t kDefaultFreshDays = 7;

// The signed manifest of a snapshot that `bytes` hold. `issued_at` is in Unix seconds.
snapshot::Manifest make_manifest(const SigningKey& key, std::string_view site,
                                 std::uint64_t version, std::uint64_t issued_at,
                                 std::uint32_t fresh_days, std::string_view bytes);

// The same of a snapshot that the server has: a rollback.
snapshot::Manifest make_manifest(const SigningKey& key, std::string_view site,
                                 std::uint64_t version, std::uint64_t issued_at,
                                 std::uint32_t fresh_days, std::uint64_t length,
                                 std::string_view sha256);

// The body of a publication: the manifest's JSON, LF, the snapshot.
std::string join_publication(const snapshot::Manifest& manifest, std::string_view snapshot);

// Its two parts, borrowed from the body.
struct Publication {
  std::string_view manifest;  // JSON, not yet parsed
  std::string_view snapshot;
};
// kMalformed when there is no LF within the first kMaxManifestBytes + 1 bytes.
Result<Publication> split_publication(std::string_view body);

}  // namespace askus::publish
