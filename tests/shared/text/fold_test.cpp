#include "shared/text/fold.h"

#include "tests/catch.h"

using namespace askus::text;

TEST_CASE("fold makes spellings of one letter equal") {
  struct Case {
    char32_t in, out;
  };
  const Case cases[] = {
      {U'A', U'a'},  {U'z', U'z'},       {U'7', U'7'},  {U'Ї', U'ї'},  {U'Є', U'є'}, {U'І', U'і'},
      {U'Ґ', U'г'},  {U'ґ', U'г'},       {U'Ё', U'е'},  {U'ё', U'е'},  {U'Й', U'й'}, {U'Я', U'я'},
      {U'É', U'e'},  {U'ü', U'u'},       {U'Ł', U'l'},  {U'ž', U'z'},  {U'ß', U'ß'}, {U'Ω', U'ω'},
      {U'’', U'\''}, {U'ʼ', U'\''},      {U'`', U'\''}, {U'Ａ', U'a'}, {U'÷', U'÷'}, {U'Ў', U'ў'},
      {U'Џ', U'џ'},  {0x1F994, 0x1F994},
  };
  for (const Case& c : cases) {
    CAPTURE(static_cast<unsigned>(c.in));
    CHECK(static_cast<unsigned>(fold(c.in)) == static_cast<unsigned>(c.out));
  }
}

TEST_CASE("compose joins the two letters that people type in two parts") {
  CHECK(compose(U'и', 0x306) == U'й');
  CHECK(compose(U'і', 0x308) == U'ї');
  CHECK(compose(U'а', 0x301) == U'а');
}

TEST_CASE("is_letter tells words from what stands between them") {
  for (const char32_t c : {U'a', U'9', U'ї', U'É', U'ø', U'あ', U'א'}) CHECK(is_letter(c));
  for (const char32_t c :
       {U' ', U'-', U'\'', U'«', U'—', U'₴', U'№', U'×', char32_t{0xFF75}, char32_t{0x1F994}})
    CHECK_FALSE(is_letter(c));
}
