// How many slips of the finger part two words.
#pragma once

#include <cstddef>
#include <string_view>

namespace askus::text {

// Letters that have to be put in, left out, changed or swapped with their neighbour to make one
// word of the other (optimal string alignment); `most` and one more stand for more. Of words of at
// most kMaxTokenBytes.
std::size_t slips(std::string_view a, std::string_view b, std::size_t most);

}  // namespace askus::text
