#include <cstdio>
#include <ctime>

#include "server-stub/faq/built.h"
#include "server-stub/faq/commands.h"
#include "server-stub/faq/files.h"
#include "server-stub/files/files.h"
#include "server-stub/publish/manifest_json.h"
#include "server-stub/publish/publication.h"
#include "shared/faq/dates.h"

namespace askus::faq {
namespace {

Result<std::uint64_t> issue_time(const std::string& text) {
  if (text.empty()) return static_cast<std::uint64_t>(std::time(nullptr));
  if (const auto seconds = parse_time(text)) return *seconds;
  return Error{Code::kMalformed,
               "--issued-at \"" + text + "\" is not a time such as 2026-05-31T08:00:00Z"};
}

// The one asked for, else the one after the folder's manifest.
Result<std::uint64_t> version_of(const BuildOptions& options) {
  if (options.version) return *options.version;
  const auto old = read_file(manifest_path(options.folder));
  if (!old && old.error().code == Code::kNotFound) return std::uint64_t{1};
  if (!old) return old.error();
  const auto manifest = publish::manifest_from_json(*old);
  if (!manifest) return manifest.error();
  return manifest->version + 1;
}

Result<snapshot::Manifest> signed_manifest(const BuildOptions& options, const Built& built) {
  const auto pem = read_secret(options.key);
  if (!pem) return pem.error();
  const auto key = publish::SigningKey::from_pem(*pem);
  if (!key) return key.error();
  const auto version = version_of(options);
  if (!version) return version.error();
  const auto issued_at = issue_time(options.issued_at);
  if (!issued_at) return issued_at.error();
  return publish::make_manifest(*key, built.site, *version, *issued_at, options.fresh_days,
                                built.bytes);
}

// Signs first: an unusable key leaves the folder as it was. The snapshot is written before the
// manifest that names it.
Status build(const BuildOptions& options, Progress& progress) {
  const auto built = build_sources(options.sources, progress);
  if (!built) return built.error();
  std::string manifest;
  if (!options.key.empty()) {
    const auto made = signed_manifest(options, *built);
    if (!made) return made.error();
    manifest = publish::manifest_to_json(*made) + "\n";
  }
  progress.step("writing");
  if (auto written = write_built(options.folder, *built); !written) return written;
  if (!manifest.empty()) {
    if (auto written = files::write_durably(manifest_path(options.folder), manifest); !written)
      return written;
  }
  std::printf("%s\n", snapshot_path(options.folder, built->sha256).c_str());
  return {};
}

}  // namespace

int run_build(const BuildOptions& options) {
  Progress progress(options.progress);
  const Status done = build(options, progress);
  return done ? kDone : fail(done.error());
}

}  // namespace askus::faq
