// What is only seen when topics are looked at together.
#pragma once

#include <string>
#include <vector>

#include "shared/faq/source.h"

namespace askus::faq {

// A usable entry and its file. Both are borrowed.
struct Placed {
  const Entry* entry = nullptr;
  const std::string* file = nullptr;
};

// "faq.csv:12".
std::string place_of(const Placed& placed);

// A finding at that entry.
Finding finding_at(const Placed& placed, Severity severity, std::string rule, std::string column,
                   std::string_view found, std::string remedy);

// Titles or answers of one language that say the same under two ids.
void find_same_texts(const std::vector<Placed>& entries, std::vector<Finding>& findings);

// Topics that lack a language which the site has. When no topic at all has two languages, that is
// one finding: the ids are not shared. `entries` is sorted by id.
void find_missing_languages(const std::vector<Placed>& entries,
                            const std::vector<std::string>& languages,
                            std::vector<Finding>& findings);

}  // namespace askus::faq
