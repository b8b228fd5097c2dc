// From the lexicon to the visitor: a question finds what it means, not what it says.
#include <algorithm>

#include "shared/lexicon/builtin.h"
#include "tests/shared/lexicon/helpers.h"

using namespace askus;
using namespace askus::testing;

namespace {

// Ukrainian topics of a provider; what each is about stands in few words.
snapshot::Faq provider() {
  return faq_of({
      topic("contract", {version("uk", "Розірвання договору", "Заява на папері." + padding())}),
      topic("operator", {version("uk", "Консультант", "Дзвоніть щодня." + padding())}),
      topic("password", {version("uk", "Забув пароль", "Натисніть «Відновити»." + padding())}),
      topic("speed", {version("uk", "Повільний інтернет", "Виміряйте." + padding())}),
      topic("tariff", {version("uk", "Тарифи", "Перелік унизу." + padding())}),
  });
}

// With the lexicon that comes along; compiled once for all tests.
Engine& provider_engine() {
  static Engine engine(provider(), lexicon::compile(lexicon::builtin(), provider()));
  return engine;
}

struct Case {
  std::string_view query, id;
  bool shown;  // by itself: all of the query's words speak for it
};

constexpr Case kCases[] = {
    {"черепаха якась", "speed", false},
    {"сторінки ледве відкриваються", "speed", true},
    {"еле ползет", "speed", true},
    {"улитка, а не скорость", "speed", false},
    {"sluggish connection", "speed", true},
    {"pages load slowly", "speed", true},
    {"хочу живу людину", "operator", false},
    {"соедините с человеком", "operator", false},
    {"real person, not a bot", "operator", false},
    {"reset my credentials", "password", false},
    {"восстановление доступа", "password", true},
};

}  // namespace

TEST_CASE("a question that shares no word with its topic finds it, in three languages") {
  Engine plain(provider());
  Engine& engine = provider_engine();
  for (const Case& c : kCases) {
    CAPTURE(c.query);
    // Not even among what only looks alike.
    const Ids alike = plain.ids(c.query, {.typing = false, .weak = true});
    CHECK(std::find(alike.begin(), alike.end(), c.id) == alike.end());
    CHECK(engine.first(c.query, {.typing = false, .weak = true}) == c.id);
    // Whatever the visitor's language.
    CHECK(engine.first(c.query, {.language = kEn, .typing = false, .weak = true}) == c.id);
    CHECK((engine.first(c.query, {.typing = false}) == c.id) == c.shown);
  }
  CHECK(engine.ids("борщ зі сметаною", {.typing = false}).empty());
}

TEST_CASE("the words that led to a topic are marked in it") {
  Engine& engine = provider_engine();
  REQUIRE(engine.first("pages load slowly", {.typing = false}) == "speed");
  CHECK(engine.marked("Просто слова") == "Просто слова");
  CHECK(engine.marked("Це черепаха") == "Це [черепаха]");
}

TEST_CASE("concepts do not outrank a topic that has the query's own words") {
  auto faq = provider();
  faq.topics.push_back(topic("zoo", {version("uk", "Черепаха у зоопарку", "Щодня." + padding())}));
  Engine engine(faq, lexicon::compile(lexicon::builtin(), faq));
  CHECK(engine.first("черепаха у зоопарку", {.typing = false}) == "zoo");
  CHECK(engine.first("повільний інтернет", {.typing = false}) == "speed");
}

TEST_CASE("a site's own words lead to its topic") {
  const auto faq = provider();
  auto lexicon = lexicon::builtin();
  constexpr std::string_view kQuery = "підключення за бабаяговським пакетом";
  CHECK(provider_engine().first(kQuery, {.typing = false}) != "tariff");
  REQUIRE(lexicon::add("own-tariff\n  uk: тарифи, бабаяговський\n", "own.txt",
                       lexicon::Origin::kSite, lexicon)
              .ok());
  Engine after(faq, lexicon::compile(lexicon, faq));
  CHECK(after.first(kQuery, {.typing = false, .weak = true}) == "tariff");
}
