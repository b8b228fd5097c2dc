#include "shared/text/layout.h"

#include <string>

#include "tests/catch.h"

using namespace askus::text;

TEST_CASE("what was typed on another layout is what the keys mean") {
  struct Case {
    std::string_view typed;
    Layout meant;
    std::string_view text;
  };
  const Case cases[] = {
      {"ghbdsn", Layout::kUkrainian, "привіт"},
      {"GHBDSN", Layout::kUkrainian, "привіт"},
      {"ghbdtn", Layout::kRussian, "привет"},
      {"synthytn", Layout::kUkrainian, "інтернет"},
      {"bynthytn", Layout::kRussian, "интернет"},
      {"];fr", Layout::kUkrainian, "їжак"},
      {"j,']rn", Layout::kRussian, "обэъкт"},
      {"'rhfy", Layout::kUkrainian, "єкран"},
      {"ifieh", Layout::kRussian, "шашур"},
      {"j,kfcnm", Layout::kRussian, "область"},
      {"hj,jnf?", Layout::kUkrainian, "робота,"},
      {"nhb 3 lyb", Layout::kUkrainian, "три 3 дни"},
      {"руддщ", Layout::kLatinOnUkrainian, "hello"},
      {"РУДДЩ", Layout::kLatinOnRussian, "hello"},
      {"зфниуте", Layout::kLatinOnUkrainian, "paybent"},
      {"іщтп", Layout::kLatinOnUkrainian, "song"},
      {"ыщтп", Layout::kLatinOnRussian, "song"},
      {"цш-аш", Layout::kLatinOnRussian, "wi-fi"},
      {"", Layout::kUkrainian, ""},
      {"100 %", Layout::kRussian, "100 %"},
      {"日本 🦔", Layout::kLatinOnRussian, "日本 🦔"},
  };
  for (const Case& c : cases) {
    CAPTURE(c.typed);
    CHECK(typed_as(c.typed, c.meant) == c.text);
  }
}

TEST_CASE("a word comes back from the layout that it was typed on by mistake") {
  struct Case {
    std::string_view letters;
    Layout there, back;
  };
  const Case cases[] = {
      {"йцукенгшщзхїфівапролджєячсмитьбю", Layout::kLatinOnUkrainian, Layout::kUkrainian},
      {"йцукенгшщзхъфывапролджэячсмитьбю", Layout::kLatinOnRussian, Layout::kRussian},
      {"qwertyuiopasdfghjklzxcvbnm", Layout::kUkrainian, Layout::kLatinOnUkrainian},
      {"qwertyuiopasdfghjklzxcvbnm", Layout::kRussian, Layout::kLatinOnRussian},
  };
  for (const Case& c : cases) {
    CAPTURE(c.letters);
    CHECK(typed_as(typed_as(c.letters, c.there), c.back) == c.letters);
  }
}

TEST_CASE("ill-formed bytes are on no key and stay") {
  const std::string bytes = "a\xFF\xD0g\xED\xA0\x80";
  CHECK(typed_as(bytes, Layout::kUkrainian) == "ф\xFF\xD0п\xED\xA0\x80");
}
