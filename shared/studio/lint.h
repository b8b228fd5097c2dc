// What a FAQ could do better: seen only when it is searched, or against the calendar. All of it is
// warnings; docs/faq-format.md lists the rules.
#pragma once

#include <cstdint>
#include <vector>

#include "shared/studio/compiled.h"

namespace askus::studio {

// Titles and phrasings that are asked at most; of a FAQ with more, only the first ones are.
inline constexpr std::size_t kMaxLintQueries = 20'000;
// A version that was updated so many days before another one of its topic lags behind.
inline constexpr std::uint32_t kLagDays = 30;
// About two minutes of reading.
inline constexpr std::size_t kLongAnswerWords = 400;

// `compiled` is of checked.faq. `today`: days since 1970-01-01; 0: unknown, then no answer is old.
std::vector<faq::Finding> lint(const faq::Checked& checked, Compiled& compiled,
                               std::uint32_t today);

}  // namespace askus::studio
