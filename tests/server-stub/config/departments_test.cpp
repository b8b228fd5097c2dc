// Who answers, when, and what it costs: read, and refused with a line and a key.
#include "server-stub/config/config.h"
#include "tests/catch.h"

namespace {

using namespace askus;

std::string kKey = R"({"x": "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA", )"
                   R"("y": "BAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA"})";

Result<config::Config> parse(const std::string& site) {
  return config::parse(
      "{\"data\": \"d\", \"web\": \"w\", \"secret_file\": \"s\",\n"
      "\"sites\": {\"demo\": {\"allowed_origins\": [], \"public_keys\": [" +
          kKey + "],\n" + site + "}}}",
      "/");
}

std::string error_of(const std::string& site) {
  const auto config = parse(site);
  return config.ok() ? "" : config.error().text;
}

}  // namespace

TEST_CASE("departments have the site's hours but for what is their own") {
  const auto config = parse(R"("time_zone": "Europe/Kyiv", "answer_within_minutes": 90,
    "hours": {"mon-fri": "09:00-18:00", "sat": "10:00-14:00"}, "holidays": ["2026-12-25"],
    "costs": {"call": 4.05, "writing": 0.2, "currency": "UAH"},
    "departments": {"pay": "p@c.example", "net": {"address": "n@c.example",
      "hours": {"mon-sun": "22:00-06:00"}, "holidays": [], "answer_within_minutes": 480},
      "tv": {"time_zone": "UTC"}})");
  INFO((config.ok() ? "" : config.error().text));
  REQUIRE(config.ok());
  const config::SiteConfig& site = config->sites.at("demo");
  CHECK(site.working.zone == "Europe/Kyiv");
  CHECK(site.working.week[4] == std::vector<hours::Opening>{{540, 1080}});
  CHECK(site.working.week[6].empty());
  CHECK(site.working.holidays == std::set<std::string>{"2026-12-25"});
  CHECK(site.departments.at("pay").address == "p@c.example");
  CHECK(site.departments.at("pay").working.text() == site.working.text());
  const hours::Rules& night = site.departments.at("net").working;
  CHECK(site.departments.at("net").address == "n@c.example");
  CHECK(night.week[6] == std::vector<hours::Opening>{{1320, 1800}});
  CHECK(night.holidays.empty());
  CHECK(night.zone == "Europe/Kyiv");
  CHECK(night.answer_within_minutes == 480);
  CHECK(site.departments.at("tv").working.zone == "UTC");
  CHECK(site.departments.at("tv").working.answer_within_minutes == 90);
  CHECK(site.costs.call == 405);
  CHECK(site.costs.writing == 20);
  CHECK(site.costs.currency == "UAH");
}

TEST_CASE("what is wrong with hours, holidays and prices is told with line and key") {
  const std::pair<const char*, const char*> cases[] = {
      {R"("hours": {"mon": "9-18"})", "3: /sites/demo/hours/mon: \"9-18\" is not like 09:00-18:00"},
      {R"("hours": {"monday": "09:00-18:00"})", "is not like mon, mon-fri or sat,sun"},
      {R"("hours": {"mon-fri": "09:00-18:00", "fri": "09:00-12:00"})",
       "names a day that another key names"},
      {R"("hours": {"mon": "10:00-12:00,11:00-13:00"})", "the hours of mon overlap"},
      {R"("hours": {"mon": "22:00-06:00", "tue": "05:00-09:00"})", "the hours of tue overlap"},
      {R"("hours": {})", "has no day"},
      {R"("hours": "always")", "must be an object"},
      {R"("holidays": ["25 December"])", "/holidays/0: is not a day, YYYY-MM-DD"},
      {R"("time_zone": "Europe/Kiew")", "is not a time zone that this system knows"},
      {R"("time_zone": 2)", "must be a text"},
      {R"("departments": {"net": {"hours": {"mon": "x"}}})",
       "/sites/demo/departments/net/hours/mon: "},
      {R"("departments": {"net": {"mail": "x"}})", "is not a known key"},
      {R"("departments": {"net": {"answer_within_minutes": 0}})", "must be a whole number from 1"},
      {R"("departments": {"net": 7})", "must be a text"},
      {R"("costs": {"call": 4.005})", "at most two decimals"},
      {R"("costs": {"call": -1})", "at most two decimals"},
      {R"("costs": {"writing": "0.20"})", "at most two decimals"},
      {R"("costs": {"currency": "hrn"})", "three letters"},
      {R"("costs": {"fax": 1})", "is not a known key"},
  };
  for (const auto& [site, text] : cases) {
    INFO(site);
    CHECK(error_of(site).find(text) != std::string::npos);
    CHECK(error_of(site).starts_with("3: "));
  }
}
