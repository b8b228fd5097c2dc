// Words that are looked for in texts, whatever form they are written in: by the search's own means
// (stems, skeletons, transliteration, the other keyboard layout, one slip of the finger). Native
// only.
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>
#include <vector>

#include "shared/search/similar.h"
#include "shared/search/strings.h"

namespace askus::tags {

// Not thread-safe: reading uses scratch memory.
class KnownWords {
 public:
  // The numbers of a text's words in their order, each once; stop words have none.
  std::vector<std::uint32_t> add(std::string_view text);
  // When all are added, before the first read().
  void close();

  struct Placed {
    std::uint32_t word = 0, position = 0;
    float sure = 1;                    // that it is that word, 0 to 1
    std::uint32_t begin = 0, end = 0;  // its bytes in the text; 0 in one on another layout
  };
  // Which of them a text has, in its order; of the first kMostRead words. Any bytes are valid.
  std::vector<Placed> read(std::string_view text);

  std::uint32_t size() const { return all_.size(); }
  // Whether a word is "not", which all negations are.
  bool denies(std::uint32_t word) const;

 private:
  struct Reading {
    std::vector<Placed> words;
    std::size_t known = 0, letters = 0;  // letters of known words, and of all
  };
  Reading read_as(std::string_view text);
  Placed find(std::string_view token);

  search::Strings all_;
  // The words as they were given, and their numbers: what is given in its shortest form may lose
  // more to its stem than its other forms do (обрив is taken for обр- with an ending, обриви is
  // not).
  search::Strings whole_;
  std::vector<std::uint32_t> word_of_whole_;
  std::optional<search::SimilarIndex> similar_;
};

inline constexpr std::size_t kMostRead = 400;

// Whether words of a phrase stand near each other in a text, around the place of one of them: from
// one to another at most the phrase's own number of words and kPhraseSlack more.
inline constexpr std::uint32_t kSlack = 4;

}  // namespace askus::tags
