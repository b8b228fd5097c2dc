// Turns a FAQ into the bytes of a snapshot. Native only (the compiler and the tests).
#pragma once

#include <string>

#include "shared/base/result.h"
#include "shared/snapshot/model.h"

namespace askus::snapshot {

// The snapshot's bytes. The same FAQ gives the same bytes, whatever the order of its topics.
// Expects a FAQ that shared/faq/check.h found no errors in; what would not read back (over a
// limit, unknown category, repeated id) is refused with kMalformed or kTooLarge.
// `concepts` are those of shared/lexicon/compile.h for the same FAQ.
Result<std::string> build(const Faq& faq, const Concepts& concepts = {});

}  // namespace askus::snapshot
