// What a query is about, by the part of the concept lexicon that a snapshot carries
// (docs/search.md). Private to shared/search.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "shared/search/buffer.h"
#include "shared/snapshot/snapshot.h"

namespace askus::search {

// Words, each with the concepts that it is a sign of, and how strong a sign. Words that stand near
// each other add up.
class Concepts {
 public:
  explicit Concepts(const snapshot::fb::Concepts* source);  // null: none
  std::uint32_t count() const { return static_cast<std::uint32_t>(state_.size()); }

  // A query's words, in order: their hash (text/hash.h of the spelling in lexicon_words.h), place,
  // and how surely it is that word.
  void begin();
  // Those that any of the words are signs of, in order of the first such word.
  std::span<const std::uint16_t> lit() const { return lit_; }
  void add(std::uint32_t hash, std::uint32_t position, float weight);
  // How much the query is about a concept, 0 to kMostActivation, and the place of the word that
  // tells most of it.
  float value(std::uint32_t concept_id) const;
  std::uint32_t position(std::uint32_t concept_id) const { return state_[concept_id].anchor; }
  // Whether a word by itself stands for something that the query is about.
  bool tells(std::uint32_t hash) const;

 private:
  struct Sign {
    std::uint16_t concept_id;
    std::uint16_t strength;
  };
  struct State {
    float sum, best;
    std::uint32_t last, last_word;  // place of the last word, and which it was
    std::uint32_t anchor;           // place of the word that tells most
    float anchor_strength;
  };
  std::span<const Sign> signs_of(std::uint32_t hash) const;

  std::uint32_t mask_ = 0;
  Buffer<std::uint32_t> hashes_, first_;  // by word
  Buffer<Sign> signs_;
  Buffer<State> state_;  // by concept
  std::vector<std::uint16_t> lit_;
};

}  // namespace askus::search
