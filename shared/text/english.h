// English stems.
#pragma once

#include <cstddef>

namespace askus::text {

// Makes the lower-case Latin word letters[0, size) its stem, in place; returns the stem's size,
// which is at most `size`. The algorithm is Porter2 (snowballstem.org/algorithms/english).
std::size_t english_stem(char* letters, std::size_t size);

}  // namespace askus::text
