// Every text that differs from another in one byte.
#pragma once

#include <functional>
#include <string>
#include <string_view>

namespace askus::testing {

// Calls `check` with each of the 255 other values at each position.
inline void each_mutation(std::string_view text,
                          const std::function<void(const std::string&)>& check) {
  std::string mutated(text);
  for (std::size_t at = 0; at < text.size(); ++at) {
    for (int value = 0; value < 256; ++value) {
      mutated[at] = static_cast<char>(value);
      if (mutated[at] != text[at]) check(mutated);
    }
    mutated[at] = text[at];
  }
}

}  // namespace askus::testing
