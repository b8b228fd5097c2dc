// The gaps over real sockets: counters and requests in, questions out.
#include "server-stub/api/gaps.h"

#include <nlohmann/json.hpp>

#include "tests/server-stub/api/harness.h"

namespace {

using namespace askus;
using nlohmann::json;
using testing::Harness;
using testing::uuid;

std::string today() {
  return testing::utc(testing::kStart).substr(0, 10);
}

testing::Answer gaps(Harness& h, const std::string& query) {
  return h.ask("GET", "/v1/sites/demo/gaps?" + query, {{"Authorization", "Bearer " + h.token}});
}

std::string this_day() {
  return "from=" + today() + "&to=" + today();
}

store::Gaps::Searched searched(const std::string& query, std::int64_t n) {
  return {query, "uk", n};
}

}  // namespace

TEST_CASE("what found nothing and what was written anyway is one list, without contacts") {
  Harness h;
  for (int n = 1; n <= 2; ++n) {
    json request = json::parse(testing::request_json(uuid(n)));
    request["title"] = n == 1 ? "Чому СВІТЛО, ivan@example.org" : "Яна Дудник, 0671234567";
    request["name"] = "Дудник Яна";
    request["details"] = "моя таємниця";
    request["contact"] = "yana@example.org";
    REQUIRE(h.post_request(uuid(n), request.dump()).status == 201);
  }
  // A counter's language is known by what is published.
  REQUIRE(h.publish(testing::make_publication(h.key, 1, testing::tiny_snapshot("answer")).body())
              .status == 201);
  const std::string events =
      R"({"id":")" + uuid(50) +
      R"(","channel":"site","language":"uk","events":[{"name":"zero","query":"Чому світло?","count":3},)"
      R"({"name":"zero","query":"дзвоніть 067 123 45 67"}]})";
  REQUIRE(h.ask("POST", "/v1/sites/demo/events", {{"Content-Type", "application/json"}}, events)
              .status == 204);
  const auto answer = gaps(h, this_day());
  REQUIRE(answer.status == 200);
  CHECK(answer.headers.at("cache-control") == "no-store");
  for (const char* hidden :
       {"ivan", "example", "дудник", "яна", "0671234567", "067", "таємниця", "01890a5d"}) {
    CAPTURE(hidden);
    CHECK(answer.body.find(hidden) == std::string::npos);
  }
  const json told = json::parse(answer.body);
  CHECK(told["searched"] == 4);
  CHECK(told["written"] == 2);
  CHECK(told["untold"] == 2);
  REQUIRE(told["questions"].size() == 1);
  CHECK(told["questions"][0]["text"] == "чому світло");
  CHECK(told["questions"][0]["searched"] == 3);
  CHECK(told["questions"][0]["written"] == 1);
}

TEST_CASE("the days of the gaps are checked") {
  Harness h;
  for (const char* query : {"", "from=2026-01-01", "from=2026-02-01&to=2026-01-01",
                            "from=2024-01-01&to=2026-01-01", "from=x&to=y"}) {
    CAPTURE(query);
    CHECK(gaps(h, query).problem() == "bad-query");
  }
  CHECK(gaps(h, "from=2020-01-01&to=2020-01-31").status == 200);
}

TEST_CASE("an answer is bounded, the rest is counted as untold") {
  store::Gaps all;
  const auto most = static_cast<std::int64_t>(api::kMostQuestions);
  for (std::int64_t i = 0; i <= most; ++i)
    all.searched.push_back(searched("q" + std::to_string(i), i == 0 ? 1 : 2));
  all.searched_in_vain = 2 * most + 1 + 7;
  const json told = api::gaps_json("demo", {"2026-01-01", "2026-01-31"}, all);
  CHECK(told["questions"].size() == api::kMostQuestions);
  CHECK(told["searched"] == 2 * most + 8);
  CHECK(told["untold"] == 8);
  for (const json& one : told["questions"]) REQUIRE(one["text"] != "q0");
}
