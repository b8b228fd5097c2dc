#include "shared/search/search.h"

#include <algorithm>

#include "tests/shared/search/engine.h"

using namespace askus;
using namespace askus::testing;

TEST_CASE("a question finds its topic in any form and language") {
  Engine engine(sample_faq());
  CHECK(engine.first("немає інтернету", {.language = 0}) == "no-internet");
  CHECK(engine.first("зник інтернет") == "no-internet");
  CHECK(engine.first("сплатити") == "pay");
  CHECK(engine.first("how to pay", {.language = 0}) == "pay");
  CHECK(engine.ids("television", {.language = 0}) == Ids{"tv"});
  CHECK(engine.ids("борщ").empty());
  CHECK(engine.ids("").empty());
}

TEST_CASE("an unfinished word is found while typing, not after it") {
  Engine engine(faq_of({topic("tv", {version("en", "Television freezes", "Restart the box.")}),
                        topic("bill", {version("en", "Where is my bill?", "In the account.")})}));
  CHECK(engine.ids("t").empty());
  CHECK(engine.first("te", {.weak = true}) == "tv");
  CHECK(engine.first("tel") == "tv");
  CHECK(engine.ids("tel ").empty());
  CHECK(engine.ids("te", {.typing = false}).empty());
}

TEST_CASE("the order is the same every time, in any index of the same FAQ") {
  snapshot::Faq faq = faq_of(varied_topics());
  Engine engine(faq);
  std::reverse(faq.topics.begin(), faq.topics.end());
  Engine other(faq);
  for (const std::string_view query :
       {"як налаштувати пароль", "кабель", "restart router кіно", "як"}) {
    CAPTURE(query);
    const Ids once = engine.ids(query, {.weak = true});
    engine.ids("щось зовсім інше, television");
    CHECK(once == engine.ids(query, {.weak = true}));
    CHECK(once == other.ids(query, {.weak = true}));
  }
}

TEST_CASE("equal topics are in the order of their ids") {
  std::vector<snapshot::Topic> topics;
  for (const char* id : {"c", "a", "d", "b"})
    topics.push_back(topic(id, {version("uk", "Тариф", "Відповідь.")}));
  CHECK(Engine(faq_of(topics)).ids("тариф") == Ids{"a", "b", "c", "d"});
}

TEST_CASE("the limit holds, and the best are within it") {
  std::vector<snapshot::Topic> topics;
  for (int i = 100; i < 200; ++i)
    topics.push_back(topic("t" + std::to_string(i),
                           {version("uk", "Тариф номер " + std::to_string(i), "Швидкий тариф.")}));
  Engine engine(faq_of(topics));
  const Ids all = engine.ids("тариф", {.limit = 1'000});
  CHECK(all.size() == search::kMaxHits);
  for (const std::uint32_t limit : {0u, 1u, 2u, 20u, search::kMaxHits - 1, search::kMaxHits}) {
    const Ids some = engine.ids("тариф", {.limit = limit});
    CAPTURE(limit);
    REQUIRE(some.size() == limit);
    CHECK(std::equal(some.begin(), some.end(), all.begin()));
  }
  CHECK(engine.ids("тариф").size() == 20);
}

TEST_CASE("a topic is one hit, however many of its languages match") {
  Engine engine(faq_of(varied_topics()));
  const Ids ids = engine.ids("wi-fi");
  CHECK(std::count(ids.begin(), ids.end(), "wifi") == 1);
}

TEST_CASE("hits that are no evidence are shown only when asked for") {
  Engine engine(faq_of(varied_topics()));
  constexpr std::string_view kQuery =
      "мій сусід купив нову швидку машину, а договор загубив десь у лісі";
  const auto count = engine.index().search(kQuery, {.typing = false}).size();
  const auto weak = engine.index().search(kQuery, {.typing = false, .weak = true});
  CHECK(weak.size() > count);
  for (std::size_t i = 0; i < weak.size(); ++i) {
    CAPTURE(i);
    CHECK((weak[i].confidence == search::Confidence::kNothing) == (i >= count));
  }
}

TEST_CASE("confidence follows the evidence") {
  Engine engine(faq_of(varied_topics()));
  const auto confidence = [&](std::string_view query) {
    const auto hits = engine.index().search(query, {.typing = false, .weak = true});
    return hits.empty() ? search::Confidence::kNothing : hits[0].confidence;
  };
  CHECK(confidence("забув пароль") == search::Confidence::kAnswers);
  CHECK(confidence("пароль") == search::Confidence::kAnswers);
  CHECK(confidence("борщ зі сметаною пампушками часником") == search::Confidence::kNothing);
}

TEST_CASE("a text proposes the category of what it is about") {
  Engine engine(sample_faq());
  CHECK(engine.index().propose_category("Вчора зник інтернет, роутер блимає") == 1);
  CHECK(engine.index().propose_category("хочу сплатити карткою") == 0);
  CHECK(engine.index().propose_category("борщ") == -1);
}

TEST_CASE("an empty FAQ finds nothing and harms nothing") {
  Engine engine(faq_of({}));
  for (const std::string_view query : {"інтернет", "", "ghbdsn", "wi-fi", "\xFF"}) {
    CHECK(engine.ids(query, {.weak = true}).empty());
    CHECK(engine.index().highlight("інтернет").empty());
    CHECK(engine.index().propose_category(query) == -1);
  }
}

TEST_CASE("an index may be moved") {
  const std::string bytes = built(sample_faq());
  const AlignedBytes aligned(bytes);
  const auto snapshot = snapshot::Snapshot::open(aligned.span()).value();
  search::Index index(snapshot);
  search::Index other(std::move(index));
  CHECK(other.search("television", {}).size() == 1);
  index = std::move(other);
  CHECK(index.search("television", {}).size() == 1);
}
