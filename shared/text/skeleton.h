// Phonetic skeletons: one spelling for what sounds alike in Ukrainian, Russian and their many
// transliterations, so that кіно, кино and kino meet.
#pragma once

#include <array>
#include <cstddef>
#include <string_view>

#include "shared/text/tokens.h"

namespace askus::text {

// The skeleton of a word or stem (letters.h). Small letters, and C for ч, S for ш and щ, Z for ж;
// apostrophes, ь and ъ are dropped. Bytes of other scripts stay as they are.
class Skeleton {
 public:
  explicit Skeleton(std::string_view word);
  std::string_view view() const { return {letters_.data(), size_}; }

 private:
  void emit(char c);

  std::array<char, kMaxTokenBytes> letters_;
  std::size_t size_ = 0;
};

}  // namespace askus::text
