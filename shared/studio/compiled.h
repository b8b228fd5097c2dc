// A checked FAQ as visitors get it: the snapshot's bytes and the search over them.
#pragma once

#include <memory>
#include <string>

#include "shared/faq/check.h"
#include "shared/lexicon/lexicon.h"
#include "shared/search/search.h"
#include "shared/snapshot/snapshot.h"

namespace askus::studio {

// The snapshot's bytes. The same FAQ and lexicon give the same bytes; topics with errors have been
// left out by faq::check().
Result<std::string> build(const snapshot::Faq& faq, const lexicon::Lexicon& lexicon);

// Not to be moved: each member borrows the one before.
class Compiled {
 public:
  // What visitors would download, opened by the visitors' own reader.
  static Result<std::unique_ptr<Compiled>> open(std::string bytes);
  static Result<std::unique_ptr<Compiled>> compile(const snapshot::Faq& faq,
                                                   const lexicon::Lexicon& lexicon);
  Compiled(const Compiled&) = delete;
  Compiled& operator=(const Compiled&) = delete;

  const std::string& bytes() const { return *bytes_; }
  const snapshot::Snapshot& snapshot() const { return snapshot_; }
  search::Index& index() { return index_; }
  std::string id_of(const search::Hit& hit) const {
    return std::string(snapshot::view(snapshot_.topic(hit.topic).id()));
  }

 private:
  Compiled(std::unique_ptr<const std::string> bytes, const snapshot::Snapshot& snapshot)
      : bytes_(std::move(bytes)), snapshot_(snapshot), index_(snapshot_) {}

  std::unique_ptr<const std::string> bytes_;
  snapshot::Snapshot snapshot_;
  search::Index index_;
};

}  // namespace askus::studio
