// Finds strings that look like a given one. Private to shared/search.
#pragma once

#include <cstdint>
#include <span>
#include <string_view>
#include <vector>

#include "shared/search/strings.h"

namespace askus::search {

struct Similar {
  std::uint32_t string = 0;
  float likeness = 0;  // 0 to 1
};

// Which of a set of skeletons are like a given one: by the trigrams they share (Dice's
// coefficient), or within few typing errors. Built once; borrows the strings.
class SimilarIndex {
 public:
  void build(const Strings& strings);

  // Those with a Dice coefficient of at least `least`, best first, at most `most`. Valid until the
  // next call.
  std::span<const Similar> find(std::string_view skeleton, float least, std::size_t most);

  // Postings walked since the last reset: bounds the work of a query.
  std::uint32_t walked = 0;

 private:
  const Strings* strings_ = nullptr;
  std::vector<std::uint32_t> first_;     // by trigram: where its strings start
  std::vector<std::uint32_t> of_;        // strings by trigram
  std::vector<std::uint8_t> trigrams_;   // a string's number of trigrams
  std::vector<std::uint8_t> shared_;     // of the string asked for; zero between calls
  std::vector<std::uint32_t> touched_;
  std::vector<Similar> found_;
};

// Damerau's distance in letters (optimal string alignment), or `most + 1` when it is more.
std::uint32_t distance(std::string_view a, std::string_view b, std::uint32_t most);

}  // namespace askus::search
