// Inviting, giving and taking roles, and what is recorded of it.
#include <nlohmann/json.hpp>

#include "server-stub/store/people.h"
#include "tests/catch.h"
#include "tests/server-stub/api/people.h"

namespace {

using namespace askus;
using nlohmann::json;
using testing::add_person;
using testing::begin_session;
using testing::Harness;
using testing::send;

const std::string kBase = "/v1/sites/demo/";

json list(Harness& h, const std::string& ticket, const std::string& what) {
  const auto answer = send(h, ticket, "GET", kBase + what);
  INFO(answer.body);
  REQUIRE(answer.status == 200);
  return json::parse(answer.body);
}

}  // namespace

TEST_CASE("an administrator invites somebody, who is then one of the team") {
  Harness h;
  const std::string admin = begin_session(h, add_person(h, "admin@b.example", "administrator"));
  const auto invited =
      send(h, admin, "POST", kBase + "invitations",
           R"({"email":" Ivan@B.example","role":"lead","categories":["net","pay"]})");
  REQUIRE(invited.status == 201);
  const json invitation = json::parse(invited.body);
  CHECK(invitation["email"] == "ivan@b.example");
  CHECK(invitation["expires_at"] == testing::utc(testing::kStart + 7 * 86'400));
  const std::string link = invitation["link"];
  CHECK(link.starts_with("/staff#invitation="));
  const std::string ticket = link.substr(link.find('=') + 1);
  CHECK(list(h, admin, "invitations")[0]["id"] == invitation["id"]);
  CHECK(invitation["id"] != ticket);

  const testing::Fields own{{"Content-Type", "application/json"}, {"Origin", "http://localhost"}};
  const auto looked = h.ask("POST", "/v1/invitation", own, json{{"ticket", ticket}}.dump());
  CHECK(json::parse(looked.body) == json{{"email", "ivan@b.example"},
                                         {"site", "demo"},
                                         {"role", "lead"},
                                         {"kind", "join"},
                                         {"known", false}});
  CHECK(h.ask("POST", "/v1/invitation", own, R"({"ticket":"x"})").problem() == "bad-invitation");
  json body{{"ticket", ticket}, {"password", "short"}, {"language", "ru"}};
  const auto refused = h.ask("POST", "/v1/invitation/acceptance", own, body.dump());
  CHECK(refused.status == 422);
  CHECK(refused.body.find("\"name\"") != std::string::npos);
  CHECK(refused.body.find("\"password\"") != std::string::npos);
  body["password"] = testing::kPassword;
  body["name"] = "Іван";
  CHECK(h.ask("POST", "/v1/invitation/acceptance", own, body.dump()).status == 204);
  CHECK(h.ask("POST", "/v1/invitation/acceptance", own, body.dump()).problem() == "bad-invitation");

  const json people = list(h, admin, "people");
  REQUIRE(people.size() == 2);
  CHECK(people[0]["name"] == "Іван");
  CHECK(people[0]["categories"] == json::array({"net", "pay"}));
  CHECK(people[0]["email"] == "ivan@b.example");
  std::string acts;
  CHECK(send(h, admin, "GET", "/v1/sites/demo/audit?before=%FF").problem() == "bad-query");
  for (const json& act : list(h, admin, "audit")) acts += act["action"].get<std::string>() + " ";
  CHECK(acts.find("accept-invitation invite ") != std::string::npos);
}

TEST_CASE("who is known joins with the password they have") {
  Harness h;
  testing::join(h, "olena@b.example", "staff");
  const std::string ticket = testing::invite(h, "olena@b.example", "lead", "other");
  const testing::Fields own{{"Content-Type", "application/json"}, {"Origin", "http://localhost"}};
  json body{{"ticket", ticket}, {"password", "some other password"}, {"language", "uk"}};
  CHECK(h.ask("POST", "/v1/invitation/acceptance", own, body.dump()).status == 401);
  body["password"] = testing::kPassword;
  CHECK(h.ask("POST", "/v1/invitation/acceptance", own, body.dump()).status == 204);
  CHECK(h.sql("SELECT count(*) FROM people") == "1");
  CHECK(h.sql("SELECT count(*) FROM memberships") == "2");
  CHECK(testing::log_in(h, "olena@b.example", testing::kPassword).status == 204);
}

TEST_CASE("colleagues see each other's names; addresses only who manages them") {
  Harness h;
  const std::string admin = begin_session(h, add_person(h, "admin@b.example", "administrator"));
  const std::string staff_id = add_person(h, "staff@b.example", "staff");
  const std::string gone = add_person(h, "gone@b.example", "lead");
  const std::string staff = begin_session(h, staff_id);
  REQUIRE(
      send(h, admin, "PUT", kBase + "people/" + gone, R"({"role":"lead","active":false})").status ==
      200);
  const json seen = list(h, staff, "people");
  CHECK(seen.size() == 2);
  CHECK(seen.dump().find("example") == std::string::npos);
  CHECK(list(h, admin, "people").size() == 3);
}

TEST_CASE("who is taken away is out at once, and the last administrator stays") {
  Harness h;
  const std::string admin_id = add_person(h, "admin@b.example", "administrator");
  const std::string admin = begin_session(h, admin_id);
  const std::string staff_id = add_person(h, "staff@b.example", "staff");
  const std::string staff = begin_session(h, staff_id);
  const auto put = [&](const std::string& id, const std::string& body) {
    return send(h, admin, "PUT", kBase + "people/" + id, body);
  };
  CHECK(put(admin_id, R"({"role":"staff"})").problem() == "last-administrator");
  CHECK(put(admin_id, R"({"role":"administrator","active":false})").status == 409);
  CHECK(put("nobody", R"({"role":"staff"})").status == 404);
  CHECK(put(staff_id, R"({"role":"god"})").status == 422);
  CHECK(put(staff_id, R"({"role":"staff","more":1})").problem() == "bad-json");
  CHECK(send(h, staff, "GET", "/v1/session").status == 200);
  CHECK(put(staff_id, R"({"role":"staff","active":false})").status == 200);
  CHECK(send(h, staff, "GET", "/v1/session").status == 401);
  // What they are elsewhere is not this site's to take.
  CHECK(send(h, admin, "PUT", "/v1/sites/other/people/" + staff_id, R"({"role":"staff"})").status ==
        403);
}

TEST_CASE("an invitation that is withdrawn is good for nothing") {
  Harness h;
  const std::string admin = begin_session(h, add_person(h, "admin@b.example", "administrator"));
  const json invitation = json::parse(
      send(h, admin, "POST", kBase + "invitations", R"({"email":"a@b.example","role":"staff"})")
          .body);
  const std::string path = kBase + "invitations/" + invitation["id"].get<std::string>();
  CHECK(send(h, admin, "DELETE", path).status == 204);
  CHECK(send(h, admin, "DELETE", path).status == 404);
  const std::string link = invitation["link"];
  CHECK(h.ask("POST", "/v1/invitation",
              {{"Content-Type", "application/json"}, {"Origin", "http://localhost"}},
              json{{"ticket", link.substr(link.find('=') + 1)}}.dump())
            .status == 404);
  CHECK(send(h, admin, "POST", kBase + "invitations", R"({"email":"not one","role":"staff"})")
            .status == 422);
}

TEST_CASE("publishing with a session is recorded under the person, with a key under the key") {
  Harness h;
  const std::string id = add_person(h, "m@b.example", "marketer");
  const std::string marketer = begin_session(h, id);
  const auto publication = [&](std::uint64_t version) {
    return testing::make_publication(h.key, version,
                                     testing::tiny_snapshot("answer " + std::to_string(version)))
        .body();
  };
  REQUIRE(h.publish(publication(1)).status == 201);
  REQUIRE(h.ask("POST", kBase + "snapshots", testing::by(h, marketer), publication(2)).status ==
          201);
  const json kept = list(h, marketer, "snapshots");
  CHECK(kept[0]["publisher"] == "Олена");  // people know each other by name
  h.stop();                                // what is recorded is nobody's to wait for
  CHECK(h.sql("SELECT group_concat(actor || ' ' || action || ' ' || subject, '; ') FROM (SELECT *"
              " FROM audit WHERE site = 'demo' AND action = 'publish' ORDER BY rowid)") ==
        publish::sha256_hex(h.token).substr(0, 12) + " publish 1; " + id + " publish 2");
}

TEST_CASE("a profile and a picture are the person's own") {
  Harness h;
  const std::string id = add_person(h, "a@b.example", "staff");
  const std::string ticket = begin_session(h, id);
  CHECK(send(h, ticket, "PUT", "/v1/profile",
             R"({"name":" <b>Олена</b> ","position":"інженер","language":"ru"})")
            .status == 204);
  const std::string picture = testing::png(64, 64), hash = publish::sha256_hex(picture);
  CHECK(send(h, ticket, "PUT", "/v1/profile", R"({"name":"a\u0007b","language":"uk"})").status ==
        422);
  CHECK(send(h, ticket, "PUT", "/v1/profile", R"({"name":"  ","language":"uk"})").status == 422);
  CHECK(send(h, ticket, "PUT", "/v1/profile", R"({"name":"a","language":"xx"})").status == 422);
  const auto put = [&](const std::string& bytes) {
    return h.ask("PUT", "/v1/profile/picture", testing::by(h, ticket), bytes).status;
  };
  CHECK(put(picture) == 204);
  CHECK(put("<svg onload=alert(1)>") == 415);
  CHECK(put(testing::png(1'025, 1)) == 422);
  CHECK(put(picture + std::string(store::kMaxPersonPicture, ' ')) == 413);
  const json me = json::parse(send(h, ticket, "GET", "/v1/session").body);
  CHECK(me["name"] == "<b>Олена</b>");
  CHECK(me["picture"] == hash);
  const auto shown = send(h, ticket, "GET", "/v1/pictures/" + hash);
  CHECK(shown.body == picture);
  CHECK(shown.headers.at("content-type") == "image/png");
  CHECK(shown.headers.at("content-security-policy") == "default-src 'none'; sandbox");
}
