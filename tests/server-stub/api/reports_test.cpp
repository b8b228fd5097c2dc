// Reports and departments over the wire: form, CSV, names, and nothing of visitors.
#include <nlohmann/json.hpp>

#include "server-stub/api/reports.h"
#include "tests/catch.h"
#include "tests/server-stub/api/people.h"

namespace {

using namespace askus;
using nlohmann::json;
using testing::add_person;
using testing::begin_session;
using testing::Harness;
using testing::send;
using testing::uuid;

const std::string kDays = "from=2026-11-21&to=2026-11-21";

void ask(Harness& h, int n, const std::string& more) {
  const std::string body =
      R"({"id":")" + uuid(n) +
      R"(","kind":"question","title":"Planted title","name":"Planted Name",)" +
      R"("contact":"planted@example.org","language":"uk","consent":{"version":"1","text_hash":")" +
      std::string(64, 'a') + R"(","at":"2026-01-01T00:00:00Z"})" + more + "}";
  REQUIRE(h.post_request(uuid(n), body).status == 201);
}

json table(const json& report, const std::string& name) {
  for (const json& one : report["tables"])
    if (one["name"] == name) return one;
  FAIL("no table " + name);
  return {};
}

testing::Answer get(Harness& h, const std::string& ticket, const std::string& path) {
  return send(h, ticket, "GET", "/v1/sites/demo/" + path);
}

}  // namespace

TEST_CASE("a report has its tables with units, names and the period before") {
  Harness h;
  const auto publication = testing::make_publication(h.key, 1, testing::tiny_snapshot("answer"));
  REQUIRE(h.publish(publication.body()).status == 201);
  const std::string id = add_person(h, "l@b.example", "lead", "demo", "Олена Левченко");
  const std::string ticket = begin_session(h, id);
  ask(h, 1, R"(,"category":"billing","mood":"upset","channel":"site")");
  ask(h, 2, R"(,"channel":"site")");
  h.now += 600;
  REQUIRE(send(h, ticket, "POST", "/v1/sites/demo/requests/" + uuid(1) + "/replies",
               R"({"id":")" + uuid(50) + R"(","text":"so","public":true})")
              .status == 204);

  const auto answer = get(h, ticket, "reports/times?lang=en&" + kDays);
  REQUIRE(answer.status == 200);
  CHECK(answer.headers.at("cache-control").find("no-store") != std::string::npos);
  const json times = json::parse(answer.body);
  CHECK(times["before"]["from"] == "2026-11-20");
  CHECK(times["names"]["category"]["billing"] == "Billing");
  CHECK(times["names"]["person"][id] == "Олена Левченко");
  const json people = table(times, "people");
  CHECK(people["by"] == json::array({"person"}));
  REQUIRE(people["rows"].size() == 1);
  CHECK(people["figures"][1] == json{{"name", "response_median"}, {"unit", "seconds"}});
  CHECK(people["rows"][0]["now"][0] == 1);
  CHECK(people["rows"][0]["now"][1] == 600);
  CHECK(people["rows"][0]["before"][0] == 0);
  CHECK(people["rows"][0]["before"][1].is_null());
  CHECK(table(times, "totals")["rows"][0]["now"][0] == 2);
  CHECK(answer.body.find("lanted") == std::string::npos);

  const json cost = json::parse(get(h, ticket, "reports/cost?" + kDays).body);
  CHECK(cost["currency"] == "USD");
  const json row = table(cost, "totals")["rows"][0]["now"];
  CHECK(row == json::array({1, 0, 0.2, 0.2, 3.8, 0.0, 3.8}));
  for (const char* report : {"found", "requests", "themes", "gaps"}) {
    const auto other = get(h, ticket, std::string("reports/") + report + "?" + kDays);
    CHECK(other.status == 200);
    CHECK(other.body.find("lanted") == std::string::npos);
  }
}

