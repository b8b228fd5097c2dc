// BM25F over the words, concepts beside them.
#include <algorithm>

#include "shared/search/index.h"

namespace askus::search {

// Adds what one word (or the concepts of one word) gave each document, and makes room for the next.
void Index::State::take_scores(float factor, float cover) {
  for (const std::uint32_t d : word_touched) {
    if (scores[d] == 0) touched.push_back(d);
    scores[d] += factor * word_scores[d];
    covered[d] += cover * word_covered[d];
    word_scores[d] = word_covered[d] = 0;
  }
  word_touched.clear();
}

// Of all that a word stands for, the best counts.
void Index::State::score_words() {
  for (const QueryWord& word : query.all()) {
    for (const Expansion& e : query.expansions_of(word)) {
      const auto list = postings_of(e.term);
      if (!query.may_score(list.size())) break;
      const float worth = e.weight * std::min(word.most_idf, idf_of(e.term));
      for (const Posting& posting : list) {
        const std::uint32_t d = posting.document;
        if (word_scores[d] == 0) word_touched.push_back(d);
        const float value = worth * posting.frequency / (posting.frequency + kSaturation);
        word_scores[d] = std::max(word_scores[d], value);
        word_covered[d] = std::max(word_covered[d], e.weight);
      }
    }
    take_scores(word.weight, word.weight * word.idf);
  }
}

// The less of the query the best document covers by its words, the more the concepts count. Several
// concepts that one word tells of are mostly one piece of evidence.
void Index::State::score_concepts() {
  if (concepts.count() == 0 || query.whole <= 0) return;
  float best = 0;
  for (const std::uint32_t d : touched) best = std::max(best, covered[d]);
  const float need = std::max(kConceptFloor, 1 - best / (query.whole * kCoverEnough));
  // In order of the words that tell of them, then of the concepts' numbers: the smallest key first.
  order.clear();
  for (const std::uint16_t id : concepts.lit()) {
    if (concepts.value(id) > 0)
      order.add(~(static_cast<std::uint64_t>(concepts.position(id)) << 32 | id));
  }
  order.order();
  while (!order.empty()) {
    const std::uint64_t key = ~order.pop();
    const auto id = static_cast<std::uint32_t>(key);
    const auto w = static_cast<std::uint32_t>(key >> 32);
    const auto list = concept_postings.part(concept_first[id], concept_first[id + 1]);
    const float value = concepts.value(id);
    for (const Posting& posting : query.may_score(list.size()) ? list : list.first(0)) {
      float& here = word_scores[posting.document];
      if (here == 0) word_touched.push_back(posting.document);
      const float more = value * posting.frequency;
      here = std::max(here, more) + kConceptRest * std::min(here, more);
    }
    if (!order.empty() && ~order.top() >> 32 == w) continue;
    const QueryWord& word = query.words[w];
    take_scores(kConceptShare * need * (word.stop ? word.weight / stop_weight : word.weight), 0);
  }
}

void Index::State::score() {
  for (const std::uint32_t d : touched) scores[d] = covered[d] = 0;
  touched.clear();
  query.scored = 0;
  score_words();
  score_concepts();
}

}  // namespace askus::search
