#include "shared/search/similar.h"

#include <algorithm>
#include <iterator>
#include <random>
#include <set>
#include <string>
#include <tuple>
#include <utility>
#include <vector>

#include "shared/search/constants.h"
#include "tests/catch.h"

using namespace askus::search;

namespace {

using Found = std::vector<std::pair<std::string, float>>;

Found found(const Strings& strings, SimilarIndex& similar, std::string_view like, float least,
            std::size_t most) {
  Found out;
  similar.find(like, least, most,
               [&](std::uint32_t number, float dice) { out.emplace_back(strings[number], dice); });
  return out;
}

Strings strings_of(const std::vector<std::string>& all) {
  Strings strings;
  for (const auto& s : all) strings.add(s);
  return strings;
}

// Dice's coefficient of the trigrams, with one pad at both ends.
float dice(const std::string& a, const std::string& b) {
  const auto trigrams = [](const std::string& word) {
    std::multiset<std::string> out;
    const std::string padded = " " + word + " ";
    for (std::size_t i = 0; i + 3 <= padded.size(); ++i) out.insert(padded.substr(i, 3));
    return out;
  };
  const auto of_a = trigrams(a), of_b = trigrams(b);
  std::vector<std::string> shared;
  std::set_intersection(of_a.begin(), of_a.end(), of_b.begin(), of_b.end(),
                        std::back_inserter(shared));
  return 2.0f * static_cast<float>(shared.size()) / static_cast<float>(of_a.size() + of_b.size());
}

}  // namespace

TEST_CASE("what looks alike is found, the likest first") {
  const Strings strings =
      strings_of({"internet", "intertet", "roter", "ruter", "SvidkiSt", "kabl"});
  SimilarIndex similar(strings);
  CHECK(found(strings, similar, "internet", 0.99f, 9) == Found{{"internet", 1.0f}});
  const Found typo = found(strings, similar, "intrnet", 0.25f, 9);
  REQUIRE_FALSE(typo.empty());
  CHECK(typo[0].first == "internet");
  CHECK(found(strings, similar, "svidkist", 0.1f, 9).size() <= 1);  // S is no s
  CHECK(found(strings, similar, "", 0, 9).empty());
  CHECK(found(strings, similar, "internet", 0, 0).empty());
  CHECK(found(strings, similar, "internet", 0, 1).size() == 1);
}

TEST_CASE("of equal likeness the smaller number comes first") {
  const Strings strings = strings_of({"xabcd", "yabcd", "zabcd"});
  SimilarIndex similar(strings);
  CHECK(found(strings, similar, "abcd", 0.1f, 2) ==
        Found{{"xabcd", dice("xabcd", "abcd")}, {"yabcd", dice("yabcd", "abcd")}});
}

TEST_CASE("nothing is like anything in an empty set") {
  const Strings strings;
  SimilarIndex similar(strings);
  CHECK(found(strings, similar, "internet", 0, 9).empty());
}

TEST_CASE("all that Dice's coefficient admits is found, and nothing else") {
  std::mt19937 random(1);
  // No trigram twice in a word: repeated ones are counted more simply than by the formula.
  const auto word = [&random] {
    std::string letters = "abdeiknorst";
    std::shuffle(letters.begin(), letters.end(), random);
    return letters.substr(0, 1 + random() % 9);
  };
  Strings strings;
  for (int i = 0; i < 400; ++i) strings.add(word());
  SimilarIndex similar(strings);
  for (int i = 0; i < 200; ++i) {
    const std::string like = word();
    const float least = 0.25f;
    std::vector<std::tuple<float, std::uint32_t>> expected;
    for (std::uint32_t s = 0; s < strings.size(); ++s) {
      const float value = dice(like, std::string(strings[s]));
      if (value >= least) expected.emplace_back(-value, s);
    }
    std::sort(expected.begin(), expected.end());
    std::vector<std::tuple<float, std::uint32_t>> got;
    similar.find(like, least, strings.size(),
                 [&](std::uint32_t s, float value) { got.emplace_back(-value, s); });
    CAPTURE(like);
    CHECK(got == expected);
  }
}

TEST_CASE("the work is bounded until it is allowed again") {
  Strings strings;
  for (int i = 0; i < 2'000; ++i) strings.add("aaab" + std::to_string(i));
  SimilarIndex similar(strings);
  for (int i = 0; i < 400; ++i) found(strings, similar, "aaab1", 0.9f, 1);
  CHECK(similar.walked > kMaxWalked);
  CHECK(similar.walked <=
        kMaxWalked + strings.size() * 2);  // the last posting list is walked whole
  CHECK(found(strings, similar, "aaab1", 0.9f, 1).empty());
  similar.walked = 0;
  CHECK(found(strings, similar, "aaab1", 0.9f, 1).size() == 1);
}
