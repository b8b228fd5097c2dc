// Queries that are not spelt as the FAQ spells it.
#include "tests/shared/search/engine.h"

using namespace askus;
using namespace askus::testing;

TEST_CASE("a query on the wrong keyboard layout finds, and says what it was understood as") {
  Engine engine(faq_of(varied_topics()));
  struct Case {
    std::string_view query, id, understood;
  };
  const Case cases[] = {
      {"gfhjkm", "password", "пароль"},
      {"PF,ED GFHJKM", "password", "забув пароль"},
      {"pf,ed gfhjkm", "password", "забув пароль"},
      {"vfkf idblrscnm", "speed", "мала швидкість"},
      {"hfcnjhuyenm ljujdjh", "cancel", "расторгнуть договор"},
      {"еудумшышщт", "television", "television"},
      {"ащкпще ьн зфііцщкв", "password", "forgot my password"},
      {"пароль", "password", ""},
      {"forgot my password", "password", ""},
      {"wi-fi", "wifi", ""},
  };
  for (const Case& c : cases) {
    CAPTURE(c.query);
    CHECK(engine.first(c.query, {.typing = false}) == c.id);
    CHECK(engine.index().understood() == c.understood);
  }
}

TEST_CASE("what was understood is forgotten with the next query") {
  Engine engine(faq_of(varied_topics()));
  engine.ids("gfhjkm");
  CHECK(engine.index().understood() == "пароль");
  CHECK(engine.marked("Забув пароль") == "Забув [пароль]");
  engine.ids("кіно");
  CHECK(engine.index().understood().empty());
  CHECK(engine.marked("Забув пароль") == "Забув пароль");
}

TEST_CASE("a transliterated story is read, with English words in it too") {
  Engine engine(faq_of(varied_topics()));
  CHECK(engine.first("dobryi den mene zvaty ivan ya vash kliient vzhe tretii rik i vchora vvecheri "
                     "raptom zabuv svii parol vid kabinetu shcho robyty",
                     {.typing = false, .weak = true}) == "password");
  CHECK(engine.first("hello my friend dobryi den mene zvaty ivan ya vash kliient vzhe tretii rik "
                     "how are you zabuv parol",
                     {.typing = false, .weak = true}) == "password");
}

TEST_CASE("a transliterated query finds the Cyrillic topic and marks its words") {
  Engine engine(faq_of(varied_topics()));
  struct Case {
    std::string_view query, id;
    std::string text, marked;
  };
  const Case cases[] = {
      {"kino", "movie", "Де дивитися кіно?", "Де дивитися [кіно]?"},
      {"zabuv parol", "password", "Забув пароль", "[Забув пароль]"},
      {"shvydkist", "speed", "Чому мала швидкість?", "Чому мала [швидкість]?"},
      {"rakhunok", "balance", "Як перевірити рахунок?", "Як перевірити [рахунок]?"},
      {"rahunok", "balance", "Як перевірити рахунок?", "Як перевірити [рахунок]?"},
      {"rastorgnut dogovor", "cancel", "Как расторгнуть договор?", "Как [расторгнуть договор]?"},
  };
  for (const Case& c : cases) {
    CAPTURE(c.query);
    CHECK(engine.first(c.query, {.typing = false}) == c.id);
    CHECK(engine.marked(c.text) == c.marked);
  }
}

TEST_CASE("a typo finds") {
  Engine engine(faq_of(varied_topics()));
  struct Case {
    std::string_view query, id;
  };
  const Case cases[] = {
      {"telvision", "television"},
      {"televizion", "television"},
      {"pasword", "password"},
      {"швидкисть", "speed"},
      {"швидксть", "speed"},
      {"підклчення", "address"},
      {"росторгнуть договор", "cancel"},
      {"рахуннок", "balance"},
      {"налаштуватти", "wifi"},
  };
  for (const Case& c : cases) {
    CAPTURE(c.query);
    CHECK(engine.first(c.query, {.typing = false, .weak = true}) == c.id);
  }
}

TEST_CASE("two letters swapped, or one too many, find the word in any of its forms") {
  Engine engine(faq_of(varied_topics()));
  struct Case {
    std::string_view query, id;
  };
  const Case cases[] = {
      {"пдіключення", "address"},   // two of the first
      {"підлкючення", "address"},   // in the middle
      {"підключенян", "address"},   // the last
      {"підклюючення", "address"},  // a letter twice
      {"підключження", "address"},  // one that does not belong there
      {"шпідключення", "address"},  // before it
      {"підключенням", "address"},  // a form that the FAQ does not have
      {"рсаторгнуть", "cancel"},     {"расторгнутьв", "cancel"}, {"tleevision", "television"},
      {"televisxion", "television"}, {"fregezes", "television"}, {"passwrod", "password"},
  };
  for (const Case& c : cases) {
    CAPTURE(c.query);
    CHECK(engine.first(c.query, {.typing = false}) == c.id);
  }
}

