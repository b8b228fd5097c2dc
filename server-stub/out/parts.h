// Long texts in parts that a platform takes.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace askus::out {

// The text in parts of at most `limit` UTF-16 units (as the platforms count: a face is two), cut
// between paragraphs, lines, sentences or words where the last third of a part has such a place,
// never inside of a character. White space at a cut is left out. One part at least.
std::vector<std::string> parts_of(std::string_view text, std::size_t limit);

}  // namespace askus::out
