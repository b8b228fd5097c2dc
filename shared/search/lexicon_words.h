// Words of texts as the lexicon's words. Shared by the compiler and the search.
#pragma once

#include <string>
#include <string_view>

#include "shared/text/tokens.h"

namespace askus::search {

inline constexpr std::string_view kNegationWord = "!";

// How the lexicon spells a token (letters.h): its stem's skeleton, every negation the same; empty
// for a stop word.
class LexiconWord {
 public:
  explicit LexiconWord(std::string_view token);
  std::string_view view() const { return {letters_.data(), size_}; }

 private:
  std::array<char, text::kMaxTokenBytes> letters_;
  std::size_t size_ = 0;
};

}  // namespace askus::search
