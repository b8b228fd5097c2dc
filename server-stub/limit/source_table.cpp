#include "server-stub/limit/source_table.h"

#include <algorithm>
#include <bit>

namespace askus::limit {

SourceTable::SourceTable(std::size_t sources, const HashKey& key)
    : key_(key), sets_(std::max(kLocks, std::bit_ceil((sources + kWays - 1) / kWays))) {
  sources_.resize(sets_ * kWays);
}

std::uint64_t SourceTable::hash(const std::array<std::uint8_t, 16>& name) const {
  return std::max<std::uint64_t>(1, siphash(key_, name));
}

Source& SourceTable::find(std::size_t set, std::uint64_t key) {
  const auto begin = sources_.begin() + static_cast<std::ptrdiff_t>(set * kWays);
  const auto end = begin + static_cast<std::ptrdiff_t>(kWays);
  const auto known = std::find_if(begin, end, [key](const Source& s) { return s.key == key; });
  if (known != end) return *known;
  // An empty place is full since ever.
  const auto oldest = std::min_element(
      begin, end, [](const Source& a, const Source& b) { return a.full_at() < b.full_at(); });
  *oldest = Source{key, {}, {}, {}};
  return *oldest;
}

}  // namespace askus::limit
