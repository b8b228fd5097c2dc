#include "server-stub/http/message.h"

#include "server-stub/http/problem.h"
#include "tests/catch.h"

namespace http = askus::http;

TEST_CASE("the header setter refuses what could split a response") {
  struct Case {
    std::string name, value;
    bool allowed;
  };
  const Case cases[] = {
      {"X-Name", "value", true},
      {"X-Name", "", true},
      {"X-Name", "tab\tand \xC3\xA4", true},
      {"X-Name", "a\rb", false},
      {"X-Name", "a\nb", false},
      {"X-Name", "a\r\nSet-Cookie: b", false},
      {"X-Name", std::string("a\0b", 3), false},
      {"X-Name", "a\x7F", false},
      {"X-Name\r\nEvil", "value", false},
      {"X Name", "value", false},
      {"X:Name", "value", false},
      {"", "value", false},
  };
  for (const Case& c : cases) {
    CAPTURE(c.name, c.value);
    http::Headers headers;
    CHECK(headers.set(c.name, c.value).ok() == c.allowed);
    CHECK(headers.fields().size() == (c.allowed ? 1u : 0u));
  }
}

TEST_CASE("a header field is replaced and found whatever its case") {
  http::Headers headers;
  REQUIRE(headers.set("Content-Type", "a").ok());
  REQUIRE(headers.set("content-type", "b").ok());
  CHECK(headers.fields().size() == 1);
  CHECK(headers.get("CONTENT-TYPE") == "b");
  CHECK(headers.find("Content-Typ") == nullptr);
}

TEST_CASE("a response with a dirty header becomes a bare 500") {
  http::Response response = http::text_response(200, "text/plain", "secret");
  response.with("Location", "/\r\nX: y");
  CHECK(response.status == 500);
  CHECK(response.headers.fields().empty());
  CHECK(response.body.view().empty());
}

TEST_CASE("percent escapes") {
  struct Case {
    std::string text, decoded;
    bool ok;
  };
  const Case cases[] = {
      {"/a%20b", "/a b", true},   {"/%D0%B0", "/\xD0\xB0", true},
      {"/%2e%2E/", "/../", true}, {"/%", "", false},
      {"/%4", "", false},         {"/%zz", "", false},
      {"/%00", "", false},        {"/%0a", "", false},
      {"/%7F", "", false},
  };
  for (const Case& c : cases) {
    CAPTURE(c.text);
    const auto decoded = http::percent_decode(c.text);
    REQUIRE(decoded.ok() == c.ok);
    if (c.ok) CHECK(*decoded == c.decoded);
  }
}

TEST_CASE("query values") {
  CHECK(http::query_value("lang=uk+en&x=1", "lang") == "uk en");
  CHECK(http::query_value("a=1&lang=%D1%83", "lang") == "\xD1\x83");
  CHECK(http::query_value("langs=uk&lang", "lang").empty());
  CHECK(http::query_value("", "lang").empty());
}

TEST_CASE("a problem is RFC 9457 JSON") {
  const http::Response response =
      http::problem(http::problems::kInvalidRequest, "why", {{"title", "is blank"}});
  CHECK(response.status == 422);
  CHECK(response.headers.get("Content-Type") == "application/problem+json");
  CHECK(response.body.view() ==
        R"({"type":"/problems/invalid-request","title":"Some fields are not valid","status":422,)"
        R"("detail":"why","errors":[{"field":"title","text":"is blank"}]})");
  CHECK(http::problem(http::problems::kBusy).headers.get("Retry-After") == "2");
  CHECK(http::problem(http::problems::kUnauthorized).headers.get("WWW-Authenticate") == "Bearer");
}
