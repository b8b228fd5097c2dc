#include "shared/lexicon/matcher.h"

#include <algorithm>
#include <cmath>
#include <set>

#include "shared/lexicon/constants.h"
#include "shared/lexicon/logarithm.h"
#include "shared/search/lexicon_words.h"

namespace askus::lexicon {
namespace {

// Calls each(spelling, position) for the words of a text that are no stop words.
template <typename Each>
void for_each_word(std::string_view text, Each each) {
  text::Tokenizer tokens(text);
  std::uint32_t position = 0;
  for (text::Token token; tokens.next(token); ++position) {
    const search::LexiconWord word(token.text);
    if (!word.view().empty()) each(word.view(), position);
  }
}

}  // namespace

std::uint32_t Matcher::number(std::string_view word) {
  const auto [entry, is_new] = number_of_.emplace(std::string(word), words_.size());
  if (is_new) words_.emplace_back(word);
  return entry->second;
}

Matcher::Matcher(const Lexicon& lexicon) {
  std::unordered_map<std::string, ConceptNumber> by_id;
  std::vector<std::set<ConceptNumber>> concepts_of;
  for (ConceptNumber id = 0; id < lexicon.concepts.size(); ++id) {
    const Concept& entry = lexicon.concepts[id];
    by_id.emplace(entry.id, id);
    broad_.push_back(entry.broad);
    std::set<std::pair<std::vector<std::uint32_t>, std::string>> known;
    for (const auto& form : entry.forms) {
      std::vector<std::uint32_t> words;
      for_each_word(form.text,
                    [&](std::string_view word, std::uint32_t) { words.push_back(number(word)); });
      std::sort(words.begin(), words.end());
      words.erase(std::unique(words.begin(), words.end()), words.end());
      const bool denial = words.size() == 1 && words_[words[0]] == search::kNegationWord;
      if (words.empty() || denial || !known.insert({words, form.language}).second) continue;
      forms_.push_back({words, id, form.language, form.origin});
    }
  }
  forms_of_.resize(words_.size());
  concepts_of.resize(words_.size());
  for (std::uint32_t f = 0; f < forms_.size(); ++f) {
    for (const std::uint32_t word : forms_[f].words) {
      forms_of_[word].push_back(f);
      concepts_of[word].insert(forms_[f].of);
    }
  }
  for (const auto& of : concepts_of)
    worth_.push_back(lexicon::log(1 + static_cast<float>(lexicon.concepts.size()) /
                                          (kWordPrior + static_cast<float>(of.size()))));
  for (const Concept& entry : lexicon.concepts) {
    auto& near = near_.emplace_back();
    for (const std::string& id : entry.near) {
      if (const auto found = by_id.find(id); found != by_id.end()) near.push_back(found->second);
    }
  }
}

std::optional<std::uint32_t> Matcher::find(std::string_view word) const {
  const auto found = number_of_.find(std::string(word));
  return found == number_of_.end() ? std::nullopt : std::optional(found->second);
}

void Matcher::add_text(std::string_view text, float weight, ConceptVector& out) {
  std::vector<Placed> words;
  for_each_word(text, [&](std::string_view word, std::uint32_t position) {
    if (const auto known = find(word)) words.push_back({*known, position});
  });
  add_placed(words, weight, out);
}

void Matcher::add_placed(std::span<const Placed> words, float weight, ConceptVector& out) {
  std::unordered_map<std::uint32_t, std::vector<std::uint32_t>> places;  // by word
  for (const Placed& one : words) places[one.word].push_back(one.position);
  const auto near = [&](const MatchedForm& form, std::uint32_t at) {
    return std::all_of(form.words.begin(), form.words.end(), [&](std::uint32_t word) {
      const auto found = places.find(word);
      if (found == places.end()) return false;
      return std::any_of(found->second.begin(), found->second.end(), [&](std::uint32_t other) {
        return (other > at ? other - at : at - other) <= kPhraseSlack + form.words.size();
      });
    });
  };
  ConceptVector here;
  for (const auto& [word, positions] : places) {
    for (const std::uint32_t f : forms_of_[word]) {
      const MatchedForm& form = forms_[f];
      if (form.words.front() != word) continue;  // each form once, at its first word
      if (std::none_of(positions.begin(), positions.end(),
                       [&](std::uint32_t at) { return near(form, at); }))
        continue;
      float value = kPhrase;
      if (form.words.size() == 1) {
        const float ratio = std::min(1.0f, worth_[word] / kLoneWord);
        value = ratio * ratio;
      }
      if (broad_[form.of]) value *= kBroad;
      here[form.of] = std::max(here[form.of], value);
    }
  }
  for (const auto& [id, value] : here) out[id] += weight * value;
}

void Matcher::spread(ConceptVector& vector) const {
  ConceptVector more = vector;
  for (const auto& [id, value] : vector) {
    for (const ConceptNumber near : near_[id]) more[near] = std::max(more[near], value * kNear);
  }
  vector = std::move(more);
}

void Matcher::add_words(std::string_view text, std::vector<std::uint32_t>& out) const {
  for_each_word(text, [&](std::string_view word, std::uint32_t) {
    if (const auto known = find(word)) out.push_back(*known);
  });
}

}  // namespace askus::lexicon
