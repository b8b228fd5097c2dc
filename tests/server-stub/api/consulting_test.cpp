// What several people do with one request: marks, advice, duplicates, answers to all who asked.
#include <algorithm>
#include <atomic>
#include <thread>

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

void publish_faq(Harness& h) {
  REQUIRE(h.publish(testing::make_publication(h.key, 1, testing::tiny_snapshot("Here.")).body())
              .status == 201);
}

std::string numbers(Harness& h, const std::string& ticket, const std::string& query) {
  std::string text;
  const json list = get(h, ticket, kRequests + query);
  for (const json& row : list["requests"])
    text += (text.empty() ? "" : " ") + std::to_string(row["number"].get<int>());
  return text;
}

std::string deeds(Harness& h, const std::string& ticket, int n) {
  std::string text;
  const json whole = get(h, ticket, kRequests + "/" + uuid(n));
  for (const json& one : whole["history"])
    text += (text.empty() ? "" : " ") + one["kind"].get<std::string>();
  return text;
}

unsigned put(Harness& h, const std::string& ticket, int n, const std::string& what,
             const json& body) {
  return send(h, ticket, "PUT", of(n, what), body.dump()).status;
}

}  // namespace

TEST_CASE(
    "what somebody marks is theirs alone, and what is done comes back when something happens") {
  Harness h;
  const Team team(h);
  for (int n = 1; n <= 3; ++n) ask(h, n, "Why " + std::to_string(n) + "?");
  CHECK(put(h, team.staff, 2, "flags", {{"flag", "starred"}}) == 204);
  CHECK(put(h, team.staff, 2, "flags", {{"flag", "starred"}}) == 204);
  CHECK(put(h, team.staff, 3, "flags", {{"flag", "done"}}) == 204);
  CHECK(put(h, team.staff, 3, "flags", {{"flag", "red"}}) == 422);
  CHECK(put(h, team.staff, 9, "flags", {{"flag", "done"}}) == 404);
  CHECK(numbers(h, team.staff, "?flag=starred") == "2");
  CHECK(numbers(h, team.staff, "?flag=done") == "3");
  CHECK(numbers(h, team.staff, "?view=new") == "2 1");
  CHECK(numbers(h, team.other, "?view=new") == "3 2 1");
  CHECK(numbers(h, team.other, "?flag=starred").empty());
  CHECK(get(h, team.staff, kRequests)["counts"]["new"] == 2);
  CHECK(get(h, team.staff, kRequests + "/" + uuid(2))["flags"] == json{"starred"});
  // A note of somebody who asks for advice is something new.
  publish_faq(h);
  CHECK(send(h, team.other, "POST", of(3, "consultations"),
             json{{"id", uuid(50)}, {"text", "?"}, {"category", "billing"}}.dump())
            .status == 204);
  CHECK(numbers(h, team.staff, "?view=new") == "3 2 1");
  CHECK(put(h, team.staff, 2, "flags", {{"flag", "starred"}, {"set", false}}) == 204);
  CHECK(numbers(h, team.staff, "?flag=starred").empty());
}

TEST_CASE("a request goes to another department and comes back with its advice") {
  Harness h;
  const Team team(h);
  publish_faq(h);
  const std::string engineer =
      begin_session(h, add_person(h, "e@b.example", "staff", "demo", "Ivan", {"billing"}));
  ask(h, 1, "Why is it so slow?");
  const auto consult = [&](int id, const std::string& category) {
    return send(h, team.staff, "POST", of(1, "consultations"),
                json{{"id", uuid(id)}, {"text", "What is it?"}, {"category", category}}.dump());
  };
  CHECK(consult(40, "nowhere").status == 422);
  CHECK(consult(40, "billing").status == 204);
  CHECK(consult(40, "billing").status == 204);  // the same again
  CHECK(numbers(h, engineer, "?view=asked") == "1");
  CHECK(get(h, engineer, kRequests)["counts"]["asked"] == 1);
  CHECK(numbers(h, team.other, "?view=asked").empty());
  CHECK(get(h, team.staff, kRequests)["requests"][0]["consulting"] == true);

  const std::string path = of(1, "consultations/" + uuid(40) + "/advice");
  const auto advise = [&](const std::string& ticket, int id) {
    return send(h, ticket, "POST", path, json{{"id", uuid(id)}, {"text", "The cable."}}.dump());
  };
  CHECK(advise(engineer, 41).status == 204);
  CHECK(advise(engineer, 41).status == 204);
  CHECK(advise(team.other, 42).problem() == "claimed");  // there is one
  CHECK(send(h, engineer, "POST", of(1, "consultations/" + uuid(9) + "/advice"),
             json{{"id", uuid(43)}, {"text", "?"}}.dump())
            .status == 404);
  CHECK(numbers(h, engineer, "?view=asked").empty());
  const json whole = get(h, team.staff, kRequests + "/" + uuid(1));
  REQUIRE(whole["consultations"].size() == 1);
  CHECK(whole["consultations"][0]["advice"] == uuid(41));
  CHECK(whole["consultations"][0]["asker"] == team.staff_id);
  REQUIRE(whole["replies"].size() == 2);
  CHECK(whole["replies"][1]["author"] == "Ivan");
  CHECK(get(h, team.staff, kRequests)["requests"][0]["advised"] == true);
  CHECK(deeds(h, team.staff, 1) == "received consulted advised");
  // None of it is the visitor's to read but in their export, and it is erased with the request.
  CHECK(json::parse(h.ask_own("GET", uuid(1)).body)["replies"].empty());
  CHECK(json::parse(h.ask_own("GET", uuid(1), "/export").body)["replies"].size() == 2);
  CHECK(h.ask_own("DELETE", uuid(1)).status == 204);
  for (const char* table : {"replies", "consultations", "flags"})
    CHECK(h.sql(std::string("SELECT count(*) FROM ") + table) == "0");
}

