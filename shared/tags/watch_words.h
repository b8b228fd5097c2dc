// What a company watches for in what is written elsewhere: words and phrases in any form and with a
// slip, unless a minus-word is there too. Native only.
#pragma once

#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "shared/tags/known_words.h"

namespace askus::tags {

// Not thread-safe: reading uses scratch memory.
class WatchWords {
 public:
  // What is nothing but stop words finds nothing.
  WatchWords(std::span<const std::string> words, std::span<const std::string> minus_words);

  // Those of the words that a text has, as they were given, in their order; none where a minus-word
  // is there. Any bytes are valid; of a text the first kMostRead words count.
  std::vector<std::string> found(std::string_view text);

 private:
  struct Phrase {
    std::vector<std::uint32_t> words;
    std::string text;
  };
  KnownWords known_;
  std::vector<Phrase> wanted_, unwanted_;
};

// Whether a phrase has a word to look for.
bool can_be_watched(std::string_view phrase);

}  // namespace askus::tags
