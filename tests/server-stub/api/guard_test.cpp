// Which pages may call /v1: Sec-Fetch-Site and the list of origins.
#include "server-stub/api/guard.h"

#include "tests/server-stub/api/harness.h"

namespace {

using namespace askus;
using testing::Fields;
using testing::Harness;
using testing::request_json;
using testing::Setup;
using testing::uuid;

const std::string kListed = "https://shop.example";
const std::string kPath = "/v1/sites/demo/requests";

Fields with_origin(const std::string& origin) {
  return {{"Origin", origin}, {"Sec-Fetch-Site", "cross-site"}};
}

}  // namespace

TEST_CASE("pages of other sites are refused, but for the listed origins exactly") {
  Setup setup;
  setup.api_origins = {kListed};
  Harness h(setup);
  struct Case {
    Fields fields;
    unsigned status;
    bool cors;
  };
  const Case cases[] = {
      {{}, 201, false},
      {{{"Sec-Fetch-Site", "same-origin"}}, 201, false},
      {{{"Sec-Fetch-Site", "same-site"}}, 201, false},
      {{{"Sec-Fetch-Site", "none"}}, 201, false},
      {{{"Sec-Fetch-Site", "cross-site"}}, 403, false},
      {with_origin(kListed), 201, true},
      {with_origin("https://shop.example."), 403, false},
      {with_origin("https://SHOP.example"), 403, false},
      {with_origin("http://shop.example"), 403, false},
      {with_origin("https://shop.example:8443"), 403, false},
      {with_origin("https://shop.example.evil.example"), 403, false},
      {with_origin("https://sub.shop.example"), 403, false},
      {with_origin("null"), 403, false},
      {with_origin("*"), 403, false},
      {with_origin(""), 403, false},
  };
  int n = 0;
  for (const Case& c : cases) {
    const std::string id = uuid(++n);
    const auto answer = h.post_request(id, request_json(id), c.fields);
    CAPTURE(n, c.fields.empty() ? "" : c.fields[0].second);
    CHECK(answer.status == c.status);
    if (c.status == 403) CHECK(answer.problem() == "cross-site");
    CHECK(answer.headers.count("access-control-allow-origin") == (c.cors ? 1 : 0));
    if (c.cors) CHECK(answer.headers.at("access-control-allow-origin") == kListed);
    CHECK(answer.headers.count("access-control-allow-credentials") == 0);
    CHECK(answer.headers.at("vary") == "Origin");
    // The same for what gives a form token.
    CHECK(h.ask("GET", "/v1/sites/demo/form", c.fields).status == (c.status == 201 ? 200 : 403));
  }
}

TEST_CASE("a publisher's key is worth nothing in a page of another site") {
  Harness h;
  const Fields fields{{"Authorization", "Bearer " + h.token}, {"Sec-Fetch-Site", "cross-site"}};
  for (const char* path : {"/v1/sites/demo/snapshots", "/v1/sites/demo/rollback"})
    CHECK(h.ask("POST", path, fields, "{}").problem() == "cross-site");
  CHECK(h.ask("GET", "/v1/sites/demo/snapshots", fields).problem() == "cross-site");
}

TEST_CASE("a preflight names what a listed origin may send, and nothing to others") {
  Setup setup;
  setup.api_origins = {kListed};
  Harness h(setup);
  const Fields asks{{"Access-Control-Request-Method", "POST"},
                    {"Access-Control-Request-Headers", "content-type,idempotency-key"}};
  Fields listed = asks, other = asks;
  listed.push_back({"Origin", kListed});
  other.push_back({"Origin", "https://evil.example"});
  const auto yes = h.ask("OPTIONS", kPath, listed);
  CHECK(yes.status == 204);
  CHECK(yes.headers.at("access-control-allow-origin") == kListed);
  CHECK(yes.headers.at("access-control-allow-methods") == "POST");
  CHECK(yes.headers.at("access-control-allow-headers").find("Idempotency-Key") !=
        std::string::npos);
  const auto no = h.ask("OPTIONS", kPath, other);
  CHECK(no.status == 403);
  CHECK(no.headers.count("access-control-allow-origin") == 0);
  CHECK(h.ask("OPTIONS", "/v1/sites/nowhere/requests", listed).problem() == "unknown-site");
  CHECK(h.ask("OPTIONS", "/v1/sites/other/requests", listed).status == 403);
}

TEST_CASE("a refusal is readable for a listed origin too") {
  Setup setup;
  setup.api_origins = {kListed};
  Harness h(setup);
  const auto answer = h.ask("POST", kPath, with_origin(kListed), "{}");
  CHECK(answer.status == 415);
  CHECK(answer.headers.at("access-control-allow-origin") == kListed);
}

TEST_CASE("without listed origins no answer speaks of CORS, and the check has its switch") {
  Harness h;
  const auto plain = h.post_request(uuid(1), request_json(uuid(1)), {{"Origin", kListed}});
  CHECK(plain.status == 201);
  CHECK(plain.headers.count("vary") == 0);
  CHECK(plain.headers.count("access-control-allow-origin") == 0);
  Setup setup;
  setup.abuse.fetch_metadata = false;
  Harness off(setup);
  CHECK(off.post_request(uuid(1), request_json(uuid(1)), with_origin(kListed)).status == 201);
}
