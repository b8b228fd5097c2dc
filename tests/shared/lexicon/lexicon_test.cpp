// Reading a lexicon's file.
#include "shared/lexicon/lexicon.h"

#include <random>
#include <set>

#include "shared/lexicon/builtin.h"
#include "tests/shared/lexicon/helpers.h"

using namespace askus;
using namespace askus::testing;

namespace {

using Strings = std::vector<std::string>;

// "uk:форма" for each form.
Strings forms_of(const lexicon::Concept& entry) {
  Strings out;
  for (const auto& form : entry.forms) out.push_back(form.language + ":" + form.text);
  return out;
}

}  // namespace

TEST_CASE("a lexicon's concepts are read with their forms and neighbours") {
  const auto lexicon = parsed(
      "# a comment\n"
      "\n"
      "slow-line ~ router, ,speed-test\r\n"
      "  uk: ледве тягне,  гальмує ,\n"
      "\n"
      "  # between forms\n"
      "  en: crawls\r\n"
      "thing(broad)\n"
      "  ru: вещь\n"
      "empty");
  REQUIRE(lexicon.concepts.size() == 3);
  const auto& slow = lexicon.concepts[0];
  CHECK(slow.id == "slow-line");
  CHECK_FALSE(slow.broad);
  CHECK(slow.near == Strings{"router", "speed-test"});
  CHECK(forms_of(slow) == Strings{"uk:ледве тягне", "uk:гальмує", "en:crawls"});
  CHECK(lexicon.concepts[1].broad);
  CHECK(lexicon.concepts[1].near.empty());
  CHECK(forms_of(lexicon.concepts[1]) == Strings{"ru:вещь"});
  CHECK(lexicon.concepts[2].id == "empty");
  CHECK(lexicon.concepts[2].forms.empty());
}

TEST_CASE("a concept that is there already is joined, in one file and from another") {
  auto lexicon = parsed("a ~ b\n  uk: раз\nb\n  uk: два\na ~ c\n  en: once\n");
  REQUIRE(lexicon.concepts.size() == 2);
  REQUIRE(
      lexicon::add("b (broad)\n  uk: пара\nc\n", "own.txt", lexicon::Origin::kSite, lexicon).ok());
  REQUIRE(lexicon.concepts.size() == 3);
  CHECK(forms_of(lexicon.concepts[0]) == Strings{"uk:раз", "en:once"});
  CHECK(lexicon.concepts[0].near == Strings{"b", "c"});
  CHECK(forms_of(lexicon.concepts[1]) == Strings{"uk:два", "uk:пара"});
  CHECK(lexicon.concepts[1].broad);
}

TEST_CASE("what breaks the format is named by file, line and what stands there") {
  struct Case {
    std::string_view text, says;
  };
  const Case cases[] = {
      {"  uk: форма\n", "own.txt:1: forms before any concept: uk: форма"},
      {"# c\n\n  uk: форма\n", "own.txt:3: forms before any concept: uk: форма"},
      {"a\n  форма\n", "own.txt:2: expected a language and a colon: форма"},
      {"a\n  uk форма: ще\n", "own.txt:2: expected a language and a colon: uk форма: ще"},
      {"a\n  : форма\n", "own.txt:2: expected a language and a colon: : форма"},
      {"a\n  eng: form\n", "own.txt:2: expected a language and a colon: eng: form"},
      {"a\n\n\nBad Id\n", "own.txt:4: not a concept's id: Bad Id"},
      {"поняття\n", "own.txt:1: not a concept's id: поняття"},
      {"~ near\n", "own.txt:1: not a concept's id: ~ near"},
      {"(broad)\n", "own.txt:1: not a concept's id: (broad)"},
      {"(broad) a\n", "own.txt:1: not a concept's id: (broad) a"},
      {"\tuk: форма\n", "own.txt:1: not a concept's id: uk: форма"},
      {"\xFF\xFE", "own.txt:1: not a concept's id: \xFF\xFE"},
  };
  for (const Case& c : cases) {
    CAPTURE(c.text);
    lexicon::Lexicon lexicon;
    const Status added = lexicon::add(c.text, "own.txt", lexicon::Origin::kSite, lexicon);
    REQUIRE_FALSE(added.ok());
    CHECK(added.error().code == Code::kMalformed);
    CHECK(added.error().text == c.says);
  }
}

TEST_CASE("an error quotes no more of a line than one can read") {
  lexicon::Lexicon lexicon;
  const Status added =
      lexicon::add("a\n  " + std::string(100'000, 'x'), "own.txt", lexicon::Origin::kSite, lexicon);
  REQUIRE_FALSE(added.ok());
  CHECK(added.error().text.size() < 200);
}

TEST_CASE("any bytes are read or refused, never harmful") {
  constexpr std::string_view kPieces[] = {"a",  "-",       "~", ",",  ":",    "\n", "  uk: ", "  ",
                                          "\t", "(broad)", "#", "\r", "\xFF", "ї",  "not",    "9"};
  std::mt19937 random(3);
  std::size_t accepted = 0;
  for (int i = 0; i < 3'000; ++i) {
    std::string text;
    for (auto n = random() % 12; n > 0; --n) text += kPieces[random() % std::size(kPieces)];
    lexicon::Lexicon lexicon;
    if (lexicon::add(text, "own.txt", lexicon::Origin::kSite, lexicon).ok()) {
      ++accepted;
      lexicon::Matcher matcher(lexicon);
      lexicon::ConceptVector found;
      matcher.add_text(text, 1, found);
      matcher.spread(found);
      for (const auto& entry : found) REQUIRE(entry.first < lexicon.concepts.size());
    }
  }
  // Both ends are met, else this tests nothing.
  CHECK(accepted > 100);
  CHECK(accepted < 2'900);
}

TEST_CASE("the lexicon that comes with the program is whole") {
  const auto& lexicon = lexicon::builtin();
  CHECK(lexicon.concepts.size() > 1'000);
  std::set<std::string> ids, languages;
  for (const auto& entry : lexicon.concepts) {
    CAPTURE(entry.id);
    CHECK(ids.insert(entry.id).second);
    CHECK_FALSE(entry.forms.empty());
    for (const auto& form : entry.forms) languages.insert(form.language);
  }
  CHECK(languages == std::set<std::string>{"en", "ru", "uk"});
  CHECK(lexicon::check_near(lexicon).ok());
  CHECK(&lexicon == &lexicon::builtin());
}
