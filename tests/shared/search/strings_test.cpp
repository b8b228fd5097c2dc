#include "shared/search/strings.h"

#include <string>

#include "tests/catch.h"

using askus::search::kNone;
using askus::search::Strings;

TEST_CASE("strings are numbered in order of first appearance") {
  Strings strings;
  CHECK(strings.size() == 0);
  CHECK(strings.find("a") == kNone);
  CHECK(strings.find("") == kNone);
  CHECK(strings.add("b") == 0);
  CHECK(strings.add("a") == 1);
  CHECK(strings.add("b") == 0);
  CHECK(strings.add("") == 2);
  CHECK(strings.add("ab") == 3);
  CHECK(strings.size() == 4);
  CHECK(strings[0] == "b");
  CHECK(strings[2].empty());
  CHECK(strings.find("ab") == 3);
  CHECK(strings.find("ba") == kNone);
}

TEST_CASE("a string may hold any bytes") {
  Strings strings;
  const std::string zero("\0", 1), zeros("\0\0", 2);
  CHECK(strings.add(zero) == 0);
  CHECK(strings.add(zeros) == 1);
  CHECK(strings.add("\xFF\x80") == 2);
  CHECK(strings[1] == zeros);
  CHECK(strings.find(zero) == 0);
}

TEST_CASE("the table grows and keeps all") {
  Strings strings;
  constexpr std::uint32_t kMany = 20'000;
  for (std::uint32_t i = 0; i < kMany; ++i) REQUIRE(strings.add(std::to_string(i)) == i);
  REQUIRE(strings.size() == kMany);
  bool kept = true;
  for (std::uint32_t i = 0; i < kMany; ++i)
    kept = kept && strings[i] == std::to_string(i) && strings.find(std::to_string(i)) == i &&
           strings.add(std::to_string(i)) == i;
  CHECK(kept);
  CHECK(strings.size() == kMany);
  CHECK(strings.find(std::to_string(kMany)) == kNone);
}
