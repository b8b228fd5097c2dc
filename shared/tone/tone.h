// Whether somebody writes pleased or displeased, guessed from the text alone: a guess to sort by,
// never more sure than its words. A problem told calmly is neutral. Ukrainian, Russian, English.
#pragma once

#include <cstdint>
#include <string_view>

namespace askus::tone {

enum class Tone : std::uint8_t { kNegative, kNeutral, kPositive };

std::string_view name_of(Tone tone);  // negative, neutral, positive

// What a visitor's own mood (happy, indifferent, upset) comes to; neutral for any other text.
Tone of_mood(std::string_view mood);

// Any bytes are valid; of a text the first kMostRead words count. The same text gives the same.
// Thread-safe.
Tone guess(std::string_view text);

inline constexpr std::size_t kMostRead = 600;

}  // namespace askus::tone
