// Finds strings that look like a given one. Private to shared/search.
#pragma once

#include <cstdint>
#include <string_view>
#include <vector>

#include "shared/search/buffer.h"
#include "shared/search/heap.h"
#include "shared/search/strings.h"

namespace askus::search {

// Which of a set of skeletons are like a given one, by the trigrams they share (Dice's
// coefficient). Built once; borrows the strings.
class SimilarIndex {
 public:
  explicit SimilarIndex(const Strings& strings);

  // Calls each(string, likeness) for those with a Dice coefficient of at least `least`, best first,
  // at most `most`; equal ones in order of number.
  template <typename Each>
  void find(std::string_view skeleton, float least, std::size_t most, Each each) {
    collect(skeleton, least);
    for (; most > 0 && !found_.empty(); --most) {
      const std::uint64_t key = found_.pop();
      each(number_of(key), score_of(key));
    }
  }

  // Postings walked since it was last set to 0; beyond kMaxWalked nothing is looked at.
  std::uint32_t walked = 0;

 private:
  void collect(std::string_view skeleton, float least);

  Buffer<std::uint32_t> first_;    // by trigram: where its strings start
  Buffer<std::uint32_t> strings_;  // by trigram
  Buffer<std::uint8_t> trigrams_;  // a string's number of trigrams
  Buffer<std::uint8_t> shared_;    // with the string asked for; zero between calls
  std::vector<std::uint32_t> touched_;
  Heap found_;
};

}  // namespace askus::search
