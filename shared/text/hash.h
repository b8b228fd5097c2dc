// A hash of short texts, for tables in memory and for the lexicon's words in a snapshot: what it
// gives is part of the snapshot's format.
#pragma once

#include <cstdint>
#include <string_view>

namespace askus::text {

// FNV-1a of 32 bits (RFC 9923), its high half mixed into the low one.
inline std::uint32_t hash(std::string_view text) {
  std::uint32_t value = 2166136261u;
  for (const char c : text) value = (value ^ static_cast<unsigned char>(c)) * 16777619u;
  return value ^ value >> 16;
}

}  // namespace askus::text
