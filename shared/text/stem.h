// Stems: Ukrainian and Russian words by one suffix list, Latin words by English's rules.
#pragma once

#include <array>
#include <string_view>

#include "shared/text/tokens.h"

namespace askus::text {

// What the forms of a word share. Holds its letters, because English stems may be no prefix.
class Stem {
 public:
  // `word` is a token's text (letters.h). No language has to be known. Words of up to three letters
  // and tokens with digits stay whole.
  explicit Stem(std::string_view word);
  std::string_view view() const { return {letters_.data(), size_}; }

 private:
  std::array<char, kMaxTokenBytes> letters_;
  std::size_t size_;
};

}  // namespace askus::text
