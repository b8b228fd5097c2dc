#include "server-stub/api/kept_query.h"

#include "tests/catch.h"

using askus::api::kept_query;
using askus::api::kKeptQueryBytes;

TEST_CASE("what is kept of a query, and what is not") {
  struct Case {
    std::string query, kept;
  };
  const Case cases[] = {
      // Folded, its words parted by single spaces.
      {"  Немає   ІНТЕРНЕТУ?! ", "немає інтернету"},
      {"Ґанок, ёлка — п’ять", "ганок елка п'ять"},
      {"Café <b>menu</b>\n\x01", "cafe b menu b"},
      {"и\xcc\x86од і\xcc\x88жак а\xcc\x81", "йод їжак а"},
      {"тариф 2024", "тариф 2024"},
      {"роутер x1000.", "роутер x1000"},
      {"", ""},
      {"?!", ""},
      // Contacts and numbers that name somebody.
      {"ivan@example.org", ""},
      {"пишіть ivan ＠ ukr net", ""},
      {"сайт mail.ua не працює", ""},
      {"t.me/ivan", ""},
      {"+380 67 123-45-67", ""},
      {"0 6 7 1 2", ""},
      {"картка 4111 1111 1111 1111", ""},
      {"рахунок 12345", ""},
      {"рахунок １２３４５", ""},
      {"рахунок 1234", "рахунок 1234"},
      {"дзвоніть ٠١٢٣٤", ""},  // digits that are not known as such
      {"bad \xff bytes", ""},
  };
  for (const Case& c : cases) {
    CAPTURE(c.query);
    CHECK(kept_query(c.query) == c.kept);
  }
}

TEST_CASE("a long query is cut between words") {
  const std::string word = "слово ";  // 11 bytes
  std::string text;
  for (int i = 0; i < 12; ++i) text += word;
  CHECK(kept_query(text).size() == 9 * 11 - 1);
  const std::string one(kKeptQueryBytes + 1, 'x');
  CHECK(kept_query(one) == one.substr(1));
  CHECK(kept_query(one.substr(1)) == one.substr(1));
  std::string wide = "x";  // the limit would cut the last letter in two
  for (int i = 0; i < 60; ++i) wide += "я";
  CHECK(kept_query(wide).size() == kKeptQueryBytes - 1);
}
