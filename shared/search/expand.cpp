// What a word of the query stands for besides itself: words that begin so, that sound or look so,
// that the same letters mean in another script, and concepts.
#include <algorithm>

#include "shared/search/index.h"
#include "shared/search/lexicon_words.h"
#include "shared/text/hash.h"
#include "shared/text/letters.h"
#include "shared/text/skeleton.h"
#include "shared/text/stem.h"
#include "shared/text/stop_words.h"
#include "shared/text/translit.h"

namespace askus::search {

void Index::State::add_expansion(QueryWord& word, std::uint32_t term, float weight, Way way) {
  for (std::uint32_t i = word.first; i < query.expansion_count; ++i) {
    Expansion& known = query.expansions[i];
    if (known.term != term) continue;
    if (weight > known.weight) known = {term, weight, way};
    return;
  }
  if (query.expansion_count < kMaxExpansions)
    query.expansions[query.expansion_count++] = {term, weight, way};
}

void Index::State::expand_skeleton(QueryWord& word, std::uint32_t skeleton, float weight, Way way) {
  for (std::uint32_t t = vocabulary.first_of[skeleton]; t != kNone; t = vocabulary.next_of[t])
    add_expansion(word, t, weight, way);
}

// The terms that sound like `stem`, or nearly so.
void Index::State::expand_sound(QueryWord& word, std::string_view stem) {
  const text::Skeleton skeleton(stem);
  // Too little is left of "її" or "ййййй" to tell one word from another.
  if (skeleton.view().size() < kMinSoundLetters) return;
  const std::uint32_t same = vocabulary.skeletons.find(skeleton.view());
  if (same != kNone) expand_skeleton(word, same, kSkeletonWeight, Way::kSkeleton);
  if (skeleton.view().size() < kMinSimilarLetters) return;
  similar->find(skeleton.view(), kLeastDice, kMaxSimilar, [&](std::uint32_t other, float dice) {
    if (other != same) expand_skeleton(word, other, kDiceWeight * dice * dice, Way::kSimilar);
  });
}

// A letter too many, or two letters the wrong way round: slips that leave few trigrams of a word.
void Index::State::expand_slips(QueryWord& word, std::string_view letters) {
  if (letters.size() < kMinSlipLetters) return;
  const auto try_form = [&](std::string_view meant) {
    const std::uint32_t form = vocabulary.forms.find(meant);
    if (form != kNone) add_expansion(word, vocabulary.term_of[form], kSlipWeight, Way::kSimilar);
  };
  std::string meant;
  for (std::size_t i = 0; i < letters.size(); ++i) {
    meant = letters;
    meant.erase(i, 1);
    try_form(meant);
    meant = letters;
    if (i > 0) std::swap(meant[i - 1], meant[i]);
    try_form(meant);
  }
}

// A Latin word may be a Cyrillic one: surely if the snapshot has none such.
void Index::State::expand_cyrillic(QueryWord& word, std::string_view letters, bool known) {
  for (const auto spelling : {text::Spelling::kUkrainian, text::Spelling::kRussian}) {
    const text::Cyrillic cyrillic(letters, spelling);
    const std::uint32_t form = vocabulary.forms.find(cyrillic.view());
    if (form != kNone) {
      word.languages |= vocabulary.languages_of[form];
      add_expansion(word, vocabulary.term_of[form], kTransliterated, Way::kSkeleton);
    }
    if (known) continue;
    expand_sound(word, text::Stem(cyrillic.view()).view());
    add_concepts(word, cyrillic.view(), kTransliterated);
    if (!word.stop && text::is_stop_word(cyrillic.view())) {
      word.stop = true;
      word.weight *= stop_weight;
    }
  }
}

void Index::State::add_concepts(const QueryWord& word, std::string_view letters, float weight) {
  const LexiconWord spelt(letters);
  const auto position = static_cast<std::uint32_t>(&word - query.words.data());
  if (!spelt.view().empty()) concepts.add(text::hash(spelt.view()), position, weight);
}

void Index::State::expand(QueryWord& word) {
  word.first = query.expansion_count;
  const std::string_view letters = query.letters_of(word);
  const text::Stem stem(letters);
  const std::uint32_t exact = vocabulary.terms.find(stem.view());
  if (exact != kNone) add_expansion(word, exact, 1, Way::kExact);
  if (word.prefix) {
    std::uint32_t count = 0;
    float least_idf = kAnyIdf;
    vocabulary.starting_with(letters, [&](std::uint32_t form) {
      if (count++ >= kMaxPrefixForms) return;
      const float share =
          static_cast<float>(letters.size()) / static_cast<float>(vocabulary.forms[form].size());
      const std::uint32_t term = vocabulary.term_of[form];
      add_expansion(word, term, std::min(1.0f, kPrefixWeight * share), Way::kPrefix);
      least_idf = std::min(least_idf, idf_of(term));
    });
    // An unfinished word says no more than the commonest that it may become.
    word.most_idf = least_idf;
  }
  add_concepts(word, letters, 1);
  // What is rarer than the word itself tells no more than it.
  if (exact != kNone) word.most_idf = std::min(word.most_idf, idf_of(exact));
  if (exact == kNone) expand_slips(word, letters);
  const std::uint32_t sounds = query.expansion_count;
  if (!word.stop || exact == kNone) {
    expand_sound(word, stem.view());
  }
  if (!word.stop && text::is_latin(letters[0]) && !query.is_english())
    expand_cyrillic(word, letters, exact != kNone);
  word.last = query.expansion_count;
  if (exact != kNone) {
    for (std::uint32_t i = sounds; i < word.last; ++i) query.expansions[i].weight *= kBesideExact;
  }
  float best = -1;
  word.idf = idf(0);
  for (const Expansion& e : query.expansions_of(word)) {
    if (e.weight <= best) continue;
    best = e.weight;
    word.idf = std::min(word.most_idf, idf_of(e.term));
  }
  if (best >= 0 && best < 1 && word.most_idf == kAnyIdf)
    word.idf += (1 - best) * (idf(0) - word.idf);
}

}  // namespace askus::search
