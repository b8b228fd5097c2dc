// A second look at the best documents: passages, titles.
#include <algorithm>

#include "shared/search/index.h"

namespace askus::search {

// A title or phrasing that is the query, word for word, comes first.
void Index::State::prefer_exact() {
  std::uint32_t hash = kNoHash;
  for (const QueryWord& word : query.all()) {
    if (word.compound) continue;
    // The exact term is the first expansion.
    const auto expansions = query.expansions_of(word);
    if (expansions.empty() || expansions[0].way != Way::kExact) return;
    hash = hash_with(hash, expansions[0].term);
  }
  if (hash == kNoHash) return;
  // A rare word that looks like a common one of the query may score more than the whole query.
  float most = query.whole;
  for (const std::uint32_t d : touched) most = std::max(most, scores[d]);
  for (std::size_t at = hash;; ++at) {
    const std::uint32_t q = question_slots[at &= question_slots.size() - 1];
    if (q == 0) return;
    if (question_hashes[q - 1] != hash) continue;
    const std::uint32_t d = question_documents[q - 1];
    if (scores[d] == 0) touched.push_back(d);
    // Twice the same question in one document is still one.
    scores[d] = std::max(scores[d], kExactTitle * most + covered[d] / (1 + query.whole));
  }
}

// Which word of the query a term stands for, kept for the highlights until the next query.
void Index::State::mark_terms() {
  for (std::uint32_t w = 0; w < query.size; ++w) {
    for (const Expansion& e : query.expansions_of(query.words[w])) {
      const float weight = e.weight * query.words[w].weight;
      if (word_of_term[e.term] != 0 && weight <= weight_of_term[e.term]) continue;
      word_of_term[e.term] = static_cast<std::uint8_t>(w + 1);
      weight_of_term[e.term] = weight;
    }
  }
}

void Index::State::refine() {
  order.clear();
  for (const std::uint32_t d : touched) order.add(key_of(scores[d], d));
  order.order();
  for (std::size_t n = 0; n < kRefined && !order.empty(); ++n) {
    const std::uint32_t d = number_of(order.pop());
    // The window of kPassageWords that is worth most of the query, each of its words once; and how
    // much of the title was asked for.
    std::array<std::uint8_t, kMaxQueryWords> count{};
    std::array<float, kMaxQueryWords> worth{};
    float value = 0, passage = 0, title = 0, title_whole = 0;
    const auto words = text_of(d);
    for (std::size_t i = 0; i < words.size(); ++i) {
      const std::uint32_t term = words[i] >> kFieldBits;
      const std::uint8_t word = word_of_term[term];
      const float here = word != 0 ? weight_of_term[term] * idf_of(term) : 0;
      if ((words[i] & kFieldMask) == kTitle) {
        title += here;
        title_whole += idf_of(term);
      }
      if (word != 0 && count[word - 1u]++ == 0) value += worth[word - 1u] = here;
      if (i >= kPassageWords) {
        const std::uint8_t gone = word_of_term[words[i - kPassageWords] >> kFieldBits];
        if (gone != 0 && --count[gone - 1u] == 0) value -= worth[gone - 1u];
      }
      passage = std::max(passage, value);
    }
    scores[d] += kPassageShare * passage;
    if (title_whole > 0) scores[d] *= 1 + kTitleShare * title / title_whole;
  }
}

}  // namespace askus::search
