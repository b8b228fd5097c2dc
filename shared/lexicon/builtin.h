// The lexicon that comes with the program: the .txt files of this folder. Native only.
#pragma once

#include "shared/lexicon/lexicon.h"

namespace askus::lexicon {

// Parsed once; the same for all callers, from any thread. Malformed files end the program: a test
// reads them.
const Lexicon& builtin();

}  // namespace askus::lexicon
