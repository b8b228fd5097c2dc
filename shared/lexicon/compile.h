// From a lexicon and a FAQ to the concepts of its snapshot. Native only.
#pragma once

#include "shared/lexicon/lexicon.h"
#include "shared/snapshot/model.h"

namespace askus::lexicon {

// What each version of each topic is about, and of the lexicon just what these concepts need. The
// same input gives the same output, whatever the order of the topics.
snapshot::Concepts compile(const Lexicon& lexicon, const snapshot::Faq& faq);

}  // namespace askus::lexicon
