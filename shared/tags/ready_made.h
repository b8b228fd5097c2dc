// The tree of tags that a site may begin with: what people write to support about, in three
// languages, joined to the concepts of the lexicon (shared/lexicon). Native only.
#pragma once

#include <span>
#include <string_view>

namespace askus::tags {

struct ReadyMade {
  std::string_view path;  // names parted by '/', a parent before its children
  std::string_view uk, ru, en;
  std::string_view concepts;  // ids of shared/lexicon, parted by spaces
};

std::span<const ReadyMade> ready_made();

}  // namespace askus::tags
