// Tags and tone over HTTP: the tree, bounds, hostile titles, proposals.
#include "server-stub/api/tags.h"

#include <nlohmann/json.hpp>

#include "shared/tags/ready_made.h"
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

const std::string kTags = "/v1/sites/demo/tags";
const std::string kRequest = "/v1/sites/demo/requests/" + uuid(1);
// Would be markup, script or SQL if anything took it for more than a text.
const std::string kHostile = "<img src=x onerror=alert(1)>\"'&{{7*7}} ;--";

json tag(const std::string& name, const std::string& parent = "") {
  return {{"name", name}, {"parent", parent}, {"titles", {{"en", name}}}};
}

std::string add(Harness& h, const std::string& ticket, const json& body) {
  const auto answer = send(h, ticket, "POST", kTags, body.dump());
  INFO(answer.body);
  REQUIRE(answer.status == 201);
  return json::parse(answer.body)["id"];
}

json get(Harness& h, const std::string& ticket, const std::string& path) {
  const auto answer = send(h, ticket, "GET", path);
  INFO(answer.body);
  REQUIRE(answer.status == 200);
  return json::parse(answer.body);
}

json by_path(const json& tags, const std::string& path) {
  for (const json& one : tags)
    if (one["path"] == path) return one;
  FAIL("no tag " << path);
  return {};
}

void ask(Harness& h, const std::string& title) {
  json body = json::parse(testing::request_json(uuid(1)));
  body["title"] = title;
  REQUIRE(h.post_request(uuid(1), body.dump()).status == 201);
}

}  // namespace

TEST_CASE("the tree: made by who leads, read by who answers, with paths") {
  Harness h;
  const std::string lead = begin_session(h, add_person(h, "l@b.example", "lead"));
  const std::string staff = begin_session(h, add_person(h, "s@b.example", "staff"));
  const std::string billing = add(h, lead, tag("billing"));
  json body = tag("refund", billing);
  body["titles"]["uk"] = kHostile;
  body["words"] = {"верніть гроші", kHostile};
  const std::string refund = add(h, lead, body);
  const json one = by_path(get(h, staff, kTags), "billing/refund");
  CHECK(one["id"] == refund);
  CHECK(one["titles"]["uk"] == kHostile);
  CHECK(one["words"] == body["words"]);
  CHECK(one["requests"] == 0);
  CHECK(send(h, staff, "POST", kTags, tag("x").dump()).status == 403);
  CHECK(send(h, lead, "POST", kTags, tag("billing").dump()).problem() == "tag-exists");
  CHECK(send(h, lead, "POST", kTags, tag("x", uuid(7)).dump()).status == 404);

  body["retired"] = true;
  body["name"] = "money-back";
  CHECK(send(h, lead, "PUT", kTags + "/" + refund, body.dump()).status == 204);
  CHECK(by_path(get(h, staff, kTags), "billing/money-back")["retired"] == true);
  json circle = tag("billing", refund);
  CHECK(send(h, lead, "PUT", kTags + "/" + billing, circle.dump()).problem() == "bad-tree");
  CHECK(send(h, lead, "PUT", kTags + "/" + uuid(7), tag("y").dump()).status == 404);

  const std::string other = add(h, lead, tag("other"));
  const json into{{"into", billing}};
  CHECK(send(h, lead, "POST", kTags + "/" + other + "/merge", into.dump()).status == 204);
  CHECK(send(h, lead, "POST", kTags + "/" + other + "/merge", into.dump()).status == 404);
  CHECK(send(h, lead, "POST", kTags + "/" + billing + "/merge", into.dump()).problem() ==
        "bad-tree");
  CHECK(h.sql("SELECT count(*) FROM audit WHERE action IN ('add-tag','change-tag','merge-tag')") ==
        "5");
}

TEST_CASE("what is no tag is 422 with what is wrong, and nothing is stored by it") {
  Harness h;
  const std::string lead = begin_session(h, add_person(h, "l@b.example", "lead"));
  const auto wrong = [&](json body, const char* field) {
    const auto answer = send(h, lead, "POST", kTags, body.dump());
    CAPTURE(answer.body, field);
    CHECK(answer.status == 422);
    CHECK(json::parse(answer.body)["errors"][0]["field"] == field);
  };
  json body = tag("x");
  for (const char* name : {"", "Big", "a/b", "a b", "тег", "<b>"}) {
    body["name"] = name;
    wrong(body, "name");
  }
  body["name"] = std::string(api::kMaxTagName, 'a');
  body["titles"]["en"] = std::string(api::kMaxTagTitle, 't');
  body["words"] = std::vector<std::string>(api::kMaxTagWords, std::string(api::kMaxTagWord, 'w'));
  add(h, lead, body);
  json over = body;
  over["name"] = std::string(api::kMaxTagName + 1, 'a');
  wrong(over, "name");
  over = body;
  over["titles"]["en"] = std::string(api::kMaxTagTitle + 1, 't');
  wrong(over, "titles");
  over = body;
  over["words"].push_back("one more");
  wrong(over, "words");
  over = body;
  over["words"] = {std::string(api::kMaxTagWord + 1, 'w')};
  wrong(over, "words");
  over = body;
  over["words"] = {"two\nlines"};
  wrong(over, "words");
  for (const json& titles : {json::object(), json{{"english", "x"}}, json{{"en", 1}},
                             json{{"en", "  "}}, json{{"en", "a\nb"}}}) {
    over = body;
    over["titles"] = titles;
    wrong(over, "titles");
  }
  over = body;
  over["parent"] = "none";
  wrong(over, "parent");
  over = body;
  over["more"] = 1;
  CHECK(send(h, lead, "POST", kTags, over.dump()).problem() == "bad-json");
  CHECK(h.sql("SELECT count(*) FROM tags") == "1");
}

