// Finds what is wrong with a FAQ, and assembles it.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "shared/faq/source.h"
#include "shared/snapshot/model.h"

namespace askus::faq {

// A question that must find one of the topics (all the same: the same question may stand with
// several), in that language; where it was written first.
struct TestQuestion {
  std::string question, language;
  std::vector<std::string> topics;
  std::string file;
  std::uint32_t row = 0;
};

// Where a version of a topic was written.
struct VersionPlace {
  std::string id, language, file;
  std::uint32_t row = 0;
};

struct Checked {
  snapshot::Faq faq;                    // what can be built: entries with errors are left out
  std::vector<Finding> findings;        // sorted by file, row, column
  std::vector<TestQuestion> tests;      // in the order of topics and languages
  std::vector<VersionPlace> places;     // of the versions in faq, in their order
  std::uint32_t review_after_days = 0;  // of the settings; 0: answers do not grow old
  bool has_errors() const;
  bool has_warnings() const;
};

// By file, row and column, as Checked::findings are.
void sort_findings(std::vector<Finding>& findings);

// Joins the sources' entries into topics (the same id: one topic) and checks everything. Where the
// settings name no languages, they are those of the entries in order of appearance; categories that
// occur are added only when the settings define none at all.
Checked check(const SettingsSource& settings, const std::vector<Source>& sources);

// Topics added, gone, and changed (with the names of what changed), each sorted by id.
struct Change {
  std::string id;
  std::vector<std::string> what;  // "uk.title", "ru", "category", ...
};
struct Diff {
  std::vector<std::string> added, gone;
  std::vector<Change> changed;
  std::vector<std::string> settings;  // names of the settings that changed
};
Diff diff(const snapshot::Faq& older, const snapshot::Faq& newer);

}  // namespace askus::faq
