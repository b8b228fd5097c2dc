#include "shared/search/search.h"

#include <algorithm>

#include "shared/search/constants.h"
#include "shared/search/index.h"
#include "shared/text/stem.h"
#include "shared/text/tokens.h"
#include "shared/text/utf8.h"

namespace askus::search {
namespace {

bool ends_in_space(std::string_view query) {
  return !query.empty() &&
         std::string_view(" \t\r\n.,!?;:").find(query.back()) != std::string_view::npos;
}

}  // namespace

void Index::State::parse(std::string_view query, bool typing) {
  terms.clear();
  query = text::clip(query, kMaxQueryBytes);
  text::Tokenizer tokens(query);
  for (text::Token token; terms.size() < kMaxQueryTerms && tokens.next(token);) {
    QueryTerm term;
    term.word = token.text;
    term.weight = text::is_stop_word(token.text) ? kStopWordWeight : 1.0f;
    term.prefix = typing && token.end == query.size() && token.text.size() >= kMinPrefixBytes;
    terms.push_back(std::move(term));
  }
  for (QueryTerm& term : terms) {
    term.stem = text::stem(term.word);
    const std::uint32_t known = vocabulary.find(term.stem);
    std::uint32_t documents_with =
        known == kNoTerm ? 0 : static_cast<std::uint32_t>(postings_of(known).size());
    if (known == kNoTerm && term.prefix) {
      for (const std::uint32_t t : vocabulary.starting_with(term.word))
        documents_with =
            std::max(documents_with, static_cast<std::uint32_t>(postings_of(t).size()));
    }
    term.idf = idf(documents_with);
  }
}

void Index::State::score_documents() {
  for (const std::uint32_t d : touched) scores[d] = covered[d] = 0;
  touched.clear();
  for (const QueryTerm& term : terms) {
    const auto expand = [&](std::uint32_t stem, float weight) {
      const auto list = postings_of(stem);
      const float idf_of = idf(static_cast<std::uint32_t>(list.size()));
      for (const Posting& posting : list) {
        const float value = weight * idf_of * posting.frequency / (posting.frequency + kSaturation);
        float& best = term_scores[posting.document];
        if (best == 0) term_touched.push_back(posting.document);
        best = std::max(best, value);
      }
    };
    if (const std::uint32_t exact = vocabulary.find(term.stem); exact != kNoTerm) expand(exact, 1);
    if (term.prefix) {
      const auto all = vocabulary.starting_with(term.word);
      const auto few = all.first(std::min<std::size_t>(all.size(), kMaxPrefixTerms));
      for (const std::uint32_t t : few)
        expand(t, kPrefixWeight * static_cast<float>(term.word.size()) /
                      static_cast<float>(vocabulary[t].size()));
    }
    for (const std::uint32_t d : term_touched) {
      if (scores[d] == 0) touched.push_back(d);
      scores[d] += term.weight * term_scores[d];
      covered[d] += term.weight * term.idf;
      term_scores[d] = 0;
    }
    term_touched.clear();
  }
}

void Index::State::rank(const Options& options) {
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
    if (share < kMaybeCoverage) continue;
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
  state_->parse(query, options.typing && !ends_in_space(query));
  state_->score_documents();
  state_->rank(options);
  return state_->hits;
}

std::string_view Index::understood() const {
  return {};
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
