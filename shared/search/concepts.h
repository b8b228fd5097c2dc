// What a query is about, by the part of the concept lexicon that a snapshot carries
// (docs/search.md). Private to shared/search.
#pragma once

#include <cstdint>
#include <span>
#include <string_view>
#include <vector>

#include "shared/snapshot/snapshot.h"

namespace askus::search {

// The lexicon knows its words by a hash of their spelling (lexicon_words.h). A snapshot keeps its
// low bits, as many as its number of words needs.
std::uint32_t lexicon_hash(std::string_view spelling);

// A word of the query at its place.
struct WordAt {
  std::uint32_t hash = 0;
  std::uint32_t position = 0;
  float weight = 1;  // how surely it is that word
};

struct Activation {
  std::uint32_t concept_id = 0;
  float value = 0;
  std::uint32_t position = 0;  // of the word that tells most
};

// Words, each with the concepts that it is a sign of, and how strong a sign. Words that stand near
// each other add up.
class Concepts {
 public:
  void load(const snapshot::fb::Concepts& source);
  std::uint32_t count() const { return static_cast<std::uint32_t>(state_.size()); }

  // The concepts of a text, each once, by the place that tells of them. Valid until the next call.
  std::span<const Activation> activate(std::span<const WordAt> text);

  // Calls each(concept, strength) for the concepts that a word is a sign of.
  template <typename Each>
  void of_word(std::uint32_t hash, Each each) const {
    const std::uint32_t word = find(hash);
    if (word == kNoWord) return;
    for (std::uint32_t i = first_[word]; i < first_[word + 1]; ++i) each(signs_[i]);
  }

 private:
  static constexpr std::uint32_t kNoWord = 0xFFFFFFFF;
  struct Sign {
    std::uint16_t concept_id = 0;
    std::uint16_t strength = 0;
  };
  struct State {
    float sum = 0, best = 0;
    std::uint32_t last = 0;  // place of the last word
    std::uint32_t last_hash = 0;
    std::uint32_t anchor = 0;  // place of the word that tells most
    float anchor_strength = 0;
  };
  std::uint32_t find(std::uint32_t hash) const;

  std::uint32_t mask_ = 0;
  std::vector<std::uint32_t> hashes_, first_;  // by word
  std::vector<Sign> signs_;
  std::vector<State> state_;  // by concept
  std::vector<Activation> found_;
};

}  // namespace askus::search
