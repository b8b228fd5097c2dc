// The published snapshots of one site, as files:
//   <sha256>.faq, .faq.br, .faq.gz   content-addressed, the last kKeptSnapshots of them
//   published.json                   which of them, newest first, each with the newest manifest
//                                    that names it; its rename is the moment of publishing
#pragma once

#include <functional>
#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "server-stub/publish/signature.h"
#include "server-stub/store/compress.h"
#include "shared/base/result.h"
#include "shared/snapshot/manifest.h"
#include "shared/snapshot/snapshot.h"

namespace askus::store {

inline constexpr std::size_t kKeptSnapshots = 20;

enum class PublishOutcome : std::uint8_t {
  kPublished,
  kAlready,  // exactly this manifest is the current one
  kBadManifest,
  kWrongSite,
  kBadSignature,
  kVersionNotHigher,
  kWrongLength,
  kWrongHash,
  kBadSnapshot,
  kUnknownSnapshot,  // rollback to a file that is not kept
  kFull,
  kFailed,
};

struct PublishResult {
  PublishOutcome outcome = PublishOutcome::kFailed;
  std::string text;             // what was wrong
  snapshot::Manifest manifest;  // when kPublished or kAlready
};

// What visitors get now. Immutable.
struct Published {
  snapshot::Manifest manifest;
  std::string manifest_json;
  Variants files;
  snapshot::Snapshot snapshot;  // borrows files.identity
};

struct Kept {
  snapshot::Manifest manifest;
  std::string publisher;  // who published it, as given to publish()
  std::string at;         // when, RFC 3339
};

// Thread-safe; publishing is serialised.
class SnapshotStore {
 public:
  // Creates the folder when it is missing; clears what a crash left behind. A current file that
  // cannot be read leaves current() null and is told by damage(); the versions stay known.
  static Result<std::unique_ptr<SnapshotStore>> open(std::string folder, std::string site,
                                                     std::vector<publish::PublicKey> keys);

  // Checks everything that a visitor's browser will check, then stores and makes it current. On
  // any other outcome than kPublished nothing has changed.
  PublishResult publish(std::string_view manifest_json, std::string_view snapshot,
                        const std::string& publisher);
  // Makes a kept file current again by a new manifest.
  PublishResult rollback(std::string_view manifest_json, const std::string& publisher);

  // What was wrong with the current file at open(), or "".
  const std::string& damage() const { return damage_; }
  // Whether a manifest is by one of the site's public keys: what visitors' browsers ask.
  bool verifies(const snapshot::Manifest& manifest) const;
  // Null before the first publish.
  std::shared_ptr<const Published> current() const;
  // Newest first; the first one is current.
  std::vector<Kept> kept() const;
  // Whether a file of that hash is kept; does not touch the disk.
  bool keeps(std::string_view sha256) const;
  // A kept file that is in memory: the current one, or one that somebody still holds. Does not
  // touch the disk.
  std::optional<Variants> at_hand(std::string_view sha256) const;
  // A kept file; reads it from the disk when it is not at hand. All who hold it share one copy.
  std::optional<Variants> find(std::string_view sha256) const;

 private:
  SnapshotStore(std::string folder, std::string site, std::vector<publish::PublicKey> keys);

  Status load();
  Result<std::shared_ptr<const Published>> load_current(const snapshot::Manifest& manifest) const;
  void clear_leftovers(const std::vector<Kept>& kept) const;
  std::optional<PublishResult> judge(std::string_view manifest_json,
                                     snapshot::Manifest& manifest) const;
  PublishResult commit(std::shared_ptr<const Published> published, const std::string& publisher);
  std::string path(std::string_view name) const { return folder_ + "/" + std::string(name); }

  const std::string folder_, site_;
  const std::vector<publish::PublicKey> keys_;
  std::string damage_;
  std::mutex publishing_;
  mutable std::mutex mutex_;  // of what follows
  std::shared_ptr<const Published> current_;
  std::vector<Kept> kept_;
  // Older files that were read; forgotten when their last holder lets go.
  mutable std::map<std::string, std::weak_ptr<const Variants>, std::less<>> lent_;
};

}  // namespace askus::store
