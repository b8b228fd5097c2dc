#include "server-stub/api/studio.h"

#include "tests/server-stub/api/harness.h"

using namespace askus;
using testing::Fields;
using testing::Harness;

namespace {

constexpr const char* kDraft = "/v1/sites/demo/draft";
constexpr const char* kBody = R"({"records":"{\"id\":\"a\"}\n","settings":"{}"})";

Fields of(const std::string& token, const std::string& version = {}) {
  Fields fields{{"Authorization", "Bearer " + token}, {"Content-Type", "application/json"}};
  if (!version.empty()) fields.emplace_back("If-Match", version);
  return fields;
}

}  // namespace

TEST_CASE("a draft is its site's publishers' alone") {
  Harness h;
  CHECK(h.ask("GET", kDraft).problem() == "unauthorized");
  CHECK(h.ask("GET", kDraft, of(h.other_token)).problem() == "unauthorized");
  CHECK(h.ask("GET", kDraft, of(h.staff_token)).problem() == "unauthorized");
  CHECK(h.ask("PUT", kDraft, of(h.other_token, "\"0\""), kBody).problem() == "unauthorized");
  CHECK(h.ask("PUT", kDraft, of(h.token, "\"0\""), kBody).status == 200);
  CHECK(h.ask("GET", "/v1/sites/other/draft", of(h.other_token)).body.find("\"version\":0") !=
        std::string::npos);
}

TEST_CASE("a draft comes back byte for byte, with who saved it and when") {
  Harness h;
  REQUIRE(h.ask("PUT", kDraft, of(h.token, "\"0\""), kBody).body == "{\"version\":1}");
  const auto saved = h.ask("GET", kDraft, of(h.token));
  CHECK(saved.headers.at("etag") == "\"1\"");
  CHECK(saved.headers.at("cache-control") == "no-store");
  CHECK(saved.body.find(std::string("\"draft\":") + kBody + "}") != std::string::npos);
  CHECK(saved.body.find("\"saved_at\":\"2026-11-21T10:00:00Z\"") != std::string::npos);
  CHECK(saved.body.find(h.token) == std::string::npos);
}

TEST_CASE("what names no version, another one, or is no draft changes nothing") {
  Harness h;
  REQUIRE(h.ask("PUT", kDraft, of(h.token, "\"0\""), kBody).status == 200);
  for (const char* version : {"", "1", "\"\"", "\"-1\"", "\"x\"", "\"1", "*", "\"0\"", "\"2\"",
                              "\"99999999999999999999\"", "W/\"1\""}) {
    CAPTURE(version);
    CHECK(h.ask("PUT", kDraft, of(h.token, version), kBody).problem() == "draft-changed");
  }
  for (const char* body :
       {"", "{", "[]", "{}", R"({"records":""})", R"({"records":1,"settings":""})",
        R"({"records":"","settings":"","more":1})", "\xFF"}) {
    CAPTURE(body);
    CHECK(h.ask("PUT", kDraft, of(h.token, "\"1\""), body).problem() == "bad-json");
  }
  CHECK(h.ask("GET", kDraft, of(h.token)).headers.at("etag") == "\"1\"");
}

TEST_CASE("without a studio in the web folder there is no page, and no site's for a stranger") {
  Harness h;
  CHECK(h.ask("GET", "/studio/demo").problem() == "not-found");
  CHECK(h.ask("GET", "/studio/nowhere").problem() == "unknown-site");
}
