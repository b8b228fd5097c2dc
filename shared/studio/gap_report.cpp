#include "shared/studio/gap_report.h"

namespace askus::studio {

using nlohmann::json;

json gaps_json(const GapSource& source, std::span<const GapGroup> groups) {
  std::int64_t n = 0;
  json questions = json::array(), list = json::array();
  for (const GapQuestion& one : source.questions) {
    n += one.n();
    questions.push_back({{"text", one.text},
                         {"language", one.language},
                         {"searched", one.searched},
                         {"written", one.written}});
  }
  for (const GapGroup& group : groups) {
    json languages = json::array();
    for (std::size_t i = 0; i < group.languages.size(); ++i)
      languages.push_back({{"language", group.languages[i].first},
                           {"n", group.languages[i].second},
                           {"text", group.texts[i]}});
    list.push_back(
        {{"n", group.n}, {"languages", std::move(languages)}, {"questions", group.questions}});
  }
  return {{"from", source.from},
          {"to", source.to},
          {"n", n},
          {"untold", source.untold},
          {"questions", std::move(questions)},
          {"groups", std::move(list)}};
}

json replay_json(const Replay& replay, const std::vector<std::string>& idle) {
  json questions = json::array(), groups = json::array();
  for (const Replayed& one : replay.questions)
    questions.push_back(one.sure ? 2 : one.found ? 1 : 0);
  for (std::size_t g = 0; g < replay.found.size(); ++g)
    groups.push_back(
        {{"found", replay.found[g]}, {"sure", replay.sure[g]}, {"topics", replay.topics[g]}});
  return {{"n", replay.n},
          {"found", replay.all_found},
          {"sure", replay.all_sure},
          {"questions", std::move(questions)},
          {"groups", std::move(groups)},
          {"idle", idle}};
}

}  // namespace askus::studio
