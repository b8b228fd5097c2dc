// Finds the concepts of a text by the forms of the whole lexicon. Native only.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "shared/lexicon/lexicon.h"

namespace askus::lexicon {

using ConceptNumber = std::uint32_t;  // index into Lexicon::concepts
using ConceptVector = std::unordered_map<ConceptNumber, float>;

// A form as its words' numbers, each once.
struct MatchedForm {
  std::vector<std::uint32_t> words;
  ConceptNumber of = 0;
  std::string language;
  Origin origin = Origin::kBuiltin;
};

// Not thread-safe: matching uses scratch memory. Borrows the lexicon.
class Matcher {
 public:
  explicit Matcher(const Lexicon& lexicon);

  // Adds `weight` times what the text says of each concept: its best form, where all words of the
  // form stand near each other in any order.
  void add_text(std::string_view text, float weight, ConceptVector& out);
  // The same for words that are known by their numbers already, each with its place in the text.
  struct Placed {
    std::uint32_t word = 0, position = 0;
  };
  void add_placed(std::span<const Placed> words, float weight, ConceptVector& out);
  // Adds the concepts that are near those, at a fraction.
  void spread(ConceptVector& vector) const;

  // The lexicon's words of a text.
  void add_words(std::string_view text, std::vector<std::uint32_t>& out) const;

  const std::vector<MatchedForm>& forms() const { return forms_; }
  std::string_view word(std::uint32_t number) const { return words_[number]; }
  // The number of a word as LexiconWord spells it, if any form has it.
  std::optional<std::uint32_t> find(std::string_view word) const;
  std::uint32_t word_count() const { return static_cast<std::uint32_t>(words_.size()); }
  // How much a word tells, from the number of concepts that it occurs in.
  float worth(std::uint32_t word) const { return worth_[word]; }
  std::uint32_t forms_with(std::uint32_t word) const {
    return static_cast<std::uint32_t>(forms_of_[word].size());
  }
  bool is_broad(ConceptNumber id) const { return broad_[id]; }

 private:
  std::uint32_t number(std::string_view word);

  std::vector<std::string> words_;
  std::unordered_map<std::string, std::uint32_t> number_of_;
  std::vector<MatchedForm> forms_;
  std::vector<std::vector<std::uint32_t>> forms_of_;  // by word
  std::vector<float> worth_;
  std::vector<std::vector<ConceptNumber>> near_;
  std::vector<bool> broad_;
};

}  // namespace askus::lexicon
