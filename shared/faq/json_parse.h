// nlohmann/json with what findings need: lines, and keys that occur twice.
#pragma once

#include <cstdint>
#include <nlohmann/json.hpp>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace askus::faq {

// Where an object starts: its depth (0: the value itself), the key of the outermost object that it
// lies under (empty: none), and its line.
struct JsonPlace {
  int depth = 0;
  std::string under;
  std::uint32_t line = 0;
};

struct JsonProblem {
  std::uint32_t line = 0;
  std::string text;
};

// NOLINTNEXTLINE(bugprone-exception-escape): the library's move only asserts
struct ParsedJson {
  nlohmann::json value;  // discarded when there is an error
  std::vector<JsonPlace> objects;
  std::vector<JsonProblem> repeated;  // text: the key
  std::optional<JsonProblem> error;
};

// No format of ours, and no export that we read, is nearly as deep.
inline constexpr std::size_t kMaxJsonDepth = 100;

// Any bytes; `first_line` is the line that they start on. Never throws for what the bytes hold.
ParsedJson parse_json(std::string_view bytes, std::uint32_t first_line = 1);

}  // namespace askus::faq
