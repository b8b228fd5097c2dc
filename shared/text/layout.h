// Words typed on another keyboard layout than the writer meant ("ghbdsn" for "привіт").
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace askus::text {

enum class Layout : std::uint8_t { kUkrainian, kRussian };

// What the keys of a QWERTY keyboard give in that layout, and the other way round: `text` with
// every character that stands on a key of the one replaced by that of the other. Folded to lower
// case; what is on no key stays.
std::string typed_as(std::string_view text, Layout meant);
std::string typed_as_latin(std::string_view text, Layout used);

}  // namespace askus::text
