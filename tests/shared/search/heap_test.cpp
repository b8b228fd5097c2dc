#include "shared/search/heap.h"

#include <algorithm>
#include <random>
#include <vector>

#include "shared/search/buffer.h"
#include "tests/catch.h"

using namespace askus::search;

TEST_CASE("a key holds its score and number, and orders by them") {
  for (const float score : {0.0f, 1e-30f, 0.5f, 1.0f, 3.25f, 1e30f}) {
    for (const std::uint32_t number : {0u, 1u, 77u, 0xFFFFFFFFu}) {
      CHECK(score_of(key_of(score, number)) == score);
      CHECK(number_of(key_of(score, number)) == number);
    }
  }
  CHECK(key_of(0.5f, 9) > key_of(0.25f, 1));
  CHECK(key_of(1.0f, 9) > key_of(0.999f, 1));
  CHECK(key_of(0.5f, 1) > key_of(0.5f, 2));
}

TEST_CASE("a heap gives its keys from the largest to the smallest") {
  std::mt19937_64 random(1);
  Heap heap;
  for (const std::size_t size : {0u, 1u, 2u, 3u, 4u, 7u, 8u, 100u, 1000u}) {
    std::vector<std::uint64_t> keys(size);
    for (auto& key : keys) key = size == 100 ? random() % 10 : random();  // with equal ones too
    heap.clear();
    for (const auto key : keys) heap.add(key);
    heap.order();
    std::vector<std::uint64_t> popped;
    while (!heap.empty()) popped.push_back(heap.pop());
    std::sort(keys.rbegin(), keys.rend());
    CAPTURE(size);
    CHECK(popped == keys);
  }
}

TEST_CASE("a heap that was not emptied is cleared") {
  Heap heap;
  heap.add(1);
  heap.add(2);
  heap.order();
  CHECK(heap.pop() == 2);
  heap.clear();
  CHECK(heap.empty());
}

TEST_CASE("a buffer is zeroed, and counts become starts") {
  Buffer<std::uint32_t> counts(5);
  for (std::size_t i = 0; i < counts.size(); ++i) CHECK(counts[i] == 0);
  counts[1] = 2;  // of 0
  counts[3] = 1;  // of 2
  make_starts(counts);
  CHECK(counts[0] == 0);
  CHECK(counts[1] == 2);
  CHECK(counts[2] == 2);
  CHECK(counts[3] == 3);
  CHECK(counts[4] == 3);
  CHECK(counts.part(1, 3).size() == 2);
  Buffer<std::uint32_t> none(0);
  make_starts(none);
  CHECK(none.part(0, 0).empty());
}
