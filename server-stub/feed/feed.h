// RSS and Atom, read: what somebody publishes, as entries. Hostile input: bounded in size, depth
// and number; no document type, so no entities but XML's own; nothing of it is markup afterwards.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "shared/base/result.h"

namespace askus::feed {

inline constexpr std::size_t kMaxBytes = std::size_t{2} << 20, kMaxDepth = 64, kMaxEntries = 200;
// Bytes that are kept of an entry's text and of its other fields.
inline constexpr std::size_t kMaxText = 8'000, kMaxField = 500;

struct Entry {
  std::string id;  // its guid, or its link: the same through edits
  std::string title, text, link, author;
  std::int64_t at = 0;  // of its last change, Unix milliseconds; 0: not said
  bool operator==(const Entry&) const = default;
};

// The newest kMaxEntries, in the feed's order, of RSS 2.0, RSS 1.0 and Atom. Entries without an id
// or without words are left out. kMalformed, kTooLarge.
Result<std::vector<Entry>> parse(std::string_view xml);

}  // namespace askus::feed
