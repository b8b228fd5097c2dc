// Questions that were asked in vain, asked of a draft: which of them would find an answer.
#pragma once

#include <set>
#include <span>
#include <string>
#include <vector>

#include "shared/studio/compiled.h"
#include "shared/studio/gap_source.h"
#include "shared/studio/gaps.h"

namespace askus::studio {

// Topics that a question or a group is nearest to.
inline constexpr std::uint32_t kNearestTopics = 3;

struct Replayed {
  // By the panel's own rule: it would show results, not guesses and not nothing. What was written
  // is asked as the panel asks before it sends, what was searched for as one types.
  bool found = false;
  bool sure = false;  // and the first of them answers for sure (search::Confidence::kAnswers)
  std::vector<std::pair<std::string, float>> nearest;  // topics, guesses too, with the evidence
};

// Any bytes are a valid question.
Replayed replay(Compiled& compiled, const GapQuestion& question);

struct Replay {
  std::vector<Replayed> questions;               // as they were given
  std::vector<std::vector<std::string>> topics;  // by group: the nearest, best first
  std::vector<std::int64_t> found, sure;         // by group: of its n
  std::int64_t all_found = 0, all_sure = 0, n = 0;
};
Replay replay(Compiled& compiled, std::span<const GapQuestion> questions,
              std::span<const GapGroup> groups);

// The topics that no test question finds, that none of these questions has among its first results,
// and that nobody opened: nothing leads to them. Empty where it is not known what was opened.
std::vector<std::string> idle_topics(const faq::Checked& checked, Compiled& compiled,
                                     const GapSource& source, const Replay& replay);

}  // namespace askus::studio