TEST_CASE("a table as CSV is one that a spreadsheet reads and does not run") {
  Harness h;
  const std::string id = add_person(h, "l@b.example", "lead", "demo", "=2+2,\"x\"");
  const std::string ticket = begin_session(h, id);
  ask(h, 1, R"(,"channel":"site")");
  h.now += 60;
  REQUIRE(send(h, ticket, "POST", "/v1/sites/demo/requests/" + uuid(1) + "/replies",
               R"({"id":")" + uuid(50) + R"(","text":"so","public":true})")
              .status == 204);
  const auto answer = get(h, ticket, "reports/times?format=csv&table=people&" + kDays);
  REQUIRE(answer.status == 200);
  CHECK(answer.headers.at("content-type").starts_with("text/csv"));
  CHECK(answer.headers.at("content-disposition") ==
        "attachment; filename=\"demo-times-people-2026-11-21-2026-11-21.csv\"");
  CHECK(answer.body ==
        "\xEF\xBB\xBFperson,person_name,answered,response_median,response_p90,closed,"
        "resolution_median,resolution_p90,in_time,late,in_time_share,answered_before,"
        "response_median_before,response_p90_before,closed_before,resolution_median_before,"
        "resolution_p90_before,in_time_before,late_before,in_time_share_before\r\n" +
            id + ",\"'=2+2,\"\"x\"\"\",1,60,60,0,,,1,0,1.000,0,,,0,,,0,0,\r\n");
  for (const char* text : {"=1", "+1", "-1", "@a", "\t=1", "\r=1", "\n=1"}) {
    const std::string csv =
        api::report_csv({"r", "t", {"k"}, {{"n"}}, {}}, {{{text}, {1}, {2}}}, {}, "en");
    CHECK(csv.find(std::string("'") + text) != std::string::npos);
  }
  const store::ReportTable money{"r", "t", {"k"}, {{"m", store::Unit::kMoney}}, {}};
  CHECK(api::report_csv(money, {{{"a"}, {-5}, {123'456}}}, {}, "en") ==
        "\xEF\xBB\xBFk,m,m_before\r\na,-0.05,1234.56\r\n");
  for (const char* language : {"uk", "ru-RU"})
    CHECK(api::report_csv(money, {{{"a;b"}, {-5}, {123'456}}}, {}, language) ==
          "\xEF\xBB\xBFk;m;m_before\r\n\"a;b\";-0,05;1234,56\r\n");
}

TEST_CASE("what is no report is refused") {
  Harness h;
  const std::string ticket = begin_session(h, add_person(h, "l@b.example", "lead"));
  CHECK(get(h, ticket, "reports/nothing?" + kDays).status == 404);
  for (const char* query : {"", "from=2026-11-21", "from=2026-11-22&to=2026-11-21", "from=x&to=y",
                            "from=2026-11-21&to=2026-11-21&format=csv",
                            "from=2026-11-21&to=2026-11-21&format=csv&table=people",
                            "from=2026-11-21&to=2026-11-21&format=xml"})
    CHECK(get(h, ticket, std::string("reports/found?") + query).problem() == "bad-query");
}

TEST_CASE("departments have hours, who answers, and by when their questions are due") {
  testing::Setup setup;
  setup.config = [](config::Config& config, const testing::TempFolder&) {
    config::DepartmentConfig& billing = config.sites["demo"].departments["billing"];
    for (std::size_t day = 0; day < 5; ++day) billing.working.week.at(day) = {{540, 1080}};
    billing.working.zone = "Europe/Kyiv";
    billing.working.holidays = {"2026-11-23"};
    billing.working.answer_within_minutes = 120;
  };
  Harness h(setup);  // it is a Saturday
  const auto publication = testing::make_publication(h.key, 1, testing::tiny_snapshot("answer"));
  REQUIRE(h.publish(publication.body()).status == 201);
  const std::string id = add_person(h, "s@b.example", "staff", "demo", "Олена", {"billing"});
  const std::string ticket = begin_session(h, id);
  ask(h, 1, R"(,"category":"billing")");
  ask(h, 2, "");

  const json list = json::parse(get(h, ticket, "departments").body);
  REQUIRE(list.size() == 2);
  CHECK(list[0]["category"] == "billing");
  CHECK(list[0]["hours"][0] == json::array({"09:00-18:00"}));
  CHECK(list[0]["hours"][6] == json::array());
  CHECK(list[0]["open"] == false);
  CHECK(list[0]["opens"] == "2026-11-24T07:00:00Z");  // Monday is a holiday
  CHECK(list[0]["people"] == json::array({id}));
  CHECK(list[0]["measured"].is_null());
  CHECK(list[1]["category"] == "");
  CHECK(list[1]["open"] == true);

  const json rows = json::parse(get(h, ticket, "requests?view=new").body)["requests"];
  CHECK(rows[0]["due"] == "2026-11-22T10:00:00Z");
  CHECK(rows[1]["due"] == "2026-11-24T09:00:00Z");
  // Another department, another time.
  REQUIRE(send(h, ticket, "PUT", "/v1/sites/demo/requests/" + uuid(1) + "/category",
               R"({"category":""})")
              .status == 204);
  CHECK(json::parse(get(h, ticket, "requests/" + uuid(1)).body)["due"] == "2026-11-22T10:00:00Z");
}

TEST_CASE("what a department's answers have taken of late, when there were enough") {
  Harness h;
  const std::string ticket = begin_session(h, add_person(h, "s@b.example", "staff"));
  for (int n = 1; n <= 20; ++n) ask(h, n, "");
  for (int n = 1; n <= 20; ++n) {
    h.now += 60;
    REQUIRE(send(h, ticket, "POST", "/v1/sites/demo/requests/" + uuid(n) + "/replies",
                 R"({"id":")" + uuid(100 + n) + R"(","text":"so","public":true})")
                .status == 204);
    const json list = json::parse(get(h, ticket, "departments").body);
    if (n < 20) CHECK(list.back()["measured"].is_null());
    if (n == 20)
      CHECK(list.back()["measured"] == json{{"answered", 20}, {"median", 600}, {"p75", 900}});
  }
}
