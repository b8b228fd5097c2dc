// The manifest: a small signed document that names the current snapshot of a site.
// docs/snapshot-format.md specifies the JSON and the signed text; the page verifies the same in
// JavaScript.
#pragma once

#include <cstdint>
#include <string>

namespace askus::snapshot {

inline constexpr std::uint32_t kManifestFormat = 1;

struct Manifest {
  std::uint32_t format = kManifestFormat;
  std::string site;
  std::uint64_t version = 0;  // rises with every publish; a rollback is a publish too
  std::string issued_at;      // RFC 3339, UTC, whole seconds
  std::string fresh_until;    // the same; past it the panel goes on and asks again
  std::uint64_t length = 0;   // of the snapshot, in bytes
  std::string sha256;         // of the snapshot, 64 lower-case hex digits
  std::string signature;      // ECDSA P-256 with SHA-256 over signed_text(): r and s, 64 bytes,
                              // base64url without padding
  bool operator==(const Manifest&) const = default;
};

// What is signed: "askus-manifest" and the fields but the signature, in the order above, each
// followed by one LF.
inline std::string signed_text(const Manifest& m) {
  return "askus-manifest\n" + std::to_string(m.format) + "\n" + m.site + "\n" +
         std::to_string(m.version) + "\n" + m.issued_at + "\n" + m.fresh_until + "\n" +
         std::to_string(m.length) + "\n" + m.sha256 + "\n";
}

}  // namespace askus::snapshot
