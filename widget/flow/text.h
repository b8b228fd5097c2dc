// Texts from the page: bytes until they are checked.
#pragma once

#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace askus::flow {

// `text` as it may be kept: well-formed UTF-8 (else empty) without NUL, at most `limit` bytes.
std::string clean(std::string_view text, std::size_t limit);

// The same on one line: line ends and tabs become spaces.
std::string clean_line(std::string_view text, std::size_t limit);

// The pairs of a string list of names and values; empty when its form is broken or a string is not
// UTF-8. Views into `list`.
using Pairs = std::vector<std::pair<std::string_view, std::string_view>>;
Pairs read_pairs(std::string_view list);

// The first `limit` of the words that spaces separate.
std::vector<std::string> split_words(std::string_view text, std::size_t limit);

}  // namespace askus::flow
