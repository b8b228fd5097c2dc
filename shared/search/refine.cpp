// A second look at the best documents: word order, passages, titles.
#include <algorithm>

#include "shared/search/index.h"

namespace askus::search {

// A title or phrasing that is the query, word for word, comes first.
void Index::State::prefer_exact() {
  std::uint32_t hash = kNoHash;
  float whole = 0;
  for (const QueryTerm& term : terms) {
    whole += term.weight * term.focus * term.idf;
    if (term.compound) continue;
    // The exact term is the first expansion.
    if (term.first == term.last || expansions[term.first].way != Way::kExact) return;
    hash = hash_with(hash, expansions[term.first].term);
  }
  if (hash == kNoHash) return;
  std::uint32_t last = kNone;
  for (auto at = std::lower_bound(questions.begin(), questions.end(), static_cast<std::uint64_t>(hash) << 32);
       at != questions.end() && *at >> 32 == hash; ++at) {
    const auto d = static_cast<std::uint32_t>(*at);
    if (d == last) continue;
    last = d;
    if (scores[d] == 0) touched.push_back(d);
    scores[d] += kExactTitle * whole;
  }
}

void Index::State::refine() {
  if (terms.empty() || touched.empty()) return;
  const std::size_t keep = std::min(kRefined, touched.size());
  std::partial_sort(touched.begin(), touched.begin() + static_cast<std::ptrdiff_t>(keep), touched.end(),
                    [this](std::uint32_t a, std::uint32_t b) {
                      return scores[a] != scores[b] ? scores[a] > scores[b] : a < b;
                    });
  word_of_term.resize(vocabulary.terms.size());
  weight_of_term.resize(vocabulary.terms.size());
  float whole = 0;
  for (std::size_t t = 0; t < terms.size(); ++t) {
    whole += terms[t].weight * terms[t].idf;
    for (std::uint32_t i = terms[t].first; i < terms[t].last; ++i) {
      const Expansion& e = expansions[i];
      const float weight = e.weight * terms[t].weight;
      if (word_of_term[e.term] == 0 || weight > weight_of_term[e.term]) {
        word_of_term[e.term] = static_cast<std::uint8_t>(t + 1);
        weight_of_term[e.term] = weight;
      }
    }
  }
  if (whole <= 0) return;
  std::array<float, kMaxQueryTerms> here;
  for (std::size_t n = 0; n < keep; ++n) {
    const std::uint32_t d = touched[n];
    const auto words = text_of(d);
    float best = 0, title = 0, title_all = 0, pairs = 0;
    // Windows of kPassageWords: what is worth most of the query within one.
    std::array<std::uint8_t, kMaxQueryTerms> count{};
    here.fill(0);
    float value = 0;
    const auto worth = [&](std::uint32_t term) {
      return weight_of_term[term] * idf(documents_of(term));
    };
    std::uint32_t previous = 0;
    for (std::size_t i = 0; i < words.size(); ++i) {
      const std::uint32_t term = words[i] >> kFieldBits;
      if ((words[i] & ((1u << kFieldBits) - 1)) == kTitle) {
        const float of = idf(documents_of(term));
        title_all += of;
        if (word_of_term[term]) title += of * weight_of_term[term];
      }
      const std::uint8_t word = word_of_term[term];
      if (word) {
        if (count[word - 1u]++ == 0) {
          here[word - 1u] = worth(term);
          value += here[word - 1u];
        }
        if (previous && word == previous + 1) pairs = std::max(pairs, 0.f) + std::min(worth(term), here[previous - 1u]);
      }
      previous = word;
      if (i >= kPassageWords) {
        const std::uint8_t gone = word_of_term[words[i - kPassageWords] >> kFieldBits];
        if (gone && --count[gone - 1u] == 0) value -= here[gone - 1u];
      }
      best = std::max(best, value);
    }
    scores[d] += kPassageShare * best + kPairShare * std::min(pairs, whole);
    if (title_all > 0) scores[d] *= 1 + kTitleShare * title / title_all;
  }
  for (const Expansion& e : expansions) word_of_term[e.term] = 0;
}

}  // namespace askus::search
