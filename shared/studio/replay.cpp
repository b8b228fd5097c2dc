#include "shared/studio/replay.h"

#include <algorithm>
#include <map>

#include "shared/studio/questions.h"

namespace askus::studio {

Replayed replay(Compiled& compiled, const GapQuestion& question) {
  Replayed replayed;
  const search::Options options{.language = compiled.snapshot().language(question.language),
                                .limit = kNearestTopics,
                                .typing = question.written == 0,
                                .weak = false};
  auto hits = compiled.index().search(question.text, options);
  replayed.found = !hits.empty();
  replayed.sure = replayed.found && hits.front().confidence == search::Confidence::kAnswers;
  if (!replayed.found) {
    search::Options weak = options;
    weak.weak = true;
    hits = compiled.index().search(question.text, weak);
  }
  for (const search::Hit& hit : hits)
    if (hit.evidence >= search::kGuessEvidence)
      replayed.nearest.emplace_back(compiled.id_of(hit), hit.evidence);
  return replayed;
}

Replay replay(Compiled& compiled, std::span<const GapQuestion> questions,
              std::span<const GapGroup> groups) {
  Replay all;
  all.questions.reserve(questions.size());
  for (const GapQuestion& question : questions) {
    all.questions.push_back(replay(compiled, question));
    all.n += question.n();
    if (all.questions.back().found) all.all_found += question.n();
    if (all.questions.back().sure) all.all_sure += question.n();
  }
  for (const GapGroup& group : groups) {
    std::int64_t found = 0, sure = 0;
    std::map<std::string, double> evidence;  // of all its questions, as often as they were asked
    for (const std::uint32_t q : group.questions) {
      const auto n = questions[q].n();
      if (all.questions[q].found) found += n;
      if (all.questions[q].sure) sure += n;
      for (const auto& [topic, value] : all.questions[q].nearest)
        evidence[topic] += static_cast<double>(value) * static_cast<double>(n);
    }
    std::vector<std::pair<double, std::string>> order;
    order.reserve(evidence.size());
    for (const auto& [topic, value] : evidence) order.emplace_back(-value, topic);
    std::sort(order.begin(), order.end());
    if (order.size() > kNearestTopics) order.resize(kNearestTopics);
    std::vector<std::string>& topics = all.topics.emplace_back();
    for (auto& [value, topic] : order) topics.push_back(std::move(topic));
    all.found.push_back(found);
    all.sure.push_back(sure);
  }
  return all;
}

std::vector<std::string> idle_topics(const faq::Checked& checked, Compiled& compiled,
                                     const GapSource& source, const Replay& replay) {
  if (!source.has_opened) return {};
  std::set<std::string> led_to = source.opened;
  for (const faq::TestQuestion& test : checked.tests)
    if (ask(compiled, test).found()) led_to.insert(test.topics.begin(), test.topics.end());
  for (const Replayed& one : replay.questions)
    if (one.found)
      for (const auto& [topic, evidence] : one.nearest) led_to.insert(topic);
  std::vector<std::string> idle;
  for (const snapshot::Topic& topic : checked.faq.topics)
    if (!led_to.contains(topic.id)) idle.push_back(topic.id);
  return idle;
}

}  // namespace askus::studio
