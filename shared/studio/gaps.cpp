#include "shared/studio/gaps.h"

#include <algorithm>
#include <map>
#include <numeric>
#include <string_view>

#include "shared/studio/clusters.h"
#include "shared/studio/meaning.h"

namespace askus::studio {
namespace {

// A text that is spelt so well may stand for its group.
constexpr float kWellSpelt = 0.99f;

// The name of a group in one language: of the well-spelt texts the one asked most, else the one
// asked most.
std::string name_of(const GapGroup& group, const std::string& language,
                    std::span<const GapQuestion> questions, std::span<const Meaning> meanings) {
  const auto text_of = [&](std::uint32_t q) {
    return meanings[q].meant.empty() ? questions[q].text : meanings[q].meant;
  };
  std::string first;
  for (const std::uint32_t q : group.questions) {
    if (questions[q].language != language) continue;
    if (meanings[q].meant.empty() && meanings[q].known >= kWellSpelt) return text_of(q);
    if (first.empty()) first = text_of(q);
  }
  return first;
}

GapGroup group_of(std::vector<std::uint32_t> members, std::span<const GapQuestion> questions,
                  std::span<const Meaning> meanings) {
  GapGroup group{std::move(members), 0, {}, {}};
  std::map<std::string, std::int64_t> languages;
  for (const std::uint32_t q : group.questions) {
    group.n += questions[q].n();
    languages[questions[q].language] += questions[q].n();
  }
  group.languages.assign(languages.begin(), languages.end());
  std::stable_sort(group.languages.begin(), group.languages.end(),
                   [](const auto& a, const auto& b) { return a.second > b.second; });
  for (const auto& [language, n] : group.languages)
    group.texts.push_back(name_of(group, language, questions, meanings));
  return group;
}

}  // namespace

std::vector<GapGroup> group_gaps(std::span<const GapQuestion> questions,
                                 const lexicon::Lexicon& lexicon) {
  // Their own order, whatever they came in: those asked most lead.
  std::vector<std::uint32_t> order(questions.size());
  std::iota(order.begin(), order.end(), 0u);
  std::sort(order.begin(), order.end(), [&](std::uint32_t a, std::uint32_t b) {
    const GapQuestion &x = questions[a], &y = questions[b];
    if (x.n() != y.n()) return x.n() > y.n();
    return std::tie(x.text, x.language, a) < std::tie(y.text, y.language, b);
  });
  std::vector<std::string_view> texts;
  texts.reserve(order.size());
  for (const std::uint32_t q : order) texts.push_back(questions[q].text);
  const std::vector<Meaning> ordered = meanings_of(texts, lexicon);
  std::vector<Meaning> meanings(ordered.size());
  for (std::size_t i = 0; i < order.size(); ++i) meanings[order[i]] = ordered[i];

  std::vector<GapGroup> groups;
  for (std::vector<std::uint32_t>& members : cluster(ordered)) {
    for (std::uint32_t& member : members) member = order[member];
    groups.push_back(group_of(std::move(members), questions, meanings));
  }
  std::stable_sort(groups.begin(), groups.end(),
                   [](const GapGroup& a, const GapGroup& b) { return a.n > b.n; });
  return groups;
}

}  // namespace askus::studio
