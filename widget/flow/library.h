// A loaded snapshot with its index: what the flow reads topics and settings from.
#pragma once

#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <string_view>

#include "shared/base/result.h"
#include "shared/search/search.h"
#include "shared/snapshot/snapshot.h"
#include "widget/flow/host.h"

namespace askus::flow {

using LocalTexts = flatbuffers::Vector<flatbuffers::Offset<snapshot::fb::LocalText>>;

// One topic in the language it is shown in.
struct Shown {
  std::uint32_t topic = 0;
  std::uint8_t language = 0;
};

class Library {
 public:
  // Takes the bytes over. Fails as Snapshot::open does.
  static Result<std::unique_ptr<Library>> open(Bytes bytes);

  Library(Bytes bytes, const snapshot::Snapshot& snapshot)
      : bytes_(std::move(bytes)), snapshot_(snapshot), index_(snapshot_) {}
  Library(const Library&) = delete;  // the index borrows the snapshot
  Library& operator=(const Library&) = delete;

  const snapshot::fb::Settings& settings() const { return snapshot_.settings(); }
  const snapshot::Snapshot& snapshot() const { return snapshot_; }
  search::Index& index() { return index_; }

  // Chooses the visitor's language: the first of the space-separated tags that the snapshot has,
  // regions aside.
  void choose_language(std::string_view tags);
  std::int32_t language() const { return language_; }  // -1: none of the visitor's
  std::string_view tag(std::uint8_t language) const;
  // Whether this is not the language that the site's texts are shown in.
  bool is_other(std::uint8_t language) const;

  std::string_view text(const LocalTexts* texts) const { return snapshot_.text(*texts, language_); }
  const snapshot::fb::Version& version(Shown shown) const;
  // The topic in the visitor's language, or the nearest to it.
  Shown shown(std::uint32_t topic) const;

  // The hits in the visitor's language first; the options' own is not used. Valid until the next
  // search.
  std::span<const search::Hit> search(std::string_view query, search::Options options);

 private:
  Bytes bytes_;
  snapshot::Snapshot snapshot_;
  search::Index index_;
  std::int32_t language_ = -1;
};

}  // namespace askus::flow
