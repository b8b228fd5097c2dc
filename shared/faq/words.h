// Text helpers of the source formats and their checks. Everything here expects valid UTF-8 unless
// it says otherwise.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace askus::faq {

// Without the white space at both ends (ASCII, no-break space, byte order mark). Any bytes.
std::string_view trim(std::string_view text);

// Canonically composed (NFC), with line ends as LF.
std::string normalise(std::string_view text);

// For a finding: one line of at most kShownCharacters, bytes that are not UTF-8 as U+FFFD. Any
// bytes.
inline constexpr std::size_t kShownCharacters = 60;
std::string shorten(std::string_view text);

// Lower case of A to Z.
std::string lower(std::string_view text);

// Equal for texts that say the same: case folded, without white space and punctuation.
std::string same_text_key(std::string_view text);

// The candidate most like `word` (Levenshtein distance of the folded characters, at most a third
// of the word's length and one), or empty.
std::string nearest(std::string_view word, const std::vector<std::string>& candidates);

// "a, b, c", at most `limit` of them, then "and N more".
std::string list_of(const std::vector<std::string>& words, std::size_t limit = 12);

// The parts between separators, trimmed, without empty ones.
std::vector<std::string> split(std::string_view text, std::string_view separators);

}  // namespace askus::faq
