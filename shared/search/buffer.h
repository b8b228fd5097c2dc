// Arrays of plain values whose size is known before they are filled. Private to shared/search.
#pragma once

#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <memory>
#include <span>
#include <type_traits>

namespace askus::search {

// Zeroed, allocated once. Out of memory ends the program: a page's panel then fails as a whole.
template <typename T>
class Buffer {
  static_assert(std::is_trivially_copyable_v<T>);

 public:
  Buffer() = default;
  explicit Buffer(std::size_t size) : size_(size) {
    if (size == 0) return;
    data_.reset(static_cast<T*>(std::calloc(size, sizeof(T))));
    if (!data_) std::abort();
  }
  std::size_t size() const { return size_; }
  T* data() { return data_.get(); }
  T& operator[](std::size_t i) { return data_.get()[i]; }
  const T& operator[](std::size_t i) const { return data_.get()[i]; }
  std::span<const T> part(std::size_t begin, std::size_t end) const {
    return {data_.get() + begin, end - begin};
  }

 private:
  struct Free {
    void operator()(T* data) const { std::free(data); }
  };
  std::unique_ptr<T[], Free> data_;
  std::size_t size_ = 0;
};

// Turns counts, one place to the right (`starts[i + 1]` counts what belongs to i), into the places
// where each one's entries start.
inline void make_starts(Buffer<std::uint32_t>& starts) {
  for (std::size_t i = 1; i < starts.size(); ++i) starts[i] += starts[i - 1];
}

}  // namespace askus::search
