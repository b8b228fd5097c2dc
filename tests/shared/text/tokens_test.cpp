#include "shared/text/tokens.h"

#include <string>
#include <vector>

#include "tests/catch.h"

using askus::text::Token;
using askus::text::Tokenizer;

namespace {

std::vector<std::string> words(std::string_view text) {
  std::vector<std::string> out;
  Tokenizer tokens(text);
  for (Token token; tokens.next(token);) out.emplace_back(token.text);
  return out;
}

using Words = std::vector<std::string>;

}  // namespace

TEST_CASE("a text falls into folded words") {
  CHECK(words("Що робити?") == Words{"що", "робити"});
  CHECK(words("  Wi-Fi 6, 300 ₴ ") == Words{"wi", "fi", "6", "300"});
  CHECK(words("п’ять п'ять пʼять п`ять") == Words{"п'ять", "п'ять", "п'ять", "п'ять"});
  CHECK(words("'слово' слово'") == Words{"слово", "слово"});
  CHECK(words("за\u0301мок") == Words{"замок"});
  CHECK(words("и\u0306од і\u0308жак") == Words{"йод", "їжак"});
  CHECK(words("роз\u00ADрив") == Words{"розрив"});
  CHECK(words("").empty());
  CHECK(words("\xFF\xFE… —").empty());
}

TEST_CASE("a token knows its bytes in the source") {
  const std::string text = "«Їжак» і дім";
  Tokenizer tokens(text);
  Token token;
  REQUIRE(tokens.next(token));
  CHECK(text.substr(token.begin, token.end - token.begin) == "Їжак");
  REQUIRE(tokens.next(token));
  CHECK(text.substr(token.begin, token.end - token.begin) == "і");
}

TEST_CASE("an endless word is cut, not refused") {
  const std::string text(100'000, 'a');
  Tokenizer tokens(text);
  Token token;
  REQUIRE(tokens.next(token));
  CHECK(token.text.size() <= askus::text::kMaxTokenBytes);
  CHECK(token.end == text.size());
  CHECK_FALSE(tokens.next(token));
}
