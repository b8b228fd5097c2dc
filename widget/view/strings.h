// String lists: how texts cross the border between page and core (docs/panel-protocol.md), and
// text lists, the same for what the page keeps as text.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "shared/base/result.h"

namespace askus::view {

inline constexpr std::size_t kMaxListed = 256;  // strings of one payload

// Adds one string to a string list: its size as little-endian u32, then its bytes.
void append_string(std::string& list, std::string_view text);

// The strings of a list, as views into it. kMalformed when a size points beyond the end,
// kTooLarge beyond kMaxListed strings.
Result<std::vector<std::string_view>> read_strings(std::string_view list);

// The same with the size as decimal text and a colon, so that a list of UTF-8 strings is UTF-8.
void append_text(std::string& list, std::string_view text);
Result<std::vector<std::string_view>> read_texts(std::string_view list);

}  // namespace askus::view
