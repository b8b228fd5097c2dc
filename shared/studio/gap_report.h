// The gaps as JSON, for the page and for askus-faq gaps --json.
#pragma once

#include <nlohmann/json.hpp>
#include <span>
#include <string>
#include <vector>

#include "shared/studio/gaps.h"
#include "shared/studio/replay.h"

namespace askus::studio {

// {"from", "to", "n", "untold", "questions": [{"text", "language", "searched", "written"}],
//  "groups": [{"n", "languages": [{"language", "n", "text"}], "questions": [numbers]}]}
nlohmann::json gaps_json(const GapSource& source, std::span<const GapGroup> groups);

// {"n", "found", "sure", "questions": [0 not found, 1 found, 2 for sure],
//  "groups": [{"found", "sure", "topics": [ids]}], "idle": [ids]}
nlohmann::json replay_json(const Replay& replay, const std::vector<std::string>& idle);

}  // namespace askus::studio