TEST_CASE("a slip is no more than the word itself, and a short word has none") {
  const std::vector<snapshot::Topic> topics = {
      topic("bank", {version("uk", "Банкомат", "Зніміть готівку.")}),
      topic("banquet", {version("uk", "Бакномат", "Так називається зала.")}),
      topic("cat", {version("uk", "Кит", "Плаває.")}),
      topic("filler", {version("uk", "Розклад", "Щодня.")}),
  };
  Engine engine(faq_of(topics));
  CHECK(engine.first("банкомат", {.typing = false}) == "bank");
  CHECK(engine.first("бакномат", {.typing = false}) == "banquet");
  CHECK(engine.first("баномкат", {.typing = false}) != "banquet");
  CHECK(engine.ids("ктиж", {.typing = false}).empty());
}

TEST_CASE("one letter too many is nearer to its word than what merely looks alike") {
  const std::vector<snapshot::Topic> topics = {
      topic("a", {version("uk", "Парвоз", "Так.")}),
      topic("b", {version("uk", "Пароль", "Так.")}),
      topic("c", {version("en", "Balxand", "Yes.")}),
      topic("d", {version("en", "Balance", "Yes.")}),
  };
  Engine engine(faq_of(topics));
  CHECK(engine.first("парволь", {.typing = false}) == "b");
  CHECK(engine.first("balxance", {.typing = false}) == "d");
}

TEST_CASE("a transliterated question with a word that looks English prefers the Ukrainian topic") {
  const std::vector<snapshot::Topic> topics = {
      topic("a-take", {version("en", "Take your parcel", "Take it at the counter.")}),
      topic("b-cashback", {version("uk", "Що таке кешбек?", "Частина грошей повертається.")}),
      topic("c-pin", {version("en", "Change the PIN", "In the account.")}),
      topic("d-line", {version("uk", "Де моя лінія?", "На карті.")}),
      topic("e-line", {version("en", "Line rental", "Where to pay for the line.")}),
  };
  Engine engine(faq_of(topics));
  struct Case {
    std::string_view query, id;
  };
  const Case cases[] = {
      {"shcho take keshbek", "b-cashback"},
      {"scho take keshbek", "b-cashback"},
      {"de moia liniia", "d-line"},
      {"shcho take", "b-cashback"},
      {"shto take keshbek", "b-cashback"},
      // What is English stays so.
      {"take your parcel", "a-take"},
      {"where do i take it", "a-take"},
      {"line rental", "e-line"},
  };
  for (const Case& c : cases) {
    CAPTURE(c.query);
    CHECK(engine.first(c.query, {.typing = false, .weak = true}) == c.id);
  }
}

TEST_CASE("compound words are found in one word and in two") {
  const std::vector<snapshot::Topic> topics = {
      topic("filler", {version("en", "Television freezes", "Restart.")}),
      topic("hyphen", {version("en", "Set up Wi-Fi", "Page of the router.")}),
      topic("one", {version("uk", "Заміна сімкарти", "Прийдіть у магазин.")}),
  };
  Engine engine(faq_of(topics));
  for (const std::string_view query : {"wi-fi", "wifi", "Wi Fi", "WIFI", "wi–fi"}) {
    CAPTURE(query);
    CHECK(engine.first(query, {.typing = false}) == "hyphen");
    CHECK(engine.marked("Set up Wi-Fi, not e-mail") == "Set up [Wi-Fi], not e-mail");
  }
  for (const std::string_view query : {"сімкарти", "сім-карти", "сім карта", "сімкарту"}) {
    CAPTURE(query);
    CHECK(engine.first(query, {.typing = false}) == "one");
  }
}

TEST_CASE("decomposed letters, other apostrophes and look-alikes are the same words") {
  const std::vector<snapshot::Topic> topics = {
      topic("filler", {version("uk", "Забув пароль", "Відновіть.")}),
      topic("object", {version("uk", "Підключити об’єкт", "Заявка.")}),
      topic("train", {version("uk", "Її нічний поїзд", "Розклад.")}),
  };
  Engine engine(faq_of(topics));
  CHECK(engine.first("і\u0308і\u0308 нічнии\u0306 поі\u0308зд", {.typing = false}) == "train");
  CHECK(engine.marked("Поі\u0308зд") == "[Поі\u0308зд]");
  for (const std::string_view query : {"об'єкт", "об`єкт", "обєкт", "oб'єкт"}) {  // a Latin o
    CAPTURE(query);
    CHECK(engine.first(query, {.typing = false}) == "object");
  }
}

TEST_CASE("a price is found with its sign, its word and the word written to it") {
  const std::vector<snapshot::Topic> topics = {
      topic("cheap", {version("uk", "Тариф за 150 грн", "Повільний.")}),
      topic("dear", {version("uk", "Тариф за 300 грн", "Швидкий.")}),
  };
  Engine engine(faq_of(topics));
  for (const std::string_view query :
       {"тариф 300 грн", "тариф 300грн", "тариф 300 ₴", "тариф 300₴", "300₴"}) {
    CAPTURE(query);
    CHECK(engine.first(query, {.typing = false}) == "dear");
  }
}
