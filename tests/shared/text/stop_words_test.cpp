#include "shared/text/stop_words.h"

#include <string>

#include "shared/text/letters.h"
#include "shared/text/tokens.h"
#include "tests/catch.h"

using namespace askus::text;

namespace {

// Looked up as a token, which is what the lists are for.
bool holds(bool (*list)(std::string_view), std::string_view word) {
  Tokenizer tokens(word);
  Token token;
  REQUIRE(tokens.next(token));
  return list(token.text);
}

}  // namespace

TEST_CASE("stop words are known in three languages") {
  for (const std::string_view word :
       {"а", "як", "Що", "їх", "і", "как", "И", "чтобы", "это", "ещё", "how", "The", "a", "your"}) {
    CAPTURE(word);
    CHECK(holds(is_stop_word, word));
  }
  for (const std::string_view word :
       {"інтернет", "оплата", "router", "яки", "th", "ther", "б", "yo", "not", "300"}) {
    CAPTURE(word);
    CHECK_FALSE(holds(is_stop_word, word));
  }
}

TEST_CASE("negations are known in three languages") {
  for (const std::string_view word :
       {"не", "Немає", "нема", "без", "нет", "неможливо", "нельзя", "not", "without", "can't",
        "Can’t", "cannot", "don't", "doesnt"}) {
    CAPTURE(word);
    CHECK(holds(is_negation, word));
  }
  for (const std::string_view word : {"небо", "ніч", "note", "can", "нетто", "do", "n"}) {
    CAPTURE(word);
    CHECK_FALSE(holds(is_negation, word));
  }
}

TEST_CASE("words of asking are known in three languages") {
  for (const std::string_view word : {"як", "підкажіть", "хочу", "З'ясуйте", "скільки", "почему",
                                      "подскажите", "нужно", "how", "please", "Want", "which"}) {
    CAPTURE(word);
    CHECK(holds(is_asking, word));
  }
  for (const std::string_view word : {"роутер", "вчора", "працює", "router", "yesterday", "ask"}) {
    CAPTURE(word);
    CHECK_FALSE(holds(is_asking, word));
  }
}
