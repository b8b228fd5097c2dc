#include "shared/search/heap.h"

#include <utility>

namespace askus::search {

void Heap::sink(std::size_t at) {
  for (;;) {
    std::size_t child = 2 * at + 1;
    if (child >= keys_.size()) return;
    if (child + 1 < keys_.size() && keys_[child + 1] > keys_[child]) ++child;
    if (keys_[child] <= keys_[at]) return;
    std::swap(keys_[child], keys_[at]);
    at = child;
  }
}

void Heap::order() {
  for (std::size_t at = keys_.size() / 2; at-- > 0;) sink(at);
}

std::uint64_t Heap::pop() {
  const std::uint64_t top = keys_.front();
  keys_.front() = keys_.back();
  keys_.pop_back();
  sink(0);
  return top;
}

}  // namespace askus::search