TEST_CASE("duplicates become one: whoever wrote them reads what is answered there") {
  Harness h;
  const Team team(h);
  for (int n = 1; n <= 4; ++n) ask(h, n, "The same?");
  const auto merge = [&](int n, const std::string& into) {
    return put(h, team.staff, n, "merged", {{"into", into}});
  };
  CHECK(merge(3, uuid(2)) == 204);
  CHECK(merge(2, uuid(1)) == 204);  // and 3 goes with it
  CHECK(merge(2, uuid(1)) == 204);
  CHECK(merge(1, uuid(1)) == 422);
  CHECK(merge(1, uuid(3)) == 409);  // which is merged itself
  CHECK(merge(4, uuid(99)) == 404);
  CHECK(numbers(h, team.staff, "?view=new") == "4 1");
  const json main = get(h, team.staff, kRequests + "/" + uuid(1));
  CHECK(main["merged"].size() == 2);
  CHECK(main["merged_into"].is_null());
  CHECK(get(h, team.staff, kRequests + "/" + uuid(3))["merged_into"]["number"] == 1);

  CHECK(send(h, team.staff, "POST", of(3, "replies"), reply_of(30, "Not here.", true).dump())
            .problem() == "claimed");
  const std::string said = reply_of(31, "So it is.", true).dump();
  for (int twice = 0; twice < 2; ++twice)
    CHECK(send(h, team.staff, "POST", of(1, "replies"), said).status == 204);
  for (int n = 1; n <= 3; ++n) {
    const json own = json::parse(h.ask_own("GET", uuid(n)).body);
    REQUIRE(own["replies"].size() == 1);
    CHECK(own["replies"][0]["text"] == "So it is.");
  }
  CHECK(merge(3, "") == 204);
  CHECK(get(h, team.staff, kRequests + "/" + uuid(3))["status"] == "received");
  CHECK(deeds(h, team.staff, 3) == "received merged replied parted");
  CHECK(deeds(h, team.staff, 1) == "received joined assigned replied");
  // What the others were merged into goes: they stand alone.
  CHECK(h.ask_own("DELETE", uuid(1)).status == 204);
  CHECK(get(h, team.staff, kRequests + "/" + uuid(2))["merged_into"].is_null());
}

TEST_CASE("all who asked the same are found and answered at once, but for those in other hands") {
  Harness h;
  const Team team(h);
  ask(h, 1, "Не працює інтернет");
  ask(h, 2, "інтернет не працює зранку");
  ask(h, 3, "Як змінити пароль?");
  ask(h, 4, "Не работает интернет");
  const json same = get(h, team.staff, of(1, "same"));
  std::vector<int> found;
  for (const json& one : same) found.push_back(one["number"].get<int>());
  std::sort(found.begin(), found.end());
  CHECK(found == std::vector<int>{2, 4});

  CHECK(put(h, team.other, 4, "assignee", {{"from", ""}, {"to", team.other_id}}) == 204);
  json body = reply_of(30, "We are mending it.", true);
  body["also"] = {uuid(2), uuid(4), uuid(77)};
  for (int twice = 0; twice < 2; ++twice) {
    const auto answer = send(h, team.staff, "POST", of(1, "replies"), body.dump());
    REQUIRE(answer.status == 200);
    CHECK(json::parse(answer.body)["refused"] == json{uuid(4), uuid(77)});
  }
  for (const int n : {1, 2})
    CHECK(json::parse(h.ask_own("GET", uuid(n)).body)["replies"].size() == 1);
  CHECK(json::parse(h.ask_own("GET", uuid(4)).body)["replies"].empty());
  body["public"] = false;
  CHECK(send(h, team.staff, "POST", of(1, "replies"), body.dump()).status == 422);
}

TEST_CASE("200 claims at once on 50 requests: each is taken exactly once") {
  Harness h;
  constexpr int kRequestsAsked = 50, kPeople = 4;
  for (int n = 1; n <= kRequestsAsked; ++n) ask(h, n, "Question " + std::to_string(n));
  std::vector<std::string> ids, tickets;
  for (int i = 0; i < kPeople; ++i) {
    ids.push_back(add_person(h, std::to_string(i) + "@b.example", "staff"));
    tickets.push_back(begin_session(h, ids.back()));
  }
  std::atomic<int> taken{0}, refused{0}, others{0};
  std::vector<std::thread> claims;
  for (int n = 1; n <= kRequestsAsked; ++n)
    for (std::size_t who = 0; who < ids.size(); ++who)
      claims.emplace_back([&, n, who] {
        const auto answer = send(h, tickets[who], "PUT", of(n, "assignee"),
                                 json{{"from", ""}, {"to", ids[who]}}.dump());
        ++(answer.status == 204 ? taken : answer.problem() == "claimed" ? refused : others);
      });
  for (std::thread& claim : claims) claim.join();
  CHECK(taken == kRequestsAsked);
  CHECK(refused == kRequestsAsked * (kPeople - 1));
  CHECK(others == 0);
  CHECK(h.sql("SELECT count(*) FROM changes WHERE kind = 'assigned'") == "50");
  CHECK(h.sql("SELECT count(*) FROM requests WHERE assignee = ''") == "0");
}
