// Reading a snapshot without copying it: verified once, then used as FlatBuffers tables.
#pragma once

#include <cstdint>
#include <memory>
#include <span>
#include <string_view>

#include "shared/base/result.h"
#include "shared/snapshot/limits.h"
#include "shared/snapshot/snapshot_generated.h"

namespace askus::snapshot {

// A verified snapshot. Borrows the bytes given to open(): they must outlive it, unchanged, and be
// aligned to 8 bytes. Immutable; may be read from several threads.
class Snapshot {
 public:
  // Trusts nothing: the bounded FlatBuffers verifier, then our own checks (format, ids sorted and
  // unique, indices in range, UTF-8, lengths within limits.h). kMalformed, kTooLarge or
  // kUnsupported say what was wrong; nothing is read out of bounds.
  static Result<Snapshot> open(std::span<const std::uint8_t> bytes);

  const fb::Snapshot& root() const { return *root_; }
  const fb::Settings& settings() const { return *root_->settings(); }
  std::uint32_t topic_count() const { return root_->topics()->size(); }
  const fb::Topic& topic(std::uint32_t index) const { return *root_->topics()->Get(index); }

  // The topic with that id, or -1.
  std::int64_t find(std::string_view id) const;
  // The index of a language tag ("uk", "uk-UA"), or -1.
  std::int32_t language(std::string_view tag) const;
  // The version of a topic in that language; failing that in the site's first language; failing
  // that its first.
  const fb::Version& version(const fb::Topic& topic, std::int32_t language) const;
  // The text in that language, failing that in the site's first one, failing that the first; empty
  // when there is none.
  std::string_view text(const flatbuffers::Vector<flatbuffers::Offset<fb::LocalText>>& texts,
                        std::int32_t language) const;

 private:
  explicit Snapshot(const fb::Snapshot* root) : root_(root) {}
  const fb::Snapshot* root_;
};

// Calls each(line) for every line of a list that is kept as one text (phrasings, tags): a table of
// strings would cost eight bytes more for each. An empty text has no lines.
template <typename Each>
void for_each_line(std::string_view text, Each each) {
  while (!text.empty()) {
    const std::size_t end = text.find('\n');
    each(text.substr(0, end));
    if (end == std::string_view::npos) return;
    text.remove_prefix(end + 1);
  }
}

// A FlatBuffers string as a view.
inline std::string_view view(const flatbuffers::String* text) {
  return text == nullptr ? std::string_view() : std::string_view(text->data(), text->size());
}

}  // namespace askus::snapshot
