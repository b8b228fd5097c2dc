// What words say of a writer's tone. Private to shared/tone.
#pragma once

#include <span>
#include <string_view>

namespace askus::tone {

// Phrases parted by commas, each a word or several that stand together (one other word may stand
// between two). Words match by their stems' skeletons, so a form of each is enough, and what is
// alike in Ukrainian and Russian matches both.
struct Group {
  float weight;  // positive is pleased
  // Courtesy at the end of a question says nothing of the tone.
  bool courtesy;
  std::string_view phrases;
};

std::span<const Group> groups();

// What turns the word behind it into its opposite.
std::string_view negations();
// What asks for something, so that thanks are courtesy.
std::string_view asking();

}  // namespace askus::tone
