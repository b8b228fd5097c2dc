#include "shared/faq/duplicates.h"

#include <algorithm>
#include <unordered_map>

#include "shared/faq/words.h"

namespace askus::faq {
namespace {

// The first entry with each text of each language.
class Seen {
 public:
  // The earlier entry of another id that says the same, or null.
  const Placed* add(const Placed& placed, std::string_view text) {
    const std::string key = same_text_key(text);
    if (key.empty()) return nullptr;
    const auto [at, fresh] =
        first_.try_emplace(placed.entry->version.language + "\n" + key, placed);
    return fresh || at->second.entry->id == placed.entry->id ? nullptr : &at->second;
  }

 private:
  std::unordered_map<std::string, Placed> first_;
};

void missing_in_topic(const Placed* begin, const Placed* end,
                      const std::vector<std::string>& languages, std::vector<Finding>& findings) {
  std::vector<std::string> missing;
  for (const std::string& language : languages) {
    if (std::none_of(begin, end, [&](const Placed& placed) {
          return placed.entry->version.language == language;
        }))
      missing.push_back(language);
  }
  if (!missing.empty())
    findings.push_back(finding_at(*begin, Severity::kWarning, "missing-language", "lang",
                                  begin->entry->id,
                                  "this topic has no version in " + list_of(missing)));
}

}  // namespace

std::string place_of(const Placed& placed) {
  return *placed.file + ":" + std::to_string(placed.entry->row);
}

Finding finding_at(const Placed& placed, Severity severity, std::string rule, std::string column,
                   std::string_view found, std::string remedy) {
  return {severity,          std::move(rule), *placed.file,     placed.entry->row,
          std::move(column), shorten(found),  std::move(remedy)};
}

void find_same_texts(const std::vector<Placed>& entries, std::vector<Finding>& findings) {
  Seen titles;
  Seen answers;
  for (const Placed& placed : entries) {
    const snapshot::Version& version = placed.entry->version;
    if (const Placed* other = titles.add(placed, version.title))
      findings.push_back(finding_at(
          placed, Severity::kWarning, "same-title", "title", version.title,
          "topic \"" + other->entry->id + "\" (" + place_of(*other) +
              ") has the same title; join the two, or say in the titles how they differ"));
    if (const Placed* other = answers.add(placed, version.answer))
      findings.push_back(finding_at(
          placed, Severity::kWarning, "same-answer", "answer", version.answer,
          "topic \"" + other->entry->id + "\" (" + place_of(*other) +
              ") has the same answer; join the two and keep the other title as a phrasing"));
  }
}

void find_missing_languages(const std::vector<Placed>& entries,
                            const std::vector<std::string>& languages,
                            std::vector<Finding>& findings) {
  if (languages.size() < 2 || entries.empty()) return;
  std::vector<Finding> missing;
  bool shared = false;
  std::size_t topics = 0;
  for (std::size_t begin = 0, end = 0; begin < entries.size(); begin = end, ++topics) {
    const std::string& id = entries[begin].entry->id;
    while (end < entries.size() && entries[end].entry->id == id) ++end;
    shared = shared || end - begin > 1;
    missing_in_topic(entries.data() + begin, entries.data() + end, languages, missing);
  }
  if (shared || topics == 1)
    findings.insert(findings.end(), missing.begin(), missing.end());
  else
    findings.push_back({Severity::kWarning, "missing-language", *entries.front().file, 0, "id", "",
                        "none of the " + std::to_string(topics) +
                            " topics has two of the languages " + list_of(languages) +
                            "; give the versions of one topic the same id"});
}

}  // namespace askus::faq
