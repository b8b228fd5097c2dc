// The feed over HTTP: lists, a whole request, what staff do with it.
#include "server-stub/api/feed.h"

#include <nlohmann/json.hpp>

#include "tests/catch.h"
#include "tests/server-stub/api/desk.h"

namespace {

using namespace askus;
using nlohmann::json;
using testing::add_person;
using testing::begin_session;
using testing::Harness;
using testing::send;
using testing::uuid;
using namespace testing::desk;

json feed(Harness& h, const std::string& ticket, const std::string& query = "") {
  return get(h, ticket, kRequests + query);
}

std::string numbers(const json& list) {
  std::string text;
  for (const json& row : list["requests"])
    text += (text.empty() ? "" : " ") + std::to_string(row["number"].get<int>());
  return text;
}

}  // namespace

TEST_CASE("what visitors wrote comes back as it was, in every field") {
  Harness h;
  const Team team(h);
  ask(h, 1, kHostile, kHostile);
  const json row = feed(h, team.staff)["requests"][0];
  for (const char* field : {"title", "excerpt", "name"}) CHECK(row[field] == kHostile);
  REQUIRE(
      send(h, team.staff, "POST", of(1, "replies"), reply_of(9, kHostile, true).dump()).status ==
      204);
  const json whole = get(h, team.staff, kRequests + "/" + uuid(1));
  for (const char* field : {"title", "details", "name"}) CHECK(whole[field] == kHostile);
  CHECK(whole["contact"] == "maria@b.example");
  CHECK(whole["replies"][0]["text"] == kHostile);
  CHECK(whole["replies"][0]["author"] == kHostile);
  CHECK(whole["replies"][0]["role"] == "оператор");
}

TEST_CASE("a request is claimed by one, seen by the other, answered, closed and opened again") {
  Harness h;
  const Team team(h);
  ask(h, 1, "Why?");
  const auto assign = [&](const std::string& ticket, const std::string& from,
                          const std::string& to) {
    return send(h, ticket, "PUT", of(1, "assignee"), json{{"from", from}, {"to", to}}.dump());
  };
  CHECK(numbers(feed(h, team.staff, "?view=new")) == "1");
  CHECK(assign(team.staff, "", team.staff_id).status == 204);
  CHECK(assign(team.other, "", team.other_id).problem() == "claimed");
  CHECK(numbers(feed(h, team.staff, "?view=new")).empty());
  CHECK(numbers(feed(h, team.staff, "?view=mine")) == "1");
  CHECK(feed(h, team.other)["requests"][0]["assignee"] == team.staff_id);
  // Somebody else's is not taken, nor given, but by who may assign.
  CHECK(assign(team.other, team.staff_id, team.other_id).problem() == "not-allowed");
  CHECK(assign(team.staff, team.staff_id, team.other_id).problem() == "not-allowed");
  CHECK(assign(team.lead, team.staff_id, team.other_id).status == 204);
  CHECK(assign(team.lead, team.other_id, team.staff_id).status == 204);
  CHECK(assign(team.lead, team.staff_id, "nobody").status == 404);

  const std::string said = reply_of(20, "So it is.", true).dump();
  CHECK(send(h, team.other, "POST", of(1, "replies"), said).problem() == "claimed");
  CHECK(
      send(h, team.other, "POST", of(1, "replies"), reply_of(21, "A note", false).dump()).status ==
      204);
  CHECK(send(h, team.staff, "POST", of(1, "replies"), said).status == 204);
  CHECK(send(h, team.staff, "POST", of(1, "replies"), said).status == 204);  // the same again
  const json own = json::parse(h.ask_own("GET", uuid(1)).body);
  CHECK(own["status"] == "answered");
  REQUIRE(own["replies"].size() == 1);  // a note is not the visitor's to read
  CHECK(own["replies"][0]["text"] == "So it is.");

  for (const char* status : {"closed", "in-work"})
    CHECK(send(h, team.staff, "PUT", of(1, "status"), json{{"status", status}}.dump()).status ==
          204);
  CHECK(send(h, team.staff, "PUT", of(1, "status"), R"({"status":"erased"})").status == 422);
  CHECK(send(h, team.staff, "PUT", of(9, "status"), R"({"status":"closed"})").status == 404);
  const json whole = get(h, team.other, kRequests + "/" + uuid(1));
  std::string history;
  for (const json& one : whole["history"])
    history += one["kind"].get<std::string>() + (one["actor"] == team.staff_id ? "(staff) " : " ");
  CHECK(history ==
        "received assigned(staff) assigned assigned noted replied(staff) closed(staff) "
        "in-work(staff) ");
}

