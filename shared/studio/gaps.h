// Questions that visitors asked in vain, those that mean the same together.
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <utility>
#include <vector>

#include "shared/lexicon/lexicon.h"

namespace askus::studio {

// A text in a language of the site (the visitor's; empty: unknown), and how often it was searched
// for without a result and written to the staff.
struct GapQuestion {
  std::string text, language;
  std::int64_t searched = 0, written = 0;
  std::int64_t n() const { return searched + written; }
};

// More are left out, with an error: the server tells no more either (docs/http-api.md, "Gaps").
inline constexpr std::size_t kMaxGapQuestions = 10'000;

struct GapGroup {
  std::vector<std::uint32_t> questions;  // their indices, those asked most first
  std::int64_t n = 0;                    // the sum of theirs
  std::vector<std::pair<std::string, std::int64_t>> languages;  // with n each, the most first
  // What to call it: for each language, in the order of `languages`, the question asked most of
  // those that are spelt well, on the layout that it was meant for.
  std::vector<std::string> texts;
};

// Every question is in exactly one group; groups asked most first, equal ones by their text. The
// same questions in whatever order give the same groups.
std::vector<GapGroup> group_gaps(std::span<const GapQuestion> questions,
                                 const lexicon::Lexicon& lexicon);

}  // namespace askus::studio
