// Short strings by number. Private to shared/search.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "shared/search/buffer.h"

namespace askus::search {

inline constexpr std::uint32_t kNone = 0xFFFFFFFF;

// Distinct strings, numbered in order of first appearance, in one arena with a hash table.
class Strings {
 public:
  // The number of a string; a new one is added.
  std::uint32_t add(std::string_view text);
  // The number of a string, or kNone.
  std::uint32_t find(std::string_view text) const;
  std::string_view operator[](std::uint32_t number) const {
    return {arena_.data() + ends_[number], ends_[number + 1] - ends_[number]};
  }
  std::uint32_t size() const { return static_cast<std::uint32_t>(ends_.size() - 1); }

 private:
  struct Slot {
    std::uint32_t number = 0;  // plus one; 0: free
    std::uint32_t hash = 0;
  };
  bool is(std::uint32_t number, std::string_view text) const;
  std::size_t slot(std::string_view text, std::uint32_t hash) const;
  void grow();

  std::string arena_;
  std::vector<std::uint32_t> ends_{0};
  Buffer<Slot> slots_{1024};
};

}  // namespace askus::search