TEST_CASE("a category is one of the site's, and changes what departments see") {
  Harness h;
  REQUIRE(
      h.publish(testing::make_publication(h.key, 1, testing::tiny_snapshot("a")).body()).status ==
      201);
  const std::string id = add_person(h, "b@b.example", "staff", "demo", "Billing", {"billing"});
  const std::string ticket = begin_session(h, id);
  ask(h, 1, "Why?");
  CHECK(numbers(feed(h, ticket, "?view=department")).empty());
  CHECK(send(h, ticket, "PUT", of(1, "category"), R"({"category":"nothing"})").status == 422);
  CHECK(send(h, ticket, "PUT", of(1, "category"), R"({"category":"billing"})").status == 204);
  CHECK(numbers(feed(h, ticket, "?view=department&category=billing")) == "1");
  const json categories = get(h, ticket, "/v1/sites/demo/categories");
  CHECK(categories[0]["id"] == "billing");
  CHECK(categories[0]["title"]["en"] == "Billing");
}

TEST_CASE("what is open for longer than the site promises is overdue") {
  testing::Setup setup;
  setup.config = [](config::Config& config, const testing::TempFolder&) {
    config.sites["demo"].working.answer_within_minutes = 30;
  };
  Harness h(setup);
  const std::string ticket = begin_session(h, add_person(h, "s@b.example", "staff"));
  ask(h, 1, "Why?");
  h.now += 30 * 60 - 1;
  CHECK(numbers(feed(h, ticket, "?view=overdue")).empty());
  CHECK(feed(h, ticket)["requests"][0]["late"] == false);
  h.now += 1;
  CHECK(numbers(feed(h, ticket, "?view=overdue")) == "1");
  CHECK(feed(h, ticket)["requests"][0]["late"] == true);
  CHECK(feed(h, ticket)["counts"]["overdue"] == 1);
}

TEST_CASE(
    "a text finds requests as visitors find answers: misspelt, inflected, on another layout") {
  Harness h;
  const std::string ticket = begin_session(h, add_person(h, "s@b.example", "staff"));
  ask(h, 1, "Немає інтернету після грози", "Роутер блимає червоним");
  ask(h, 2, "Повернення помилкового платежу");
  ask(h, 3, "Зміна тарифу");
  const auto found = [&](const std::string& text) {
    return numbers(feed(h, ticket, "?text=" + text));
  };
  CHECK(found("%D1%96%D0%BD%D1%82%D0%B5%D1%80%D0%BD%D0%B5%D1%82") == "1");  // інтернет
  CHECK(found("%D1%80%D0%BE%D1%83%D1%82%D0%B5%D1%80") == "1");  // роутер, in details
  CHECK(found("%D1%82%D0%B0%D1%80%D0%B8%D1%84%D0%B8") == "3");  // тарифи
  CHECK(found("nfhba") == "3");                                 // тариф
  CHECK(found("2") == "2");
  CHECK(found("%E2%84%96%202") == "2");
  CHECK(found("zzzzzz").empty());
  // What is written later is found too, and filters still hold.
  ask(h, 4, "Тариф для пенсіонерів");
  CHECK(found("%D1%82%D0%B0%D1%80%D0%B8%D1%84") == "4 3");
  CHECK(numbers(feed(h, ticket, "?text=2&status=closed")).empty());
}

TEST_CASE("what is not valid in a list's address is 400") {
  Harness h;
  const std::string ticket = begin_session(h, add_person(h, "s@b.example", "staff"));
  for (const char* query : {"?view=others", "?from=yesterday", "?to=2026-13-01", "?behind=x",
                            "?behind=-1", "?behind=99999999999999999999", "?kind=%FF", "?tone=%D0"})
    CHECK(send(h, ticket, "GET", kRequests + query).problem() == "bad-query");
  CHECK(send(h, ticket, "GET", kRequests + "?kind=" + std::string(101, 'a')).status == 400);
  CHECK(send(h, ticket, "GET", kRequests + "/none").status == 404);
}

TEST_CASE("pages of the list go on behind the last row") {
  Harness h;
  const std::string ticket = begin_session(h, add_person(h, "s@b.example", "staff"));
  for (int n = 1; n <= 52; ++n) ask(h, n, "Question " + std::to_string(n));
  const json first = feed(h, ticket);
  CHECK(first["requests"].size() == 50);
  CHECK(first["more"] == true);
  CHECK(first["seq"] == 52);
  const json second = feed(h, ticket, "?behind=3");
  CHECK(numbers(second) == "2 1");
  CHECK(second["more"] == false);
}

TEST_CASE("an erased request is gone from the feed") {
  Harness h;
  const std::string ticket = begin_session(h, add_person(h, "s@b.example", "staff"));
  ask(h, 1, "Why?");
  REQUIRE(send(h, ticket, "POST", of(1, "replies"), reply_of(9, "text", true).dump()).status ==
          204);
  REQUIRE(h.ask_own("DELETE", uuid(1)).status == 204);
  CHECK(numbers(feed(h, ticket)).empty());
  CHECK(send(h, ticket, "GET", kRequests + "/" + uuid(1)).status == 410);
  CHECK(send(h, ticket, "PUT", of(1, "status"), R"({"status":"closed"})").status == 410);
}
