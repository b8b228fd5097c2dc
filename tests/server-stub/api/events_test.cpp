// Counters in, figures out, over real sockets.
#include "server-stub/api/events.h"

#include <cmath>
#include <nlohmann/json.hpp>

#include "server-stub/api/figures.h"
#include "tests/server-stub/api/harness.h"

namespace {

using namespace askus;
using nlohmann::json;
using testing::Fields;
using testing::Harness;
using testing::make_publication;
using testing::tiny_snapshot;
using testing::uuid;

const Fields kJson{{"Content-Type", "application/json"}};

std::string batch(int id, const std::string& events, const std::string& channel = "site") {
  return R"({"id":")" + uuid(id) + R"(","channel":")" + channel +
         R"(","language":"uk","events":[)" + events + "]}";
}

std::string today() {
  return testing::utc(testing::kStart).substr(0, 10);
}

testing::Answer stats(Harness& h, const std::string& query, const std::string& key) {
  return h.ask("GET", "/v1/sites/demo/stats?" + query, {{"Authorization", "Bearer " + key}});
}

// part / whole to three places, or null.
json share(double part, double whole) {
  return whole == 0 ? json() : json(std::round(part / whole * 1'000) / 1'000);
}

double number(const Harness& h, const std::string& sql) {
  return std::stod(h.sql(sql));
}

}  // namespace

TEST_CASE("events are counted once a batch, and nothing else of them is kept") {
  Harness h;
  REQUIRE(h.publish(make_publication(h.key, 1, tiny_snapshot("answer")).body()).status == 201);
  const std::string path = "/v1/sites/demo/events";
  const std::string body = batch(1, R"({"name":"search","count":3},)"
                                    R"({"name":"zero","query":"Чому СВІТЛО?"},)"
                                    R"({"name":"zero","query":"дзвоніть 067 123 45 67"},)"
                                    R"({"name":"topic","topic":"pay"})");
  for (int i = 0; i < 2; ++i) {
    const auto answer = h.ask("POST", path, kJson, body);
    CHECK(answer.status == 204);
    CHECK(answer.body.empty());
  }
  CHECK(h.sql("SELECT n FROM counters WHERE counter = 'search'") == "3");
  CHECK(h.sql("SELECT day FROM counters WHERE counter = 'search'") == today());
  CHECK(h.sql("SELECT n FROM counters WHERE query = 'чому світло'") == "1");
  CHECK(h.sql("SELECT n FROM counters WHERE counter = 'zero' AND query = ''") == "1");
  CHECK(h.sql("SELECT category FROM counters WHERE topic = 'pay'") == "billing");
  CHECK(h.sql("SELECT count(*) FROM counters") == "4");

  // A site that has not allowed it keeps no query.
  CHECK(h.ask("POST", "/v1/sites/other/events", kJson,
              batch(2, R"({"name":"zero","query":"світло"})"))
            .status == 204);
  CHECK(h.sql("SELECT count(*) FROM counters WHERE site = 'other' AND query <> ''") == "0");
}

TEST_CASE("what is not a batch is refused, and nothing counted") {
  Harness h;
  const std::string path = "/v1/sites/demo/events", good = batch(1, R"({"name":"search"})");
  CHECK(h.ask("POST", path, kJson, "{}").problem() == "invalid-events");
  CHECK(h.ask("POST", path, kJson, batch(1, "")).status == 422);
  CHECK(h.ask("POST", path, {}, good).status == 415);
  CHECK(h.ask("POST", path,
              {{"Content-Type", "application/json"}, {"Sec-Fetch-Site", "cross-site"}}, good)
            .problem() == "cross-site");
  CHECK(h.ask("POST", "/v1/sites/nowhere/events", kJson, good).problem() == "unknown-site");
  CHECK(h.ask("GET", path).status == 405);
  for (const std::size_t size : {api::kEventsBody - 1, api::kEventsBody, api::kEventsBody + 1}) {
    CAPTURE(size);
    const std::string body = good + std::string(size - good.size(), ' ');
    CHECK(h.ask("POST", path, kJson, body).status == (size > api::kEventsBody ? 413u : 204u));
  }
  CHECK(h.sql("SELECT sum(n) FROM counters") == "1");
}

