#include <algorithm>
#include <cstdio>
#include <ctime>
#include <filesystem>

#include "server-stub/faq/built.h"
#include "server-stub/faq/commands.h"
#include "server-stub/faq/files.h"
#include "server-stub/files/files.h"
#include "server-stub/publish/client.h"
#include "server-stub/publish/manifest_json.h"
#include "server-stub/publish/publication.h"
#include "shared/faq/words.h"

namespace askus::faq {
namespace {

Result<publish::SigningKey> signing_key(const std::string& file) {
  const auto pem = read_secret(file);
  if (!pem) return pem.error();
  return publish::SigningKey::from_pem(*pem);
}

std::uint64_t now() {
  return static_cast<std::uint64_t>(std::time(nullptr));
}

bool is_folder(const std::vector<std::string>& what) {
  std::error_code error;
  return what.size() == 1 && std::filesystem::is_directory(what.front(), error);
}

// What there is to publish: a built folder, or sources that are built now.
Result<Built> built_of(const PublishOptions& options) {
  if (is_folder(options.sources.files)) return read_built(options.sources.files.front());
  Progress progress(false);
  return build_sources(options.sources, progress);
}

// The manifest that the build signed, as long as it names the snapshot that was built.
Result<snapshot::Manifest> manifest_in(const std::string& folder, const Built& built) {
  const auto bytes = read_file(manifest_path(folder));
  if (!bytes && bytes.error().code == Code::kNotFound)
    return Error{Code::kMalformed,
                 folder + " holds no signed manifest: name the signing key with --key"};
  if (!bytes) return bytes.error();
  auto manifest = publish::manifest_from_json(*bytes);
  if (manifest && manifest->sha256 != built.sha256)
    return Error{Code::kMalformed, manifest_path(folder) +
                                       " names another snapshot: name the signing key with --key"};
  return manifest;
}

// Signed now, with the server's next version.
Result<snapshot::Manifest> next_manifest(const PublishOptions& options, const Built& built,
                                         const publish::Server& server) {
  const auto key = signing_key(options.key);
  if (!key) return key.error();
  const auto version = publish::current_version(server, built.site);
  if (!version) return version.error();
  return publish::make_manifest(*key, built.site, *version + 1, now(), options.server.fresh_days,
                                built.bytes);
}

Status keep(const std::string& folder, const Built& built, const snapshot::Manifest& manifest) {
  if (folder.empty()) return {};
  if (auto written = write_built(folder, built); !written) return written;
  return files::write_durably(manifest_path(folder), publish::manifest_to_json(manifest) + "\n");
}

Result<snapshot::Manifest> publish_once(const PublishOptions& options) {
  if (options.key.empty() && !is_folder(options.sources.files))
    return Error{Code::kMalformed, "without --key only a folder that build wrote can be published"};
  const auto server = server_of(options.server);
  if (!server) return server.error();
  const auto built = built_of(options);
  if (!built) return built.error();
  if (built->warnings > 0 && !options.accept_warnings)
    return Error{Code::kRefused,
                 "nothing was published: warnings: " + std::to_string(built->warnings) +
                     "; mend them, or publish with --accept-warnings"};
  auto manifest = options.key.empty() ? manifest_in(options.sources.files.front(), *built)
                                      : next_manifest(options, *built, *server);
  if (!manifest) return manifest.error();
  if (auto sent = publish::publish(*server, *manifest, built->bytes); !sent) return sent.error();
  if (auto kept = keep(options.folder, *built, *manifest); !kept) return kept.error();
  return manifest;
}

// The kept snapshot that was asked for, else the newest that is not the current one.
Result<publish::Kept> chosen(const RollbackOptions& options,
                             const std::vector<publish::Kept>& kept) {
  const auto current =
      std::find_if(kept.begin(), kept.end(), [](const publish::Kept& k) { return k.current; });
  const auto fits = [&](const publish::Kept& k) {
    if (!options.sha256.empty()) return k.sha256 == options.sha256;
    if (options.version) return k.version == *options.version;
    return current == kept.end() || k.sha256 != current->sha256;
  };
  const auto found = std::find_if(kept.begin(), kept.end(), fits);
  if (found != kept.end()) return *found;
  std::vector<std::string> versions;
  versions.reserve(kept.size());
  for (const publish::Kept& k : kept) versions.push_back(std::to_string(k.version));
  return Error{Code::kNotFound,
               "the server keeps no such snapshot; it has the versions " + list_of(versions)};
}

Result<snapshot::Manifest> roll_back(const RollbackOptions& options) {
  const auto server = server_of(options.server);
  if (!server) return server.error();
  const auto key = signing_key(options.key);
  if (!key) return key.error();
  const auto kept = publish::kept_snapshots(*server, options.site);
  if (!kept) return kept.error();
  const auto target = chosen(options, *kept);
  if (!target) return target.error();
  const auto version = publish::current_version(*server, options.site);
  if (!version) return version.error();
  snapshot::Manifest manifest =
      publish::make_manifest(*key, options.site, *version + 1, now(), options.server.fresh_days,
                             target->length, target->sha256);
  if (auto sent = publish::roll_back(*server, manifest); !sent) return sent.error();
  return manifest;
}

int told(const Result<snapshot::Manifest>& done) {
  if (!done) return fail(done.error());
  std::printf("site %s is at version %llu, snapshot %s\n", done->site.c_str(),
              static_cast<unsigned long long>(done->version), done->sha256.c_str());
  return kDone;
}

}  // namespace

int run_publish(const PublishOptions& options) {
  return told(publish_once(options));
}

int run_rollback(const RollbackOptions& options) {
  return told(roll_back(options));
}

}  // namespace askus::faq
