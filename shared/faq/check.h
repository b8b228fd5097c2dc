// Finds what is wrong with a FAQ, and assembles it.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "shared/faq/source.h"
#include "shared/snapshot/model.h"

namespace askus::faq {

struct Checked {
  snapshot::Faq faq;              // what can be built: entries with errors are left out
  std::vector<Finding> findings;  // sorted by file, row, column
  bool has_errors() const;
  bool has_warnings() const;
};

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
