#include "shared/text/letters.h"

#include <string>

#include "tests/catch.h"

using namespace askus::text;

TEST_CASE("every letter of a folded word is one byte, and comes back") {
  struct Case {
    std::string_view text;
    std::size_t bytes;
  };
  const Case cases[] = {
      {"", 0},      {"router", 6},   {"wi-fi 6", 7}, {"привіт", 6}, {"їжаєьъыэё", 9}, {"don't", 5},
      {"ўџјљњ", 5}, {"wifi100м", 8}, {"ґ", 2},       {"ß", 2},      {"日本", 6},      {"а日б", 5},
  };
  for (const Case& c : cases) {
    CAPTURE(c.text);
    CHECK(to_letters(c.text).size() == c.bytes);
    CHECK(from_letters(to_letters(c.text)) == c.text);
  }
}

TEST_CASE("a letter's byte tells its script") {
  struct Case {
    std::string_view text;
    bool cyrillic, latin, digit;
  };
  const Case cases[] = {
      {"а", true, false, false},  {"я", true, false, false},   {"ї", true, false, false},
      {"џ", true, false, false},  {"a", false, true, false},   {"z", false, true, false},
      {"0", false, false, true},  {"9", false, false, true},   {"'", false, false, false},
      {"ß", false, false, false}, {"日", false, false, false}, {"ω", false, false, false},
  };
  for (const Case& c : cases) {
    CAPTURE(c.text);
    const char first = to_letters(c.text)[0];
    CHECK(is_cyrillic(first) == c.cyrillic);
    CHECK(is_latin(first) == c.latin);
    CHECK(is_digit(first) == c.digit);
  }
}

TEST_CASE("a literal is what the text would be") {
  constexpr Letters kMixed("щось new'100");
  CHECK(kMixed.view() == to_letters("щось new'100"));
  CHECK(kMixed.view().size() == 12);
  constexpr Letters kNone("");
  CHECK(kNone.view().empty());
}
