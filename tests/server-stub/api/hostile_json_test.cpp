// Bodies that are meant to break something: each has one exact answer, and only what is valid is
// stored, byte for byte.
#include <functional>
#include <nlohmann/json.hpp>
#include <string>

#include "tests/server-stub/api/harness.h"

namespace {

using namespace askus;
using testing::Harness;
using testing::request_json;
using testing::uuid;

std::string repeat(const std::string& text, std::size_t times) {
  std::string all;
  all.reserve(text.size() * times);
  while (times-- > 0) all += text;
  return all;
}

// A valid request with one more member.
std::string with(const std::string& member) {
  return request_json(uuid(1), "," + member);
}

std::string field(const std::string& name, const std::string& json_text) {
  return with("\"" + name + "\":\"" + json_text + "\"");
}

}  // namespace

TEST_CASE("hostile JSON has one exact answer, and nothing is stored") {
  constexpr std::size_t kDeep = 10'000, kWide = 100'000;
  struct Case {
    const char* what;
    std::string body;
    unsigned status;
    const char* problem;
  };
  const Case cases[] = {
      {"arrays 10,000 deep", repeat("[", kDeep) + repeat("]", kDeep), 400, "bad-json"},
      {"arrays 10,000 deep, unfinished", repeat("[", kDeep), 400, "bad-json"},
      {"objects 10,000 deep", repeat("{\"a\":", kDeep) + "1" + repeat("}", kDeep), 400, "bad-json"},
      {"10,000 deep in a field", with("\"details\":" + repeat("[", kDeep) + repeat("]", kDeep)),
       400, "bad-json"},
      {"10,000 deep in the consent",
       with("\"consent\":" + repeat("{\"a\":", kDeep) + "1" + repeat("}", kDeep)), 400, "bad-json"},
      {"an array 60,000 wide", "[" + repeat("1,", 60'000) + "1]", 400, "bad-json"},
      {"an array 100,000 wide is over the body's limit", "[" + repeat("1,", kWide) + "1]", 413,
       "too-large"},
      {"20,000 members", request_json(uuid(1), repeat(",\"a\":1", 20'000)), 400, "bad-json"},
      {"100,000 members", request_json(uuid(1), repeat(",\"a\":1", kWide)), 413, "too-large"},
      {"an unknown member", with("\"admin\":true"), 400, "bad-json"},
      {"a member of an object's own", with("\"__proto__\":{}"), 400, "bad-json"},
      {"a member twice", with("\"title\":\"x\""), 400, "bad-json"},
      {"a high surrogate alone", field("details", R"(\ud83d)"), 400, "bad-json"},
      {"a low surrogate alone", field("details", R"(\ude00)"), 400, "bad-json"},
      {"two high surrogates", field("details", R"(\ud83d\ud83d)"), 400, "bad-json"},
      {"surrogates in the wrong order", field("details", R"(\ude00\ud83d)"), 400, "bad-json"},
      {"an escaped NUL", field("details", R"(a\u0000b)"), 400, "bad-json"},
      {"a NUL", field("details", std::string("a\0b", 3)), 400, "bad-json"},
      {"a NUL behind it", request_json(uuid(1)) + std::string(1, '\0'), 400, "bad-json"},
      {"a line end in a text", field("details", "a\nb"), 400, "bad-json"},
      {"bytes that are no UTF-8", field("details", "\xff\xfe"), 400, "bad-json"},
      {"an overlong slash", field("details", "\xc0\xaf"), 400, "bad-json"},
      {"a surrogate in UTF-8", field("details", "\xed\xa0\x80"), 400, "bad-json"},
      {"above Unicode", field("details", "\xf4\x90\x80\x80"), 400, "bad-json"},
      {"UTF-16", std::string("\xff\xfe{\0}\0", 6), 400, "bad-json"},
      {"more behind a NUL", request_json(uuid(1)) + std::string("\0{}", 3), 400, "bad-json"},
      {"nothing", "", 400, "bad-json"},
      {"white space", "   ", 400, "bad-json"},
      {"a text", "\"x\"", 400, "bad-json"},
      {"null", "null", 400, "bad-json"},
      {"a comment", request_json(uuid(1)) + "/* */", 400, "bad-json"},
      {"two values", request_json(uuid(1)) + "{}", 400, "bad-json"},
      {"a comma at the end", "{\"id\":\"" + uuid(1) + "\",}", 400, "bad-json"},
      {"not a number", with("\"mood\":NaN"), 400, "bad-json"},
      {"a number of 100,000 digits", with("\"details\":" + std::string(kWide, '9')), 400,
       "bad-json"},
      {"a number for a text", with("\"details\":1e999"), 400, "bad-json"},
      {"a field one byte too long", field("details", std::string(request::kMaxDetails + 1, 'x')),
       422, "invalid-request"},
      {"a name too long", field("name", std::string(request::kMaxName + 1, 'x')), 422,
       "invalid-request"},
      {"a page too long", field("page", std::string(request::kMaxPage + 1, 'x')), 422,
       "invalid-request"},
      {"a category too long", field("category", std::string(request::kMaxSmall + 1, 'x')), 422,
       "invalid-request"},
      {"a mood of SQL", field("mood", "happy'; DROP TABLE requests; --"), 422, "invalid-request"},
      {"a channel of markup", field("channel", "<script>"), 422, "invalid-request"},
      {"a contact of SQL", field("contact", "' OR 1=1 --"), 422, "invalid-request"},
      {"a page with a query", field("page", "https://a.example/?token=1"), 422, "invalid-request"},
      {"a consent that is a text", with("\"consent\":\"yes\""), 400, "bad-json"},
      {"a consent without its hash", with(R"("consent":{"version":"1"})"), 422, "invalid-request"},
      {"a consent of SQL", with(R"x("consent":{"version":"'","text_hash":"'--","at":"now()"})x"),
       422, "invalid-request"},
  };
  Harness h;
  for (const Case& c : cases) {
    CAPTURE(c.what);
    const auto answer = h.post_request(uuid(1), c.body);
    CHECK(answer.status == c.status);
    CHECK(answer.problem() == c.problem);
    CHECK(answer.headers.at("content-type") == "application/problem+json");
    // What is quoted of it is clean JSON again.
    CHECK_FALSE(nlohmann::json::parse(answer.body, nullptr, false).is_discarded());
  }
  CHECK(h.rows() == "0");
  CHECK(h.sql("SELECT count(*) FROM changes") == "0");
  CHECK(h.ask("GET", "/healthz").status == 200);
}

TEST_CASE("SQL and markup in every field is stored as it was sent, and is nothing but text") {
  const std::string texts[] = {
      "'; DROP TABLE requests; --",
      "\" OR \"\"=\"",
      "1); DELETE FROM sites WHERE (1=1",
      "$1 $2 %s %n {0} ${x} {{x}}",
      "<script>alert(1)</script><img src=x onerror=alert(1)>",
      "javascript:alert(1)",
      "=cmd|' /C calc'!A0",
      "\\'; -- \\x00 \\",
      "\u202eevil\u202c \u200b \ufeff",
      "٪٪ ☃ 👩‍👩‍👧 Z͑ͫ̓ͪ̂ͫ̽",
  };
  Harness h;
  int n = 0;
  for (const std::string& text : texts) {
    const std::string id = uuid(++n);
    nlohmann::json body{{"id", id}, {"kind", "question"}, {"language", text.substr(0, 60)}};
    // What validation leaves free; the others are words of a list, addresses or times.
    for (const char* name : {"title", "details", "category", "name", "page", "query"})
      body[name] = std::string(name) == "category" ? text.substr(0, 60) : text;
    // A page has neither query nor fragment.
    body["page"] = "https://a.example/" + std::to_string(n);
    if (nlohmann::json::parse(body.dump(-1, ' ', true, nlohmann::json::error_handler_t::replace))
            .dump() != body.dump(-1, ' ', false, nlohmann::json::error_handler_t::replace))
      body["category"] = body["language"] = "x";  // it was cut within a character
    const auto answer =
        h.post_request(id, body.dump(-1, ' ', false, nlohmann::json::error_handler_t::replace));
    CAPTURE(text, answer.body);
    REQUIRE(answer.status == 201);
    const std::string row = " FROM requests WHERE id='" + id + "'";
    for (const char* name : {"title", "details", "name", "query"})
      CHECK(h.sql("SELECT " + std::string(name) + row) == text);
    // And read back as JSON.
    const std::string token = nlohmann::json::parse(answer.body)["token"];
    const auto read = h.ask("GET", "/v1/requests/" + id, {{"Authorization", "Bearer " + token}});
    CHECK(nlohmann::json::parse(read.body)["details"] == text);
  }
  CHECK(h.rows() == std::to_string(n));
  CHECK(h.sql("SELECT last_number FROM sites WHERE site='demo'") == std::to_string(n));
}

TEST_CASE("every limit of a field at its edge") {
  const std::pair<const char*, std::size_t> limits[] = {
      {"title", request::kMaxTitle},   {"details", request::kMaxDetails},
      {"name", request::kMaxName},     {"category", request::kMaxSmall},
      {"query", request::kMaxTitle},   {"page", request::kMaxPage},
      {"language", request::kMaxSmall}};
  Harness h;
  int n = 0, stored = 0;
  for (const auto& [name, most] : limits)
    for (const std::size_t size : {most - 1, most, most + 1}) {
      const std::string id = uuid(++n);
      nlohmann::json body{{"id", id}, {"kind", "idea"}, {"title", "t"}, {"language", "uk"}};
      body[name] = std::string(size, 'x');
      CAPTURE(name, size);
      const auto answer = h.post_request(id, body.dump());
      CHECK(answer.status == (size > most ? 422u : 201u));
      stored += size > most ? 0 : 1;
      if (answer.status != 422) continue;
      CHECK(nlohmann::json::parse(answer.body)["errors"][0]["field"] == name);
    }
  CHECK(h.rows() == std::to_string(stored));
}