TEST_CASE("figures are what their formulas make of the rows") {
  Harness h;
  REQUIRE(h.publish(make_publication(h.key, 1, tiny_snapshot("answer")).body()).status == 201);
  const std::string path = "/v1/sites/demo/events";
  REQUIRE(
      h.ask("POST", path, kJson,
            batch(1, R"({"name":"search","count":40},{"name":"zero","query":"світло","count":7},)"
                     R"({"name":"zero","query":"газ","count":2},{"name":"zero","count":1},)"
                     R"({"name":"topic","topic":"pay","count":20},)"
                     R"({"name":"helpful-yes","topic":"pay","count":8},)"
                     R"({"name":"helpful-partly","topic":"pay","count":2},)"
                     R"({"name":"helpful-no","topic":"pay","count":3},)"
                     R"({"name":"offered","topic":"pay","count":5},)"
                     R"({"name":"write","count":4},{"name":"me-too","topic":"pay"})"))
          .status == 204);
  REQUIRE(h.ask("POST", path, kJson,
                batch(2, R"({"name":"search","count":3},{"name":"helpful-yes"})", "vk"))
              .status == 204);
  const std::string consent =
      R"(,"contact":"visitor@b.example","consent":{"version":"1","text_hash":")" +
      std::string(64, 'a') + R"(","at":"2026-01-01T00:00:00Z"})";
  const char* const more[] = {R"(,"mood":"upset","category":"billing")", R"(,"mood":"happy")",
                              R"(,"channel":"vk")"};
  for (int i = 0; i < 3; ++i)
    REQUIRE(h.post_request(uuid(10 + i), testing::request_json(uuid(10 + i), more[i] + consent))
                .status == 201);

  const auto answer = stats(h, "from=" + today() + "&to=" + today(), h.staff_token);
  REQUIRE(answer.status == 200);
  CHECK(answer.headers.at("cache-control") == "no-store");
  const json got = json::parse(answer.body);

  // Every figure again, out of the rows, by docs/http-api.md.
  const auto check = [&h](const json& part, const std::string& counters,
                          const std::string& requests) {
    const auto n = [&](const std::string& counter) {
      return number(h,
                    "SELECT coalesce(sum(n), 0) FROM counters WHERE site = 'demo' AND counter = '" +
                        counter + "'" + counters);
    };
    const auto stored = [&](const std::string& what) {
      return number(h, "SELECT count(*) FROM requests WHERE site = 'demo'" + what + requests);
    };
    CAPTURE(part.dump(), counters);
    for (const std::string_view name : api::kCounters)
      CHECK(part["totals"][std::string(name)] == n(std::string(name)));
    CHECK(part["totals"]["requests"] == stored(""));
    const double yes = n("helpful-yes"), all = stored("");
    CHECK(part["figures"]["found_alone"] == share(yes, yes + all));
    CHECK(part["figures"]["wrote_anyway"] == share(all, all + n("offered")));
    CHECK(part["figures"]["found_nothing"] == share(n("zero"), n("search")));
    CHECK(part["figures"]["helped"] == share(yes, yes + n("helpful-partly") + n("helpful-no")));
    for (const char* mood : {"happy", "indifferent", "upset"})
      CHECK(part["moods"][mood] == stored(std::string(" AND mood = '") + mood + "'"));
  };
  check(got, "", "");
  CHECK(got["figures"]["found_alone"] == 0.75);  // 9 of 9 + 3
  CHECK(got["figures"]["wrote_anyway"] == 0.375);
  REQUIRE(got["channels"].size() == 2);
  for (const json& part : got["channels"]) {
    const std::string where = " AND channel = '" + part["channel"].get<std::string>() + "'";
    check(part, where, where);
  }
  REQUIRE(got["departments"].size() == 2);
  for (const json& part : got["departments"]) {
    const std::string where = " AND category = '" + part["category"].get<std::string>() + "'";
    check(part, where, where);
  }
  CHECK(got["departments"][0]["figures"]["helped"] == share(1, 1));
  REQUIRE(got["days"].size() == 1);
  CHECK(got["days"][0]["totals"] == got["totals"]);
  REQUIRE(got["topics"].size() == 1);
  CHECK(got["topics"][0]["totals"]["helpful-yes"] == 8);
  CHECK(got["topics"][0]["helped"] == share(8, 13));
  REQUIRE(got["unanswered"].size() == 2);
  CHECK(got["unanswered"][0] == json{{"query", "світло"}, {"language", "uk"}, {"n", 7}});
  CHECK(got["unanswered"][1]["query"] == "газ");
}

TEST_CASE("without anything to divide by a figure is null, not nought") {
  Harness h;
  const json got = json::parse(stats(h, "from=2026-01-01&to=2026-01-31", h.staff_token).body);
  for (const char* name : {"found_alone", "wrote_anyway", "found_nothing", "helped"})
    CHECK(got["figures"][name].is_null());
  CHECK(got["channels"].is_array());
  CHECK(got["totals"]["search"] == 0);
}

TEST_CASE("days that are none, out of order or too many are refused") {
  Harness h;
  for (const char* query : {"", "from=2026-01-01", "to=2026-01-01", "from=2026-02-01&to=2026-01-01",
                            "from=2026-02-30&to=2026-03-01", "from=2025-01-01&to=2026-02-05",
                            "from=1&to=2", "from=2026-01-01'--&to=2026-01-01"}) {
    CAPTURE(query);
    CHECK(stats(h, query, h.staff_token).problem() == "bad-query");
  }
  CHECK(stats(h, "from=2025-01-01&to=2026-02-04", h.staff_token).status == 200);
}