TEST_CASE("the ready-made tree is there in one step, and again adds nothing") {
  Harness h;
  const std::string lead = begin_session(h, add_person(h, "l@b.example", "lead"));
  CHECK(send(h, lead, "POST", kTags + "/ready-made").status == 204);
  CHECK(send(h, lead, "POST", kTags + "/ready-made").status == 204);
  const json tags = get(h, lead, kTags);
  CHECK(tags.size() == askus::tags::ready_made().size());
  CHECK(by_path(tags, "billing/refund/late")["titles"]["en"] == "Refund is late");
}

TEST_CASE("a request's tags are proposed, set by a person, and found from above") {
  Harness h;
  const std::string lead = begin_session(h, add_person(h, "l@b.example", "lead"));
  const std::string staff_id = add_person(h, "s@b.example", "staff");
  const std::string staff = begin_session(h, staff_id);
  ask(h, "Still no refund, where is my money?");
  CHECK(get(h, staff, kRequest + "/tag-proposals").empty());  // there is no tree
  REQUIRE(send(h, lead, "POST", kTags + "/ready-made").status == 204);
  const json tags = get(h, staff, kTags);
  const json proposals = get(h, staff, kRequest + "/tag-proposals");
  REQUIRE(proposals.size() >= 1);
  CHECK(proposals.size() <= 3);
  CHECK(get(h, staff, kRequest)["tags"].empty());  // nothing is set by itself
  const std::string refund = by_path(tags, "billing/refund")["id"],
                    late = by_path(tags, "billing/refund/late")["id"],
                    billing = by_path(tags, "billing")["id"];
  const bool is_refund = proposals[0]["tag"] == refund || proposals[0]["tag"] == late;
  CHECK(is_refund);
  const std::string first = proposals[0]["tag"];
  CHECK(send(h, staff, "PUT", kRequest + "/tags/" + first).status == 204);
  CHECK(send(h, staff, "PUT", kRequest + "/tags/" + first).status == 204);
  CHECK(send(h, staff, "PUT", kRequest + "/tags/" + uuid(7)).status == 404);
  CHECK(send(h, staff, "PUT", "/v1/sites/demo/requests/" + uuid(8) + "/tags/" + late).status ==
        404);
  const json whole = get(h, staff, kRequest);
  REQUIRE(whole["tags"].size() == 1);
  CHECK(whole["tags"][0]["tag"] == first);
  CHECK(whole["tags"][0]["person"] == staff_id);
  for (const json& one : get(h, staff, kRequest + "/tag-proposals")) CHECK(one["tag"] != first);
  const auto rows = [&](const std::string& query) {
    return get(h, staff, "/v1/sites/demo/requests?" + query)["requests"];
  };
  CHECK(rows("tag=" + billing).size() == 1);
  CHECK(rows("tag=" + billing)[0]["tags"][0] == first);
  CHECK(rows("tag=" + by_path(tags, "tv")["id"].get<std::string>()).empty());
  CHECK(send(h, staff, "GET", "/v1/sites/demo/requests?tag=none").problem() == "bad-query");
  CHECK(send(h, staff, "DELETE", kRequest + "/tags/" + first).status == 204);
  CHECK(rows("tag=" + billing).empty());
}

TEST_CASE("a site's own words propose its tag as soon as they are saved") {
  Harness h;
  const std::string lead = begin_session(h, add_person(h, "l@b.example", "lead"));
  ask(h, "Де мій бабаяговський пакет?");
  json body = tag("own");
  const std::string id = add(h, lead, body);
  CHECK(get(h, lead, kRequest + "/tag-proposals").empty());
  body["words"] = {"бабаяговський"};
  body["retired"] = false;
  REQUIRE(send(h, lead, "PUT", kTags + "/" + id, body.dump()).status == 204);
  const json proposals = get(h, lead, kRequest + "/tag-proposals");
  REQUIRE(proposals.size() == 1);
  CHECK(proposals[0]["tag"] == id);
  body["retired"] = true;
  REQUIRE(send(h, lead, "PUT", kTags + "/" + id, body.dump()).status == 204);
  CHECK(get(h, lead, kRequest + "/tag-proposals").empty());
}

TEST_CASE("a tone is guessed and says so, until a person sets it") {
  Harness h;
  const std::string staff = begin_session(h, add_person(h, "s@b.example", "staff"));
  ask(h, "Жахливий сервіс, верніть мої гроші!");
  json whole = get(h, staff, kRequest);
  CHECK(whole["tone"] == "negative");
  CHECK(whole["tone_by"] == "guess");
  const auto found = [&](const std::string& query) {
    return get(h, staff, "/v1/sites/demo/requests?" + query)["requests"].size();
  };
  CHECK(found("tone=negative") == 1);
  CHECK(found("tone=negative&sure=1") == 0);
  CHECK(found("tone=positive") == 0);
  CHECK(send(h, staff, "PUT", kRequest + "/tone", R"({"tone":"angry"})").status == 422);
  CHECK(send(h, staff, "PUT", kRequest + "/tone", R"({"tone":"neutral"})").status == 204);
  whole = get(h, staff, kRequest);
  CHECK(whole["tone"] == "neutral");
  CHECK(whole["tone_by"] == "staff");
  CHECK(found("tone=neutral&sure=1") == 1);
}
