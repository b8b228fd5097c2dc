// The questions of a period as they come from the server, or out of a file.
#pragma once

#include <cstdint>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "shared/base/result.h"
#include "shared/studio/gaps.h"

namespace askus::studio {

struct GapSource {
  std::string from, to;  // empty: not said
  std::vector<GapQuestion> questions;
  std::int64_t untold = 0;  // asked in vain as well, without a text
  // Topics whose answers were opened in these days; not known from JSON Lines.
  std::set<std::string> opened;
  bool has_opened = false;
};

// The answer of GET /v1/sites/{site}/gaps (docs/http-api.md), or JSON Lines of {"text", "language",
// "searched", "written"}, of which only the text is required: without numbers it was searched for
// once. The same text and language again adds up. kMalformed with what is wrong, kTooLarge beyond
// kMaxGapQuestions.
Result<GapSource> parse_gaps(std::string_view bytes);

}  // namespace askus::studio
