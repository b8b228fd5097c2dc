#include "shared/text/utf8.h"

#include <string>

#include "tests/catch.h"

using namespace askus::text;

TEST_CASE("is_utf8 knows the table of well-formed sequences") {
  struct Case {
    std::string bytes;
    bool valid;
  };
  const Case cases[] = {
      {"", true},
      {"plain", true},
      {"Привіт, їжаче 🦔", true},
      {std::string("a\0b", 3), true},
      {"\xEF\xBF\xBD", true},       // U+FFFD itself
      {"\xF4\x8F\xBF\xBF", true},   // U+10FFFF
      {"\xF4\x90\x80\x80", false},  // beyond it
      {"\xED\xA0\x80", false},      // a surrogate
      {"\xC0\xAF", false},          // overlong
      {"\xE0\x80\xAF", false},      // overlong
      {"\xF0\x80\x80\xAF", false},  // overlong
      {"\x80", false},              // a continuation alone
      {"\xD0", false},              // cut off
      {"\xE2\x82", false},          // cut off
      {"\xFF", false},
  };
  for (const Case& c : cases) {
    CAPTURE(c.bytes);
    CHECK(is_utf8(c.bytes) == c.valid);
  }
}

TEST_CASE("is_utf8 finds one bad byte wherever it stands, alone among letters of any size") {
  for (const std::string& letters : {std::string("abcdefgh"), std::string("приват"),
                                     std::string("a б в гд е"), std::string("ї🦔п є")}) {
    CAPTURE(letters);
    REQUIRE(is_utf8(letters));
    for (std::size_t at = 0; at < letters.size(); ++at) {
      std::string broken = letters;
      broken[at] = '\xFF';
      CHECK_FALSE(is_utf8(broken));
      const bool lead = (static_cast<unsigned char>(letters[at]) & 0xC0u) != 0x80u;
      CHECK(is_utf8(std::string_view(letters).substr(at)) == lead);
    }
  }
}

TEST_CASE("next walks any bytes and put writes them back") {
  const std::string text = "aї€🦔";
  std::string copy;
  for (std::size_t pos = 0; pos < text.size();) {
    char buffer[4];
    copy.append(buffer, put(next(text, pos), buffer));
  }
  CHECK(copy == text);

  const std::string broken = "\xF0\x9F\xA6";
  std::size_t pos = 0;
  CHECK(next(broken, pos) == kReplacement);
  CHECK(pos == 1);
}

TEST_CASE("clip cuts no sequence in two") {
  CHECK(clip("їжак", 3) == "ї");
  CHECK(clip("їжак", 4) == "їж");
  CHECK(clip("їжак", 100) == "їжак");
  CHECK(clip("🦔", 3).empty());
}
