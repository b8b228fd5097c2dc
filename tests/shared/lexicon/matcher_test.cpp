// Which concepts a text speaks of.
#include "shared/lexicon/matcher.h"

#include <algorithm>

#include "shared/lexicon/constants.h"
#include "tests/shared/lexicon/helpers.h"

using namespace askus;
using namespace askus::testing;

namespace {

constexpr std::string_view kLexicon =
    "slow ~ router\n"
    "  uk: черепаха, сторінки довго відкриваються\n"
    "  ru: улитка, медленный интернет\n"
    "  en: sluggish, pages take forever\n"
    "router\n"
    "  uk: роутер\n"
    "  en: router\n"
    "no-money\n"
    "  uk: не вистачає грошей, немає, без\n"
    "thing (broad) ~ gone\n"
    "  uk: штуковина\n";

}  // namespace

TEST_CASE("a form is found in three languages, whatever its endings") {
  const auto lexicon = among_others(kLexicon);
  struct Case {
    std::string_view text, id;
    bool found;
  };
  const Case cases[] = {
      {"черепаха", "slow", true},
      {"ЧЕРЕПАХУ дали", "slow", true},
      {"Улитки.", "slow", true},
      {"медленного интернета", "slow", true},
      {"a SLUGGISH line", "slow", true},
      {"чужинець", "slow", false},
      {"інтернет", "slow", false},  // one word of a phrase
      {"роутером", "router", true},
      {"routers", "router", true},
      {"роутером", "slow", false},
      {"", "slow", false},
      {"?!", "slow", false},
  };
  for (const Case& c : cases) {
    CAPTURE(c.text, c.id);
    CHECK((said(lexicon, c.text, c.id) > 0) == c.found);
  }
}

TEST_CASE("a phrase is found in any order, while its words are near each other") {
  const auto lexicon = among_others(kLexicon);
  const auto with_gap = [](std::uint32_t words) {
    std::string out = "сторінки";
    for (; words > 0; --words) out += " слово";
    return out + " довго відкриваються";
  };
  CHECK(said(lexicon, "довго у мене відкриваються ці сторінки", "slow") == lexicon::kPhrase);
  CHECK(said(lexicon, "сторінки довго", "slow") == 0);
  CHECK(said(lexicon, with_gap(0), "slow") == lexicon::kPhrase);
  CHECK(said(lexicon, with_gap(lexicon::kPhraseSlack), "slow") == lexicon::kPhrase);
  // Twice the slack is too far whichever of the words is looked from.
  CHECK(said(lexicon, with_gap(2 * lexicon::kPhraseSlack), "slow") == 0);
  // All its words, but one of them in another sentence's end.
  CHECK(said(lexicon, "Сторінки." + padding() + " Довго відкриваються.", "slow") == 0);
}

TEST_CASE("a phrase tells more than a word, and only the best form counts") {
  const auto lexicon = among_others(kLexicon);
  const float word = said(lexicon, "черепаха", "slow");
  CHECK(word > 0);
  CHECK(word < lexicon::kPhrase);
  CHECK(said(lexicon, "черепаха улитка sluggish", "slow") == word);
  CHECK(said(lexicon, "черепаха, медленный интернет", "slow") == lexicon::kPhrase);
}

TEST_CASE("denials are one word, and none by itself") {
  const auto lexicon = among_others(kLexicon);
  CHECK(said(lexicon, "не вистачає грошей", "no-money") == lexicon::kPhrase);
  CHECK(said(lexicon, "нема! вистачає грошей", "no-money") == lexicon::kPhrase);
  CHECK(said(lexicon, "вистачає грошей", "no-money") == 0);
  CHECK(said(lexicon, "немає", "no-money") == 0);
  CHECK(said(lexicon, "без", "no-money") == 0);
}

TEST_CASE("neighbours get a fraction, unknown ones are ignored, broad concepts count less") {
  const auto lexicon = among_others(kLexicon);
  const float slow = said(lexicon, "черепаха", "slow", true);
  CHECK(said(lexicon, "черепаха", "router", false) == 0);
  CHECK(said(lexicon, "черепаха", "router", true) == slow * lexicon::kNear);
  // What the text says itself is more than what a neighbour gives.
  CHECK(said(lexicon, "черепаха і роутер", "router", true) == said(lexicon, "роутер", "router"));
  // It is near in one direction, and one step.
  CHECK(said(lexicon, "роутер", "slow", true) == 0);
  CHECK(said(lexicon, "штуковина", "thing", true) == slow * lexicon::kBroad);
}

TEST_CASE("a word of many concepts tells less of each") {
  std::string text = "rare\n  uk: жираф\n";
  for (const char* id : {"a", "b", "c", "d", "e", "f"}) text += std::string(id) + "\n  uk: слон\n";
  const auto lexicon = among_others(text);
  CHECK(said(lexicon, "слон", "a") > 0);
  CHECK(said(lexicon, "слон", "a") == said(lexicon, "слон", "f"));
  CHECK(said(lexicon, "слон", "a") < said(lexicon, "жираф", "rare"));
}

TEST_CASE("weights of several texts add up") {
  const auto lexicon = among_others(kLexicon);
  lexicon::Matcher matcher(lexicon);
  lexicon::ConceptVector found;
  matcher.add_text("довго відкриваються сторінки", 1, found);
  matcher.add_text("довго відкриваються сторінки", 0.5f, found);
  REQUIRE(found.size() == 1);
  CHECK(found.begin()->second == 1.5f * lexicon::kPhrase);
}

TEST_CASE("the lexicon's words of a text are those that some form has, stop words never") {
  const auto lexicon = among_others(kLexicon);
  const lexicon::Matcher matcher(lexicon);
  std::vector<std::uint32_t> words;
  matcher.add_words("Роутер і борщ: черепаха, роутери", words);
  REQUIRE(words.size() == 3);
  CHECK(words[0] == words[2]);
  CHECK(words[0] != words[1]);
  CHECK(matcher.word(words[0]) == "router");
  CHECK(matcher.forms_with(words[0]) == 2);  // Ukrainian and English
}
