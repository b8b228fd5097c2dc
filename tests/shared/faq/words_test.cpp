#include "shared/faq/words.h"

#include "tests/catch.h"

using namespace askus::faq;

TEST_CASE("trim takes every white space that spreadsheets leave") {
  CHECK(trim(" \t\r\n a b \u00A0\uFEFF\n") == "a b");
  CHECK(trim(" \u00A0 ").empty());
}

TEST_CASE("text is composed and its line ends are LF") {
  CHECK(normalise("a\r\nb\rc\n\r\n") == "a\nb\nc\n\n");
  CHECK(normalise("и\u0306 e\u0301") == "й é");
}

TEST_CASE("titles that say the same have one key") {
  CHECK(same_text_key("Як  сплатити?") == same_text_key("«ЯК сплатити»..."));
  CHECK(same_text_key("How to pay") != same_text_key("How to play"));
  CHECK(same_text_key("?!. ").empty());
}

TEST_CASE("the nearest name is offered only when it is near") {
  const std::vector<std::string> names{"billing", "internet", "tv"};
  CHECK(nearest("biling", names) == "billing");
  CHECK(nearest("Internet ", names) == "internet");
  CHECK(nearest("weather", names).empty());
  CHECK(nearest("x", {}).empty());
}

TEST_CASE("shown text is one short line, whatever the bytes") {
  CHECK(shorten("a\nb\tc") == "a b c");
  CHECK(shorten("\xFF ok") == "\uFFFD ok");
  CHECK(shorten(std::string(60, 'x')) == std::string(60, 'x'));
  CHECK(shorten(std::string(61, 'x')) == std::string(60, 'x') + "...");
}

TEST_CASE("lists are split and told") {
  CHECK(split(" a ;b,, c ", ",;") == std::vector<std::string>{"a", "b", "c"});
  CHECK(split("", ",").empty());
  CHECK(list_of({"a", "b", "c"}, 2) == "a, b and 1 more");
  CHECK(list_of({}).empty());
}
