#include "shared/text/tokens.h"

#include <random>
#include <string>
#include <vector>

#include "shared/text/letters.h"
#include "tests/catch.h"

using namespace askus::text;

namespace {

using Words = std::vector<std::string>;

Words words(std::string_view text) {
  Words out;
  Tokenizer tokens(text);
  for (Token token; tokens.next(token);) out.push_back(from_letters(token.text));
  return out;
}

}  // namespace

TEST_CASE("a text falls into folded words") {
  struct Case {
    std::string_view text;
    Words words;
  };
  const Case cases[] = {
      {"Що робити?", {"що", "робити"}},
      {"  Wi-Fi 6, 300 ₴ ", {"wi", "fi", "6", "300", "грн"}},
      {"", {}},
      {"\xFF\xFE… —", {}},
      {"Ёлка Ґанок", {"елка", "ганок"}},
      {"Café Łódź", {"cafe", "lodz"}},
      {"日本", {"日本"}},
      // Apostrophes: none in Cyrillic words, one in Latin ones.
      {"п’ять п'ять пʼять п`ять пять", {"пять", "пять", "пять", "пять", "пять"}},
      {"don't don’t", {"don't", "don't"}},
      {"'слово' слово' 'word' words'", {"слово", "слово", "word", "words"}},
      {"об''єкт", {"об", "єкт"}},
      // Marks.
      {"за\u0301мок", {"замок"}},
      {"и\u0306од і\u0308жак", {"йод", "їжак"}},
      {"И\u0306ОД І\u0308жак е\u0308лка", {"йод", "їжак", "елка"}},
      {"cafe\u0301", {"cafe"}},
      {"роз\u00ADрив", {"розрив"}},
      {"\u0301слово", {"слово"}},
      // Numbers and their units.
      {"300грн", {"300", "грн"}},
      {"50gb 100Мбіт", {"50", "gb", "100", "мбіт"}},
      {"4g 5G 2fa 3д", {"4g", "5g", "2fa", "3", "д"}},
      {"wifi6 h264", {"wifi6", "h264"}},
      {"12.50 1,5", {"12", "50", "1", "5"}},
      // Currency signs.
      {"₴", {"грн"}},
      {"$50 50 €", {"usd", "50", "50", "евро"}},
      {"300₴ 20$, 7€", {"300", "грн", "20", "usd", "7", "евро"}},
      {"₴₴", {"грн", "грн"}},
      // Letters of the other script that look like the word's own.
      {"iнтeрнeт", {"інтернет"}},
      {"рayment", {"payment"}},
      {"wifі", {"wifi"}},
      {"wіfі", {"wifi"}},  // as many of each
      {"smsщик", {"smsщик"}},
  };
  for (const Case& c : cases) {
    CAPTURE(c.text);
    CHECK(words(c.text) == c.words);
  }
}

TEST_CASE("one hyphen and nothing else makes a compound") {
  struct Case {
    std::string_view text;
    std::vector<bool> hyphenated;
  };
  const Case cases[] = {
      {"wi-fi", {false, true}},
      {"wi fi", {false, false}},
      {"wi - fi", {false, false}},
      {"wi--fi", {false, false}},
      {"wi–fi", {false, false}},
      {"wi- fi", {false, false}},
      {"-wi", {false}},
      {"а-б-в", {false, true, true}},
      {"300грн", {false, false}},
      {"е\u0301-гривня", {false, true}},
      {"сім-карта, і", {false, true, false}},
  };
  for (const Case& c : cases) {
    CAPTURE(c.text);
    std::vector<bool> hyphenated;
    Tokenizer tokens(c.text);
    for (Token token; tokens.next(token);) hyphenated.push_back(token.hyphenated);
    CHECK(hyphenated == c.hyphenated);
  }
}

TEST_CASE("a token knows its bytes in the source") {
  struct Case {
    std::string_view text;
    Words sources;
  };
  const Case cases[] = {
      {"«Їжак» і дім", {"Їжак", "і", "дім"}},
      {"300грн", {"300", "грн"}},
      {"50 ₴", {"50", "₴"}},
      {"50₴", {"50", "₴"}},
      {"(п'ять)", {"п'ять"}},
      {"«й\u0301и\u0306»", {"й\u0301и\u0306"}},
      {"Wi-Fi!", {"Wi", "Fi"}},
      {"слово' інше", {"слово", "інше"}},
  };
  for (const Case& c : cases) {
    CAPTURE(c.text);
    Words sources;
    Tokenizer tokens(c.text);
    for (Token token; tokens.next(token);)
      sources.emplace_back(c.text.substr(token.begin, token.end - token.begin));
    CHECK(sources == c.sources);
  }
}

TEST_CASE("an endless word is cut, not refused") {
  for (const std::string_view letter : {"a", "ї", "日", "ω", "7"}) {
    std::string text;
    while (text.size() < 100'000) text += letter;
    Tokenizer tokens(text);
    Token token;
    REQUIRE(tokens.next(token));
    CAPTURE(letter);
    CHECK(token.text.size() <= kMaxTokenBytes);
    CHECK(token.text.size() > kMaxTokenBytes - 4);
    CHECK(token.end == text.size());
    CHECK_FALSE(tokens.next(token));
  }
}

TEST_CASE("tokens of any bytes are in order, not empty and within the source") {
  std::mt19937 random(1);
  const std::string_view pieces[] = {"a",      "Ї",  "'",    "-",    "7", "₴",
                                     "\u0301", "日", "\xD0", "\xFF", " ", "і\u0308"};
  for (int i = 0; i < 2'000; ++i) {
    std::string text;
    for (auto n = random() % 200; n > 0; --n) {
      if (random() % 4 == 0)
        text += static_cast<char>(random());
      else
        text += pieces[random() % std::size(pieces)];
    }
    std::uint32_t end = 0;
    bool fine = true;
    Tokenizer tokens(text);
    for (Token token; tokens.next(token); end = token.end)
      fine = fine && !token.text.empty() && token.text.size() <= kMaxTokenBytes &&
             token.begin >= end && token.end > token.begin && token.end <= text.size();
    CAPTURE(i);
    CHECK(fine);
  }
}
