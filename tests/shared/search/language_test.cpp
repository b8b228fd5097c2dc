// Which language's version of a topic is found and shown.
#include "tests/shared/search/engine.h"

using namespace askus;
using namespace askus::testing;

TEST_CASE("a hit shows the version in the visitor's language where there is one") {
  Engine engine(faq_of(varied_topics()));
  struct Case {
    std::string_view query;
    std::int32_t language;
    std::string_view id;
    int shown;
  };
  const Case cases[] = {
      {"forgot my password", kUk, "password", kUk},
      {"forgot my password", kEn, "password", kEn},
      {"forgot my password", -1, "password", kEn},
      {"забув пароль", kEn, "password", kEn},
      {"забув пароль", -1, "password", kUk},
      {"низкая скорость", kUk, "speed", kUk},
      {"низкая скорость", -1, "speed", kRu},
      // No version in the visitor's language: the one that matched, in its own.
      {"television freezes", kUk, "television", kEn},
      {"расторгнуть договор", kUk, "cancel", kRu},
      {"дивитися кіно", kEn, "movie", kUk},
      {"забув пароль", kRu, "password", kUk},
      {"forgot my password", kRu, "password", kEn},
  };
  for (const Case& c : cases) {
    CAPTURE(c.query, c.language);
    const auto hits = engine.index().search(c.query, {.language = c.language, .typing = false});
    REQUIRE_FALSE(hits.empty());
    CHECK(engine.id(hits[0]) == c.id);
    CHECK(hits[0].language == c.shown);
  }
}

TEST_CASE("topics in the visitor's language come before the others") {
  const std::vector<snapshot::Topic> topics = {
      topic("a-en", {version("en", "Tariff Optima", "Fast.")}),
      topic("b-ru", {version("ru", "Тариф Optima", "Быстрый.")}),
      topic("c-uk", {version("uk", "Тариф Optima", "Швидкий.")}),
  };
  Engine engine(faq_of(topics));
  CHECK(engine.first("optima", {.language = kUk}) == "c-uk");
  CHECK(engine.first("optima", {.language = kRu}) == "b-ru");
  CHECK(engine.first("optima", {.language = kEn}) == "a-en");
  CHECK(engine.ids("optima", {.language = kUk}).size() == 3);
}

TEST_CASE("without a preference the query's own language is preferred") {
  const std::vector<snapshot::Topic> topics = {
      topic("a-en", {version("en", "Turbo mode", "How to switch it on.")}),
      topic("b-ru", {version("ru", "Режим turbo", "Как его включить сегодня.")}),
      topic("c-uk", {version("uk", "Режим turbo", "Чому його вимкнено сьогодні.")}),
  };
  Engine engine(faq_of(topics));
  CHECK(engine.first("turbo сьогодні вимкнено") == "c-uk");
  CHECK(engine.first("turbo сегодня включить") == "b-ru");
  CHECK(engine.first("switch turbo") == "a-en");
}
