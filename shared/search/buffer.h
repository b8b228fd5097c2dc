// Arrays of plain values whose size is known before they are filled. Private to shared/search.
#pragma once

#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <memory>
#include <span>
#include <type_traits>

namespace askus::search {

// For a buffer that is filled before it is read.
struct Unset {};
inline constexpr Unset kUnset;

// Zeroed unless kUnset, allocated once. Out of memory ends the program: a page's panel then fails
// as a whole.
template <typename T>
class Buffer {
  static_assert(std::is_trivially_copyable_v<T>);

 public:
  Buffer() = default;
  explicit Buffer(std::size_t size) : Buffer(size, std::calloc(size, sizeof(T))) {}
  Buffer(std::size_t size, Unset) : Buffer(size, std::malloc(size * sizeof(T))) {}
  std::size_t size() const { return size_; }
  T* data() { return data_.get(); }
  T& operator[](std::size_t i) { return data_.get()[i]; }
  const T& operator[](std::size_t i) const { return data_.get()[i]; }
  std::span<const T> part(std::size_t begin, std::size_t end) const {
    return {data_.get() + begin, end - begin};
  }

 private:
  Buffer(std::size_t size, void* data) : data_(static_cast<T*>(data)), size_(size) {
    if (!data_ && size > 0) std::abort();
  }

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
