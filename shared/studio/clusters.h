// Puts meanings that are near each other together.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "shared/studio/meaning.h"

namespace askus::studio {

// Each of the meanings in exactly one cluster, by index, ascending; clusters by their first member.
// Earlier meanings lead: a cluster grows around them. Time grows with the number of meanings times
// that of the clusters which share a word with each.
std::vector<std::vector<std::uint32_t>> cluster(std::span<const Meaning> meanings);

}  // namespace askus::studio
