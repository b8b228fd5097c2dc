// Whether a request asks what a topic answers already: rather none than a wrong one.
#include "tests/shared/search/engine.h"

using namespace askus;
using namespace askus::testing;

namespace {

// The id of the topic that is asked again, or "".
std::string same(Engine& engine, std::string_view text) {
  const std::int32_t topic = engine.index().same_question(text);
  return topic < 0 ? "" : engine.id({.topic = static_cast<std::uint32_t>(topic)});
}

}  // namespace

TEST_CASE("the same question is known, a near miss is not") {
  Engine engine(faq_of(varied_topics()));
  struct Case {
    std::string_view text, id;
  };
  const Case cases[] = {
      // The title, in any case, punctuation and language.
      {"Як змінити адресу підключення?", "address"},
      {"ЗМІНИТИ АДРЕСУ ПІДКЛЮЧЕННЯ!!!", "address"},
      {"i forgot my password", "password"},
      {"Как расторгнуть договор", "cancel"},
      // Other forms, another order.
      {"Договір... договор расторгнуть как", "cancel"},
      {"адреси підключення зміна", "address"},
      // A part of it, with something else beside it.
      {"Як змінити тариф, майстра і графік?", ""},
      {"Загубив паспорт і договір, порадьте адвоката", ""},
      {"пароль від вайфаю сусіда не підходить до мого телевізора", ""},
      // What two topics have.
      {"Як перевірити і змінити?", ""},
      // Nothing, or nothing known.
      {"борщ зі сметаною", ""},
      {"", ""},
      {"?", ""},
      {"\xFF\xFE", ""},
  };
  for (const Case& c : cases) {
    CAPTURE(c.text);
    CHECK(same(engine, c.text) == c.id);
  }
}

TEST_CASE("of two topics that fit alike none is the same question") {
  const auto twin = [](const char* id) {
    return topic(id, {version("uk", "Як змінити тариф мобільного?", "У кабінеті.")});
  };
  Engine one(faq_of({twin("a"), topic("other", {version("uk", "Борг", "Сплатіть.")})}));
  Engine two(faq_of({twin("a"), twin("b"), topic("other", {version("uk", "Борг", "Сплатіть.")})}));
  constexpr std::string_view kText = "Як змінити тариф мобільного?";
  CHECK(same(one, kText) == "a");
  CHECK(same(two, kText).empty());
}

TEST_CASE("the last word of a request is whole: its beginning is not the same question") {
  Engine engine(faq_of({topic("a", {version("uk", "Телевізор", "Увімкніть.")}),
                        topic("b", {version("uk", "Борг", "Сплатіть.")})}));
  REQUIRE(engine.first("телев") == "a");
  CHECK(same(engine, "телев").empty());
  CHECK(same(engine, "телевізор") == "a");
}

TEST_CASE("an empty FAQ has no question") {
  Engine engine(faq_of({}));
  CHECK(same(engine, "Як змінити тариф?").empty());
}
