// How much a campaign does: a short form in the tests, the full one by scripts/soak.
#pragma once

#include <charconv>
#include <cstdlib>
#include <string_view>

namespace askus::testing {

// The environment's number of that name, or the short form's.
inline int count_of(const char* variable, int short_form) {
  const char* text = std::getenv(variable);
  if (text == nullptr) return short_form;
  const std::string_view digits(text);
  int count = short_form;
  std::from_chars(digits.data(), digits.data() + digits.size(), count);
  return count;
}

}  // namespace askus::testing
