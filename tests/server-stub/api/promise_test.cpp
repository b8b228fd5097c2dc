// What visitors are told of when they will be answered: with a request, at its private link, in the
// form without JavaScript.
#include <nlohmann/json.hpp>

#include "tests/catch.h"
#include "tests/server-stub/api/people.h"

namespace {

using namespace askus;
using nlohmann::json;
using testing::Harness;
using testing::uuid;

json ask(Harness& h, int n, const std::string& language, const std::string& more = "") {
  const auto answer = h.post_request(
      uuid(n), R"({"id":")" + uuid(n) + R"(","kind":"question","title":"Why?","language":")" +
                   language + "\"" + more + "}");
  REQUIRE(answer.status == 201);
  return json::parse(answer.body);
}

// An office that is open on weekdays, and promises two hours.
testing::Setup office() {
  testing::Setup setup;
  setup.config = [](config::Config& config, const testing::TempFolder&) {
    hours::Rules& working = config.sites["demo"].working;
    for (std::size_t day = 0; day < 5; ++day) working.week.at(day) = {{540, 1080}};
    working.zone = "Europe/Kyiv";
    working.answer_within_minutes = 120;
  };
  return setup;
}

}  // namespace

TEST_CASE("who asks is told what is promised, and when it opens") {
  Harness h(office());  // it is a Saturday
  CHECK(ask(h, 1, "en")["promise"] ==
        "We answer within 2 hours. We answer again on Monday at 9:00.");
  CHECK(ask(h, 2, "uk")["promise"] ==
        "Відповідаємо протягом 2 годин. Знову відповідатимемо у понеділок о 9:00.");
  CHECK(ask(h, 3, "ru")["promise"] ==
        "Отвечаем в течение 2 часов. Снова будем отвечать в понедельник в 9:00.");
  h.now += 48 * 3'600;
  CHECK(ask(h, 4, "en")["promise"] == "We answer within 2 hours.");
  // A repeated one is told what it was told before.
  CHECK(ask(h, 1, "en")["promise"] ==
        "We answer within 2 hours. We answer again on Monday at 9:00.");
  // The private link says what holds now, until there is an answer.
  CHECK(json::parse(h.ask_own("GET", uuid(1)).body)["promise"] == "We answer within 2 hours.");
  REQUIRE(testing::send(h, testing::begin_session(h, testing::add_person(h, "a@b", "staff")),
                        "POST", "/v1/sites/demo/requests/" + uuid(1) + "/replies",
                        R"({"id":")" + uuid(50) + R"(","text":"so","public":true})")
              .status == 204);
  CHECK_FALSE(json::parse(h.ask_own("GET", uuid(1)).body).contains("promise"));
}

TEST_CASE("what was measured is told once there is enough of it, and measured anew in time") {
  Harness h;
  const std::string ticket = testing::begin_session(h, testing::add_person(h, "a@b", "staff"));
  for (int n = 1; n <= 20; ++n) ask(h, n, "en");
  h.now += 3 * 3'600;
  for (int n = 1; n <= 20; ++n)
    REQUIRE(testing::send(h, ticket, "POST", "/v1/sites/demo/requests/" + uuid(n) + "/replies",
                          R"({"id":")" + uuid(100 + n) + R"(","text":"so","public":true})")
                .status == 204);
  // The first who asks is told what was known; it is measured for those behind them.
  CHECK(ask(h, 30, "en")["promise"] == "We answer within 24 hours.");
  std::string told;
  for (int n = 31; n < 200 && !told.starts_with("We usually"); ++n)
    told = ask(h, n, "en")["promise"].get<std::string>();
  CHECK(told == "We usually answer within 3 hours.");
}
