#include "server-stub/store/snapshot_store.h"

#include <algorithm>
#include <filesystem>
#include <set>

#include "server-stub/files/files.h"
#include "server-stub/publish/manifest_json.h"
#include "server-stub/store/clock.h"
#include "server-stub/store/published_json.h"
#include "shared/snapshot/limits.h"

namespace askus::store {
namespace {

constexpr std::string_view kPublished = "published.json";
constexpr std::string_view kEnding = ".faq";
constexpr std::size_t kMaxPublishedJson = 1u << 20;

std::span<const std::uint8_t> bytes_of(const std::string& text) {
  return {reinterpret_cast<const std::uint8_t*>(text.data()), text.size()};
}

PublishResult refused(PublishOutcome outcome, std::string text) {
  return {outcome, std::move(text), {}};
}

PublishResult not_stored(const Error& error) {
  return refused(error.code == Code::kUnavailable ? PublishOutcome::kFull : PublishOutcome::kFailed,
                 error.text);
}

std::shared_ptr<const std::string> read_variant(const std::string& path) {
  Result<std::string> bytes = files::read_file(path, snapshot::kMaxSnapshotBytes);
  return bytes.ok() ? std::make_shared<const std::string>(std::move(*bytes)) : nullptr;
}

// Each variant keeps all of them alive, so that one holder of any makes the file be at hand.
Variants lend(const std::shared_ptr<const Variants>& files) {
  const auto part = [&files](const std::shared_ptr<const std::string>& bytes) {
    return bytes == nullptr ? nullptr : std::shared_ptr<const std::string>(files, bytes.get());
  };
  return {part(files->identity), part(files->br), part(files->gz)};
}

Status write_variants(const std::string& path, const Variants& files) {
  if (files.br != nullptr)
    if (Status status = files::write_durably(path + ".br", *files.br); !status.ok()) return status;
  if (files.gz != nullptr)
    if (Status status = files::write_durably(path + ".gz", *files.gz); !status.ok()) return status;
  return files::write_durably(path, *files.identity);
}

// Opens the bytes as a visitor's reader does. They stay where they are: Published borrows them.
Result<std::shared_ptr<const Published>> make_published(const snapshot::Manifest& manifest,
                                                        Variants files) {
  Result<snapshot::Snapshot> opened = snapshot::Snapshot::open(bytes_of(*files.identity));
  if (!opened.ok()) return opened.error();
  return std::make_shared<const Published>(
      Published{manifest, publish::manifest_to_json(manifest), std::move(files), *opened});
}

// Whether a file's name is one that this store gives: a snapshot, its variants, what was being
// written when the process ended. Anything else in the folder is somebody's.
bool is_ours(std::string_view name) {
  constexpr std::size_t kHashDigits = 64;
  if (name.ends_with(files::kUnfinished)) return true;
  return name.size() > kHashDigits && name.substr(kHashDigits).starts_with(kEnding) &&
         name.substr(0, kHashDigits).find_first_not_of("0123456789abcdef") ==
             std::string_view::npos;
}

}  // namespace

SnapshotStore::SnapshotStore(std::string folder, std::string site,
                             std::vector<publish::PublicKey> keys)
    : folder_(std::move(folder)), site_(std::move(site)), keys_(std::move(keys)) {}

Result<std::unique_ptr<SnapshotStore>> SnapshotStore::open(std::string folder, std::string site,
                                                           std::vector<publish::PublicKey> keys) {
  if (Status status = files::make_folder(folder, files::kFolderForOwner); !status.ok())
    return status.error();
  std::unique_ptr<SnapshotStore> store(
      new SnapshotStore(std::move(folder), std::move(site), std::move(keys)));
  if (Status status = store->load(); !status.ok()) return status.error();
  return store;
}

Status SnapshotStore::load() {
  Result<std::string> json = files::read_file(path(kPublished), kMaxPublishedJson);
  if (!json.ok() && json.error().code != Code::kNotFound) return json.error();
  if (json.ok()) {
    Result<std::vector<Kept>> kept = published_from_json(*json);
    if (!kept.ok()) return Error{kept.error().code, path(kPublished) + ": " + kept.error().text};
    kept_ = std::move(*kept);
  }
  if (!kept_.empty()) {
    Result<std::shared_ptr<const Published>> current = load_current(kept_.front().manifest);
    if (current.ok())
      current_ = std::move(*current);
    else
      damage_ = current.error().text;
  }
  // Without the list nothing says what is left over: an operator may be mending the folder.
  if (json.ok()) clear_leftovers(kept_);
  return {};
}

Result<std::shared_ptr<const Published>> SnapshotStore::load_current(
    const snapshot::Manifest& manifest) const {
  const std::string file = path(manifest.sha256 + std::string(kEnding));
  Result<std::string> bytes = files::read_file(file, snapshot::kMaxSnapshotBytes);
  if (!bytes.ok()) return bytes.error();
  if (publish::sha256_hex(*bytes) != manifest.sha256)
    return Error{Code::kMalformed, file + " is damaged: its hash differs from its name"};
  Variants files{std::make_shared<const std::string>(std::move(*bytes)), read_variant(file + ".br"),
                 read_variant(file + ".gz")};
  Result<std::shared_ptr<const Published>> published = make_published(manifest, std::move(files));
  if (!published.ok()) return Error{published.error().code, file + ": " + published.error().text};
  return published;
}

void SnapshotStore::clear_leftovers(const std::vector<Kept>& kept) const {
  std::set<std::string> wanted{std::string(kPublished)};
  for (const Kept& one : kept)
    for (const std::string_view ending : {"", ".br", ".gz"})
      wanted.insert(one.manifest.sha256 + std::string(kEnding) + std::string(ending));
  std::error_code error;
  for (const auto& entry : std::filesystem::directory_iterator(folder_, error))
    if (const std::string name = entry.path().filename().string();
        is_ours(name) && wanted.count(name) == 0)
      std::filesystem::remove(entry.path(), error);
}

std::optional<PublishResult> SnapshotStore::judge(std::string_view manifest_json,
                                                  snapshot::Manifest& manifest) const {
  Result<snapshot::Manifest> parsed = publish::manifest_from_json(manifest_json);
  if (!parsed.ok()) return refused(PublishOutcome::kBadManifest, parsed.error().text);
  manifest = std::move(*parsed);
  if (manifest.site != site_)
    return refused(PublishOutcome::kWrongSite,
                   "the manifest is for \"" + manifest.site + "\", this site is " + site_);
  if (!verifies(manifest))
    return refused(PublishOutcome::kBadSignature, "no public key of the site verifies it");
  const std::vector<Kept> all = kept();
  if (all.empty()) return std::nullopt;
  const snapshot::Manifest& newest = all.front().manifest;
  if (manifest == newest) {
    // Published again when its file was damaged, it heals it.
    if (current() == nullptr) return std::nullopt;
    return PublishResult{PublishOutcome::kAlready, {}, manifest};
  }
  if (manifest.version <= newest.version)
    return refused(PublishOutcome::kVersionNotHigher,
                   "version " + std::to_string(manifest.version) + " is not above the current " +
                       std::to_string(newest.version));
  return std::nullopt;
}

PublishResult SnapshotStore::publish(std::string_view manifest_json, std::string_view snapshot,
                                     const std::string& publisher) {
  const std::lock_guard lock(publishing_);
  snapshot::Manifest manifest;
  if (std::optional<PublishResult> result = judge(manifest_json, manifest)) return *result;
  if (snapshot.size() != manifest.length)
    return refused(PublishOutcome::kWrongLength, "the manifest says " +
                                                     std::to_string(manifest.length) + " bytes, " +
                                                     std::to_string(snapshot.size()) + " came");
  if (publish::sha256_hex(snapshot) != manifest.sha256)
    return refused(PublishOutcome::kWrongHash, "the snapshot's SHA-256 is not the manifest's");
  // Opened before it is compressed: a hostile file costs no more than the verifier.
  const std::string copy(snapshot);
  Result<snapshot::Snapshot> opened = snapshot::Snapshot::open(bytes_of(copy));
  if (!opened.ok()) return refused(PublishOutcome::kBadSnapshot, opened.error().text);
  const std::string_view inside = snapshot::view(opened->root().site());
  if (inside != site_)
    return refused(PublishOutcome::kWrongSite,
                   "the snapshot is for \"" + std::string(inside) + "\", this site is " + site_);
  Result<std::shared_ptr<const Published>> published =
      make_published(manifest, compress(std::string(snapshot)));
  if (!published.ok()) return refused(PublishOutcome::kBadSnapshot, published.error().text);
  if (const Status status =
          write_variants(path(manifest.sha256 + std::string(kEnding)), (*published)->files);
      !status.ok())
    return not_stored(status.error());
  return commit(std::move(*published), publisher);
}

PublishResult SnapshotStore::rollback(std::string_view manifest_json,
                                      const std::string& publisher) {
  const std::lock_guard lock(publishing_);
  snapshot::Manifest manifest;
  if (std::optional<PublishResult> result = judge(manifest_json, manifest)) return *result;
  const std::vector<Kept> all = kept();
  const auto named = std::find_if(all.begin(), all.end(), [&](const Kept& one) {
    return one.manifest.sha256 == manifest.sha256;
  });
  if (named == all.end())
    return refused(PublishOutcome::kUnknownSnapshot, "no file " + manifest.sha256 + " is kept");
  if (named->manifest.length != manifest.length)
    return refused(PublishOutcome::kWrongLength,
                   "the kept file has " + std::to_string(named->manifest.length) + " bytes");
  Result<std::shared_ptr<const Published>> published = load_current(manifest);
  if (!published.ok()) return refused(PublishOutcome::kFailed, published.error().text);
  return commit(std::move(*published), publisher);
}

PublishResult SnapshotStore::commit(std::shared_ptr<const Published> published,
                                    const std::string& publisher) {
  const snapshot::Manifest& manifest = published->manifest;
  std::vector<Kept> all{{manifest, publisher, utc_now()}};
  for (Kept& one : kept())
    if (one.manifest.sha256 != manifest.sha256 && all.size() < kKeptSnapshots)
      all.push_back(std::move(one));
  if (const Status status = files::write_durably(path(kPublished), published_to_json(all));
      !status.ok())
    return not_stored(status.error());
  PublishResult result{PublishOutcome::kPublished, {}, manifest};
  clear_leftovers(all);
  const std::lock_guard lock(mutex_);
  kept_ = std::move(all);
  current_ = std::move(published);
  return result;
}

bool SnapshotStore::verifies(const snapshot::Manifest& manifest) const {
  const std::string text = snapshot::signed_text(manifest);
  return std::any_of(keys_.begin(), keys_.end(), [&](const publish::PublicKey& key) {
    return publish::verify(key, text, manifest.signature);
  });
}

std::shared_ptr<const Published> SnapshotStore::current() const {
  const std::lock_guard lock(mutex_);
  return current_;
}

std::vector<Kept> SnapshotStore::kept() const {
  const std::lock_guard lock(mutex_);
  return kept_;
}

bool SnapshotStore::keeps(std::string_view sha256) const {
  const std::lock_guard lock(mutex_);
  return std::any_of(kept_.begin(), kept_.end(),
                     [&](const Kept& one) { return one.manifest.sha256 == sha256; });
}

std::optional<Variants> SnapshotStore::at_hand(std::string_view sha256) const {
  const std::lock_guard lock(mutex_);
  if (current_ != nullptr && current_->manifest.sha256 == sha256) return current_->files;
  const auto lent = lent_.find(sha256);
  if (lent == lent_.end()) return std::nullopt;
  const std::shared_ptr<const Variants> files = lent->second.lock();
  return files == nullptr ? std::nullopt : std::optional(lend(files));
}

std::optional<Variants> SnapshotStore::find(std::string_view sha256) const {
  if (std::optional<Variants> files = at_hand(sha256)) return files;
  if (!keeps(sha256)) return std::nullopt;  // only names of the list become paths
  const std::string file = path(std::string(sha256) + std::string(kEnding));
  const auto files = std::make_shared<const Variants>(
      Variants{read_variant(file), read_variant(file + ".br"), read_variant(file + ".gz")});
  if (files->identity == nullptr) return std::nullopt;
  const std::lock_guard lock(mutex_);
  std::erase_if(lent_, [](const auto& one) { return one.second.expired(); });
  lent_[std::string(sha256)] = files;
  return lend(files);
}

}  // namespace askus::store
