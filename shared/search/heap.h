// The largest of many keys, one after the other. Private to shared/search.
#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

namespace askus::search {

// A score of at least 0 and what it belongs to, as a key: the higher score is the larger key, of
// equal scores the smaller number.
// (Built in, because libc++ 14 has no std::bit_cast.)
inline std::uint64_t key_of(float score, std::uint32_t number) {
  return static_cast<std::uint64_t>(__builtin_bit_cast(std::uint32_t, score)) << 32 | ~number;
}
inline float score_of(std::uint64_t key) {
  return __builtin_bit_cast(float, static_cast<std::uint32_t>(key >> 32));
}
inline std::uint32_t number_of(std::uint64_t key) {
  return ~static_cast<std::uint32_t>(key);
}

// A binary heap of keys. Filled, ordered once, then emptied as far as it is wanted.
class Heap {
 public:
  void clear() { keys_.clear(); }
  void add(std::uint64_t key) { keys_.push_back(key); }
  void order();
  bool empty() const { return keys_.empty(); }
  std::uint64_t top() const { return keys_.front(); }  // the largest; there must be one
  // Removes and returns the largest key; there must be one.
  std::uint64_t pop();

 private:
  void sink(std::size_t at);
  std::vector<std::uint64_t> keys_;
};

}  // namespace askus::search
