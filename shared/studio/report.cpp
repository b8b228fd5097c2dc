#include "shared/studio/report.h"

namespace askus::studio {

using nlohmann::json;

std::string dump(const json& value) {
  return value.dump(-1, ' ', false, json::error_handler_t::replace);
}

json findings_json(const std::vector<faq::Finding>& findings) {
  json list = json::array();
  for (const faq::Finding& f : findings)
    list.push_back({{"severity", f.severity == faq::Severity::kError ? "error" : "warning"},
                    {"rule", f.rule},
                    {"file", f.file},
                    {"row", f.row},
                    {"column", f.column},
                    {"found", f.found},
                    {"remedy", f.remedy}});
  return list;
}

json test_json(const faq::TestQuestion& question, const Asked& asked) {
  return {{"question", question.question},
          {"language", question.language},
          {"topics", question.topics},
          {"row", question.row},
          {"rank", asked.rank},
          {"first", asked.first},
          {"found", asked.found()}};
}

json comparison_json(const Comparison& comparison) {
  return {{"question", comparison.question->question},
          {"topics", comparison.question->topics},
          {"before", comparison.before},
          {"after", comparison.after},
          {"worse", comparison.worse()}};
}

json categories_json(const snapshot::Settings& settings) {
  json list = json::array();
  for (const snapshot::Category& category : settings.categories)
    list.push_back({{"id", category.id}, {"title", category.title}});
  return list;
}

json hit_json(const snapshot::Snapshot& snapshot, const search::Hit& hit) {
  const auto& topic = snapshot.topic(hit.topic);
  constexpr const char* kNames[] = {"nothing", "maybe", "answers"};
  return {{"id", snapshot::view(topic.id())},
          {"title", snapshot::view(snapshot.version(topic, hit.language).title())},
          {"language", snapshot::view(snapshot.root().languages()->Get(hit.language))},
          {"score", hit.score},
          {"confidence", kNames[static_cast<std::size_t>(hit.confidence)]}};
}

json diff_json(const faq::Diff& diff) {
  json changed = json::array();
  for (const faq::Change& change : diff.changed)
    changed.push_back({{"id", change.id}, {"what", change.what}});
  return {{"added", diff.added},
          {"gone", diff.gone},
          {"changed", std::move(changed)},
          {"settings", diff.settings}};
}

}  // namespace askus::studio
