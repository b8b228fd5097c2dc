// Words typed on another keyboard layout than the writer meant ("ghbdsn" for "привіт").
#pragma once

#include <array>
#include <cstdint>
#include <string>
#include <string_view>

namespace askus::text {

// What was meant, and the layout that the keyboard had.
enum class Layout : std::uint8_t {
  kUkrainian,  // on a QWERTY layout
  kRussian,    // on a QWERTY layout
  kLatinOnUkrainian,
  kLatinOnRussian,
};
inline constexpr std::array kLayouts{Layout::kUkrainian, Layout::kRussian,
                                     Layout::kLatinOnUkrainian, Layout::kLatinOnRussian};

// `text` with every character replaced by the one that the same key has in the layout meant. Folded
// to lower case; what is on no key stays.
std::string typed_as(std::string_view text, Layout meant);

}  // namespace askus::text
