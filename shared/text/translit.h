// Ukrainian and Russian words written in Latin letters.
#pragma once

#include <array>
#include <cstdint>
#include <string_view>

#include "shared/text/tokens.h"

namespace askus::text {

enum class Spelling : std::uint8_t { kUkrainian, kRussian };

// The Cyrillic word that a Latin one (letters.h) may be, whichever of the usual transliterations it
// is in (the official ones of both languages, and what people type). Near enough for stemming; what
// remains different sounds the same (skeleton.h).
class Cyrillic {
 public:
  Cyrillic(std::string_view latin, Spelling spelling);
  std::string_view view() const { return {letters_.data(), size_}; }

 private:
  std::array<char, kMaxTokenBytes> letters_;
  std::size_t size_ = 0;
};

}  // namespace askus::text
