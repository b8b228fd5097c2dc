// Lists of short words, walked without looking for where each one ends.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <string_view>

#include "shared/text/letters.h"

namespace askus::text {

// Written in one literal, a space or a colon behind each part; kept as the length of each part and
// its letters, so that each takes the place it was written in.
template <std::size_t Size>
struct Parts {
  std::array<char, Size> bytes{};
  std::size_t size = 0;
  explicit consteval Parts(const Letters<Size>& letters) {
    for (std::size_t i = 0; i < letters.size; ++i) {
      if (letters.bytes[i] != ' ' && letters.bytes[i] != ':') {
        bytes[i + 1] = letters.bytes[i];
      } else {
        bytes[size] = static_cast<char>(i - size);
        size = i + 1;
      }
    }
  }
  constexpr const char* begin() const { return bytes.data(); }
  constexpr const char* end() const { return bytes.data() + size; }
};

// The part at `at`, which moves behind it.
constexpr std::string_view next_part(const char*& at) {
  const std::string_view part(at + 1, static_cast<std::size_t>(*at));
  at += part.size() + 1;
  return part;
}

// Whether two runs of bytes are the same. What std::string_view has is several calls deep where
// code is compiled for size, and this is asked for every word of a text.
inline bool same(const char* a, const char* b, std::size_t size) {
  while (size > 0 && a[size - 1] == b[size - 1]) --size;
  return size == 0;
}
inline bool ends_with(std::string_view word, std::string_view part) {
  return word.size() >= part.size() &&
         same(word.data() + word.size() - part.size(), part.data(), part.size());
}

void parts_out_of_order();  // not constexpr on purpose: reaching it ends a compilation

// Where the parts of each group begin in a list that has them group by group, the longest of each
// first; the compiler refuses one that has not. `group_of` gives a part's group, below Count.
template <std::size_t Count>
struct Groups {
  std::array<std::uint16_t, Count + 1> starts{};
  template <std::size_t Size, typename GroupOf>
  consteval Groups(const Parts<Size>& parts, GroupOf group_of) {
    std::size_t group = 0, longest = 0, start = 0;
    for (const char* at = parts.begin(); at != parts.end();) {
      const std::string_view part = next_part(at);
      const std::size_t here = group_of(part);
      if (here < group || (here == group && start != 0 && part.size() > longest))
        parts_out_of_order();
      for (; group < here; ++group) starts[group + 1] = static_cast<std::uint16_t>(start);
      longest = part.size();
      start += part.size() + 1;
    }
    for (; group < Count; ++group) starts[group + 1] = static_cast<std::uint16_t>(start);
  }
};

}  // namespace askus::text
