// What the compiler finds, as JSON: for the page and for askus-faq --json.
#pragma once

#include <nlohmann/json.hpp>
#include <string>
#include <vector>

#include "shared/faq/check.h"
#include "shared/snapshot/snapshot.h"
#include "shared/studio/questions.h"

namespace askus::studio {

// Never fails: what is no UTF-8 becomes U+FFFD.
std::string dump(const nlohmann::json& value);

nlohmann::json findings_json(const std::vector<faq::Finding>& findings);
nlohmann::json test_json(const faq::TestQuestion& question, const Asked& asked);
nlohmann::json comparison_json(const Comparison& comparison);
nlohmann::json categories_json(const snapshot::Settings& settings);
nlohmann::json hit_json(const snapshot::Snapshot& snapshot, const search::Hit& hit);
nlohmann::json diff_json(const faq::Diff& diff);

}  // namespace askus::studio
