#include "server-stub/publish/publication.h"

#include "server-stub/publish/manifest_json.h"
#include "shared/faq/dates.h"

namespace askus::publish {

snapshot::Manifest make_manifest(const SigningKey& key, std::string_view site,
                                 std::uint64_t version, std::uint64_t issued_at,
                                 std::uint32_t fresh_days, std::string_view bytes) {
  return make_manifest(key, site, version, issued_at, fresh_days, bytes.size(), sha256_hex(bytes));
}

snapshot::Manifest make_manifest(const SigningKey& key, std::string_view site,
                                 std::uint64_t version, std::uint64_t issued_at,
                                 std::uint32_t fresh_days, std::uint64_t length,
                                 std::string_view sha256) {
  constexpr std::uint64_t kDay = 86'400;
  snapshot::Manifest manifest;
  manifest.site = site;
  manifest.version = version;
  manifest.issued_at = format_time(issued_at);
  manifest.fresh_until = format_time(issued_at + fresh_days * kDay);
  manifest.length = length;
  manifest.sha256 = sha256;
  manifest.signature = key.sign(signed_text(manifest));
  return manifest;
}

std::string join_publication(const snapshot::Manifest& manifest, std::string_view snapshot) {
  std::string body = manifest_to_json(manifest);
  body.reserve(body.size() + 1 + snapshot.size());
  body += '\n';
  body += snapshot;
  return body;
}

Result<Publication> split_publication(std::string_view body) {
  const std::size_t end = body.substr(0, kMaxManifestBytes + 1).find('\n');
  if (end == std::string_view::npos)
    return Error{Code::kMalformed,
                 "a publication is the manifest on one line, a line feed, and the snapshot"};
  return Publication{body.substr(0, end), body.substr(end + 1)};
}

}  // namespace askus::publish
