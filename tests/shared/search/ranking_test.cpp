// What decides between topics that have the same words.
#include <algorithm>

#include "shared/search/constants.h"
#include "shared/search/index.h"
#include "tests/shared/search/engine.h"

using namespace askus;
using namespace askus::testing;

namespace {

// Topics of equal length whose titles say nothing; "b" is the one that should win, since of equal
// ones "a" would.
snapshot::Faq two(const std::string& a, const std::string& b) {
  return faq_of({topic("a", {version("uk", "Перше", a)}), topic("b", {version("uk", "Друге", b)}),
                 topic("c", {version("uk", "Третє", "Зовсім інше: борщ, сметана, часник.")})});
}

constexpr std::string_view kGap =
    " Далі йде багато інших слів: понеділок, вівторок, середа, "
    "четвер, субота, неділя, ранок, вечір.";

}  // namespace

TEST_CASE("a question for a number prefers the passage that has one") {
  Engine engine(two("Доставка посилки триває тиждень.", "Доставка посилки триває 5 діб."));
  struct Case {
    std::string_view query, id;
  };
  const Case cases[] = {
      {"скільки триває доставка посилки", "b"},
      {"сколько идет доставка посилки", "b"},
      {"коли буде доставка посилки", "b"},
      // No number is asked for.
      {"яка доставка посилки", "a"},
      {"доставка посилки", "a"},
  };
  for (const Case& c : cases) {
    CAPTURE(c.query);
    CHECK(engine.first(c.query, {.typing = false, .weak = true}) == c.id);
  }
}

TEST_CASE("a number far from the words asked for is none of theirs") {
  const std::string gap(kGap);
  Engine near(two("Доставка посилки триває тиждень." + gap + gap + gap + " Усього 5 діб.",
                  "Доставка посилки триває 5 діб." + gap + gap + gap + " Усього тиждень."));
  CHECK(near.first("скільки триває доставка посилки", {.typing = false, .weak = true}) == "b");
  Engine beside(two("Доставка посилки триває 5 діб." + gap + gap + gap + " Усього тиждень.",
                    "Доставка посилки триває тиждень." + gap + gap + gap + " Усього 5 діб."));
  CHECK(beside.first("скільки триває доставка посилки", {.typing = false, .weak = true}) == "a");
}

TEST_CASE("neighbours of the query that stand side by side win") {
  struct Case {
    std::string_view query;
    std::string apart, together;
  };
  const Case cases[] = {
      {"мобільний застосунок", "Мобільний номер і новий застосунок.",
       "Номер і новий мобільний застосунок."},
      // In either order, and with a word between.
      {"застосунок мобільний", "Мобільний номер і новий застосунок.",
       "Номер і новий мобільний застосунок."},
      {"мобільний застосунок", "Мобільний номер має новий застосунок.",
       "Номер має мобільний новий застосунок."},
  };
  for (const Case& c : cases) {
    CAPTURE(c.query, c.together);
    Engine engine(two(c.apart, c.together));
    CHECK(engine.first(c.query, {.typing = false, .weak = true}) == "b");
    Engine swapped(two(c.together, c.apart));
    CHECK(swapped.first(c.query, {.typing = false, .weak = true}) == "a");
  }
  // Words that are no neighbours in the query are no pair.
  Engine engine(two("Мобільний номер і новий застосунок.", "Номер і новий мобільний застосунок."));
  CHECK(engine.first("мобільний борщ застосунок", {.typing = false, .weak = true}) != "b");
}

TEST_CASE("stop words count more the larger the FAQ, never more than words") {
  const auto weight = [](int documents) {
    std::vector<snapshot::Topic> topics;
    topics.reserve(static_cast<std::size_t>(documents));
    for (int i = 0; i < documents; ++i)
      topics.push_back(topic("t" + std::to_string(100'000 + i), {version("uk", "Як", "Так.")}));
    const AlignedBytes bytes(built(faq_of(std::move(topics))));
    const auto opened = snapshot::Snapshot::open(bytes.span()).value();
    return search::Index::State(opened).stop_weight;
  };
  constexpr int kFew = static_cast<int>(search::kFewDocuments),
                kMany = static_cast<int>(search::kManyDocuments);
  CHECK(weight(0) == search::kStopWordWeight);
  CHECK(weight(1) == search::kStopWordWeight);
  CHECK(weight(kFew - 1) == search::kStopWordWeight);
  CHECK(weight(kFew + 1) > search::kStopWordWeight);
  CHECK(weight(2'000) > weight(kFew + 1));
  CHECK(weight(2'000) < 1);
  CHECK(weight(kMany - 1) == 1);
  CHECK(weight(kMany + 1) == 1);
}

TEST_CASE("in a large FAQ a stop word that is rare decides") {
  // Both have the word asked for; only "b" has the stop word as well, but in a longer text.
  const auto faq = [](int others) {
    auto out = two("Доставка.", "Доставка." + std::string(kGap) + " Через.");
    for (int i = 0; i < others; ++i)
      out.topics.push_back(
          topic("x" + std::to_string(10'000 + i), {version("uk", "Борщ", std::string(kGap))}));
    return out;
  };
  Engine small(faq(20)), large(faq(6'000));
  CHECK(small.first("через доставка", {.typing = false, .weak = true}) == "a");
  CHECK(large.first("через доставка", {.typing = false, .weak = true}) == "b");
}
