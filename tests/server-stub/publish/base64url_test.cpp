#include "server-stub/publish/base64url.h"

#include "tests/catch.h"

using namespace askus::publish;

TEST_CASE("bytes survive base64url") {
  struct Case {
    std::string bytes, text;
  };
  // RFC 4648, 10, without padding; and the two letters that differ from base64.
  const Case cases[] = {
      {"", ""},           {"f", "Zg"},          {"fo", "Zm8"},          {"foo", "Zm9v"},
      {"foob", "Zm9vYg"}, {"fooba", "Zm9vYmE"}, {"foobar", "Zm9vYmFy"}, {"\xFB\xFF\xFE", "-__-"}};
  for (const Case& c : cases) {
    CHECK(base64url(c.bytes) == c.text);
    CHECK(base64url_decode(c.text) == c.bytes);
  }
}

TEST_CASE("only the one form of some bytes is read") {
  for (const char* text : {"Z", "Zg==", "Zh", "Zm9", "Zm9v\n", " Zm9v", "Zm+v", "Zm/v", "Zm9vY"}) {
    CAPTURE(text);
    CHECK_FALSE(base64url_decode(text).has_value());
  }
  CHECK_FALSE(base64url_decode(std::string_view("Zm9v\0", 5)).has_value());
}
