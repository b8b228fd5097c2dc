#include "shared/studio/questions.h"

#include <algorithm>

namespace askus::studio {

Asked ask(Compiled& compiled, const faq::TestQuestion& question) {
  const auto hits = compiled.index().search(
      question.question, {.language = compiled.snapshot().language(question.language),
                          .limit = kTestDepth,
                          .typing = false});
  Asked asked;
  for (std::uint32_t i = 0; i < hits.size(); ++i) {
    const std::string id = compiled.id_of(hits[i]);
    const bool right =
        std::find(question.topics.begin(), question.topics.end(), id) != question.topics.end();
    if (right && asked.rank == 0) asked.rank = i + 1;
    if (i < kFoundWithin) asked.first.push_back(id);
  }
  return asked;
}

std::vector<Comparison> compare(Compiled& before, Compiled& after,
                                const std::vector<faq::TestQuestion>& questions) {
  std::vector<Comparison> changed;
  for (const faq::TestQuestion& question : questions) {
    const Comparison one{&question, ask(before, question).rank, ask(after, question).rank};
    if (one.better() || one.worse()) changed.push_back(one);
  }
  std::stable_partition(changed.begin(), changed.end(),
                        [](const Comparison& one) { return one.worse(); });
  return changed;
}

}  // namespace askus::studio
