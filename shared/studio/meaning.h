// What each of many short texts says: its words as they were meant, and the lexicon's concepts.
// The search's own means (folding, stems, skeletons, layouts, the lexicon), turned on the questions
// themselves instead of on topics.
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "shared/lexicon/lexicon.h"

namespace askus::studio {

// A word or a concept by number; the same number in two texts is the same one.
struct Feature {
  std::uint32_t id = 0;
  float weight = 0;
};

struct Meaning {
  // By id; each list has the length 1, or is empty.
  std::vector<Feature> words, concepts;
  std::string meant;  // on the keyboard layout that it was meant for; empty: as typed
  // Which of its letters are in words that are known as they stand, 0 to 1: misspelt and
  // transliterated texts have less.
  float known = 0;
};

// In the order of the texts. The same input gives the same output. Any bytes are valid texts; of
// each the first kMaxMeantWords words count.
std::vector<Meaning> meanings_of(std::span<const std::string_view> texts,
                                 const lexicon::Lexicon& lexicon);

inline constexpr std::size_t kMaxMeantWords = 32;

}  // namespace askus::studio
