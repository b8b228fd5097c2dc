// Logarithms that are the same bits natively and in wasm: C libraries differ in the last bit of a
// float's, which is enough for another word to be shipped. A double's, rounded to float, agrees.
#pragma once

#include <cmath>

namespace askus::lexicon {

inline float log(float value) {
  return static_cast<float>(std::log(static_cast<double>(value)));
}
inline float log2(float value) {
  return static_cast<float>(std::log2(static_cast<double>(value)));
}

}  // namespace askus::lexicon
