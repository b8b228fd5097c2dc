#include "shared/search/search.h"

#include <algorithm>
#include <cmath>

#include "shared/search/constants.h"
#include "shared/search/index.h"

namespace askus::search {
namespace {

bool ends_in_space(std::string_view query) {
  return !query.empty() &&
         std::string_view(" \t\r\n.,!?;:").find(query.back()) != std::string_view::npos;
}

}  // namespace

void Index::State::score_documents() {
  for (const std::uint32_t d : touched) scores[d] = covered[d] = 0;
  touched.clear();
  std::uint32_t scored = 0;
  for (const QueryTerm& term : terms) {
    for (std::uint32_t i = term.first; i < term.last; ++i) {
      const Expansion& expansion = expansions[i];
      const auto list = postings_of(expansion.term);
      scored += static_cast<std::uint32_t>(list.size());
      if (scored > kMaxScored) break;
      const float worth = expansion.weight * std::min(term.most_idf, idf(static_cast<std::uint32_t>(list.size())));
      for (const Posting& posting : list) {
        const float value = worth * posting.frequency / (posting.frequency + kSaturation);
        float& best = term_scores[posting.document];
        if (best == 0) term_touched.push_back(posting.document);
        best = std::max(best, value);
        float& cover = term_covered[posting.document];
        cover = std::max(cover, expansion.weight);
      }
    }
    for (const std::uint32_t d : term_touched) {
      if (scores[d] == 0) touched.push_back(d);
      scores[d] += term.weight * term.focus * term_scores[d];
      covered[d] += term.weight * term.idf * term_covered[d];
      term_scores[d] = term_covered[d] = 0;
    }
    term_touched.clear();
  }
}

void Index::State::score_concepts() {
  if (concepts.count() == 0) return;
  float whole = 0, best_cover = 0;
  for (const QueryTerm& term : terms) whole += term.weight * term.idf;
  for (const std::uint32_t d : touched) best_cover = std::max(best_cover, covered[d]);
  const float need = whole > 0 ? std::max(0.f, 1 - best_cover / (whole * kCoverEnough)) : 1;
  const float share = kConceptShare * (kConceptFloor + (1 - kConceptFloor) * std::pow(need, kConceptNeed));
  // Several concepts that one word tells of are one piece of evidence: the best counts whole.
  const auto found = concepts.activate(lexicon_words);
  for (std::size_t i = 0; i < found.size(); ++i) {
    const Activation& a = found[i];
    const float worth = share * a.value * concept_idf[a.concept_id] * terms[a.position].focus;
    for (std::uint32_t p = concept_first[a.concept_id]; p < concept_first[a.concept_id + 1]; ++p) {
      const Posting& posting = concept_postings[p];
      const float value = worth * posting.frequency * concept_norm[posting.document];
      float& best = term_scores[posting.document];
      if (best == 0) term_touched.push_back(posting.document);
      best = std::max(best, value) + kConceptRest * std::min(best, value);
    }
    if (i + 1 < found.size() && found[i + 1].position == a.position) continue;
    for (const std::uint32_t d : term_touched) {
      if (scores[d] == 0) touched.push_back(d);
      scores[d] += term_scores[d];
      term_scores[d] = 0;
    }
    term_touched.clear();
  }
}

void Index::State::rank(const Options& wanted) {
  Options options = wanted;
  if (options.language < 0) options.language = language_of_query();
  float whole = 0;
  for (const QueryTerm& term : terms) whole += term.weight * term.idf;
  hits.clear();
  // Documents of one topic are neighbours: in order of document, each topic is one run.
  std::sort(touched.begin(), touched.end());
  for (const std::uint32_t d : touched) {
    const std::uint32_t t = documents[d].topic;
    const auto& topic = snapshot.topic(t);
    const auto& shown = snapshot.version(topic, options.language);
    const bool any = options.language < 0;
    const bool own = any || shown.language() == options.language;
    const std::uint8_t language = own && !any ? shown.language() : documents[d].language;
    const float share = whole > 0 ? covered[d] / whole : 0;
    if (options.all == false && share < kMaybeCoverage) continue;
    const auto confidence = share < kAnswersCoverage ? Confidence::kMaybe : Confidence::kAnswers;
    const Hit hit{t, language, confidence, scores[d] * (own ? 1.0f : kOtherLanguage)};
    if (!hits.empty() && hits.back().topic == t) {
      if (hit.score > hits.back().score) hits.back() = hit;
    } else {
      hits.push_back(hit);
    }
  }
  const auto better = [](const Hit& a, const Hit& b) {
    return a.score != b.score ? a.score > b.score : a.topic < b.topic;
  };
  const std::size_t keep = std::min<std::size_t>(hits.size(), options.limit);
  std::partial_sort(hits.begin(), hits.begin() + static_cast<std::ptrdiff_t>(keep), hits.end(),
                    better);
  hits.resize(keep);
}

std::span<const Hit> Index::search(std::string_view query, const Options& options) {
  state_->understand(query, options.typing && !ends_in_space(query));
  state_->score_documents();
  state_->score_concepts();
  state_->refine();
  state_->prefer_exact();
  state_->rank(options);
  return state_->hits;
}

std::string_view Index::understood() const {
  return state_->understood;
}

std::int32_t Index::propose_category(std::string_view text) {
  const auto best = search(text, {.language = -1, .limit = kCategoryHits, .typing = false});
  std::vector<float> share(state_->snapshot.settings().categories()->size(), 0);
  float whole = 0;
  for (const Hit& hit : best) {
    const std::uint8_t category = state_->snapshot.topic(hit.topic).category();
    whole += hit.score;
    if (category < share.size()) share[category] += hit.score;
  }
  const auto top = std::max_element(share.begin(), share.end());
  if (top == share.end() || whole == 0 || *top < kCategoryShare * whole) return -1;
  return static_cast<std::int32_t>(top - share.begin());
}

}  // namespace askus::search
