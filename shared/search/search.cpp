#include "shared/search/search.h"

#include <algorithm>

#include "shared/search/index.h"
#include "shared/text/utf8.h"

namespace askus::search {
namespace {

bool ends_in_space(std::string_view query) {
  return !query.empty() &&
         std::string_view(" \t\r\n.,!?;:").find(query.back()) != std::string_view::npos;
}

}  // namespace

void Index::State::rank(const Options& options) {
  const std::int32_t wanted = options.language;
  const std::int32_t preferred = wanted >= 0 ? wanted : language();
  order.clear();
  for (const std::uint32_t d : touched) {
    // A topic that has no version in the preferred language counts for less.
    const bool own = preferred < 0 || (documents[d].siblings >> preferred & 1u) != 0;
    order.add(key_of(scores[d] * (own ? 1.0f : kOtherLanguage), d));
  }
  order.order();
}

std::span<const Hit> Index::search(std::string_view query, const Options& options) {
  State& state = *state_;
  for (std::uint32_t i = 0; i < state.query.expansion_count; ++i)
    state.word_of_term[state.query.expansions[i].term] = 0;
  state.understand(query, options.typing && !ends_in_space(query));
  state.score();
  state.mark_terms();
  state.refine();
  state.prefer_exact(state.query.understood.empty() ? text::clip(query, kMaxQueryBytes)
                                                    : std::string_view(state.query.understood));
  state.rank(options);
  std::size_t count = 0;
  const std::size_t limit = std::min<std::size_t>(options.limit, kMaxHits);
  while (count < limit && !state.order.empty()) {
    const std::uint64_t key = state.order.pop();
    const std::uint32_t d = number_of(key);
    const std::uint32_t topic = state.documents[d].topic;
    // An answer in another language is no worse an answer.
    const float evidence = state.query.whole > 0 ? state.scores[d] / state.query.whole : 0;
    if (evidence < kMaybeEvidence && !options.weak) continue;
    const auto known = std::span(state.hits).first(count);
    if (std::any_of(known.begin(), known.end(), [&](const Hit& hit) { return hit.topic == topic; }))
      continue;
    const auto& shown = state.snapshot.version(state.snapshot.topic(topic), options.language);
    const bool translated = options.language >= 0 && shown.language() == options.language;
    state.hits[count++] = {
        topic,
        static_cast<std::uint8_t>(translated ? shown.language() : state.documents[d].language),
        evidence >= kAnswersEvidence ? Confidence::kAnswers
        : evidence >= kMaybeEvidence ? Confidence::kMaybe
                                     : Confidence::kNothing,
        score_of(key), evidence};
  }
  return std::span(state.hits).first(count);
}

std::int32_t Index::same_question(std::string_view text) {
  const auto hits = search(text, {.language = -1, .limit = 2, .typing = false, .weak = true});
  if (hits.empty() || hits[0].evidence < kSameEvidence) return -1;
  if (hits.size() > 1 && hits[0].score < kSameLead * hits[1].score) return -1;
  return static_cast<std::int32_t>(hits[0].topic);
}

std::string_view Index::understood() const {
  return state_->query.understood;
}

std::int32_t Index::propose_category(std::string_view text) {
  const auto hits = search(text, {.language = -1, .limit = kCategoryHits, .typing = false});
  std::array<float, snapshot::kMaxCategories> share{};
  float whole = 0;
  std::uint8_t best = 0;
  for (const Hit& hit : hits) {
    whole += hit.score;
    const std::uint8_t category = state_->snapshot.topic(hit.topic).category();
    if (category >= share.size()) continue;
    share[category] += hit.score;
    if (share[category] > share[best]) best = category;
  }
  return share[best] > 0 && share[best] >= kCategoryShare * whole ? best : -1;
}

}  // namespace askus::search
