// A FAQ's test questions, asked as visitors would.
#pragma once

#include <string>
#include <vector>

#include "shared/studio/compiled.h"

namespace askus::studio {

// How deep is looked, and how many of the first results count as found: as many as a phone shows.
inline constexpr std::uint32_t kTestDepth = 10;
inline constexpr std::uint32_t kFoundWithin = 3;

struct Asked {
  std::uint32_t rank = 0;          // of the first right topic, 1 is the first; 0: not found
  std::vector<std::string> first;  // ids of the first results, at most kFoundWithin
  bool found() const { return rank > 0 && rank <= kFoundWithin; }
};

// In the question's language, the words all typed to the end.
Asked ask(Compiled& compiled, const faq::TestQuestion& question);

// How a question fares in another snapshot.
struct Comparison {
  const faq::TestQuestion* question = nullptr;
  std::uint32_t before = 0, after = 0;  // ranks
  bool better() const { return after != 0 && (before == 0 || after < before); }
  bool worse() const { return before != 0 && (after == 0 || before < after); }
};

// Those that fare better or worse, the worse first. Borrows the questions.
std::vector<Comparison> compare(Compiled& before, Compiled& after,
                                const std::vector<faq::TestQuestion>& questions);

}  // namespace askus::studio
