// Who may do what: every route by everybody.
#include <algorithm>
#include <array>
#include <nlohmann/json.hpp>

#include "tests/catch.h"
#include "tests/server-stub/api/channels.h"

namespace {

using namespace askus;
using testing::Fields;
using testing::Harness;
using testing::request_json;
using testing::uuid;

constexpr std::size_t kWho = 6;
constexpr std::array<const char*, kWho> kNames{"nobody",
                                               "the request's token",
                                               "another request's token",
                                               "the site's publisher",
                                               "another site's publisher",
                                               "staff"};

struct Row {
  std::string method, path, body;
  std::array<unsigned, kWho> expected;  // in the order of kNames
};

std::string bearer_of(const std::string& key) {
  return "Bearer " + key;
}

}  // namespace

TEST_CASE("every route answers each caller as the table says") {
  Harness h(testing::with_channels());
  const auto token_of = [&](int n, const std::string& body) {
    const auto answer = h.post_request(uuid(n), body);
    REQUIRE(answer.status == 201);
    return nlohmann::json::parse(answer.body)["token"].get<std::string>();
  };
  const std::string picture = testing::png(1, 1);
  const std::string hash = publish::sha256_hex(picture);
  REQUIRE(h.put_picture(picture).status == 201);
  const std::string stored = request_json(uuid(1), ",\"attachments\":[\"" + hash + "\"]");
  const std::array<std::string, kWho> keys{
      "",      token_of(1, stored), token_of(2, request_json(uuid(2))),
      h.token, h.other_token,       h.staff_token};
  const auto publication = testing::make_publication(h.key, 1, testing::tiny_snapshot("answer"));
  REQUIRE(h.publish(publication.body()).status == 201);
  const std::string file = "/v1/sites/demo/snapshots/" + publication.manifest.sha256 + ".faq";

  const std::string counted =
      R"({"id":")" + uuid(9) + R"(","channel":"site","language":"uk","events":[{"name":"write"}]})";

  const Row rows[] = {
      // What anybody may have.
      {"GET", "/healthz", "", {200, 200, 200, 200, 200, 200}},
      {"GET", "/readyz", "", {200, 200, 200, 200, 200, 200}},
      {"GET", "/metrics", "", {404, 404, 404, 404, 404, 404}},
      {"GET", "/ask.js", "", {200, 200, 200, 200, 200, 200}},
      {"GET", "/sites/demo/panel", "", {200, 200, 200, 200, 200, 200}},
      {"GET", "/sites/demo/ask", "", {200, 200, 200, 200, 200, 200}},
      {"GET", "/sites/demo/ask?form=1", "", {200, 200, 200, 200, 200, 200}},
      {"GET", "/v1/sites/demo/form", "", {200, 200, 200, 200, 200, 200}},
      {"GET", "/v1/sites/demo/manifest.json", "", {200, 200, 200, 200, 200, 200}},
      {"GET", file, "", {200, 200, 200, 200, 200, 200}},
      {"POST", "/v1/sites/demo/requests", stored, {201, 201, 201, 201, 201, 201}},
      {"PUT", "/v1/sites/demo/attachments/" + hash, picture, {200, 200, 200, 200, 200, 200}},
      {"POST", "/v1/sites/demo/events", counted, {204, 204, 204, 204, 204, 204}},
      // The figures are the site's staff's: who publishes need not read them, and the reverse.
      {"GET",
       "/v1/sites/demo/stats?from=2026-01-01&to=2026-01-02",
       "",
       {401, 401, 401, 401, 401, 200}},
      {"GET", "/v1/sites/other/stats", "", {401, 401, 401, 401, 401, 401}},
      // A request is its token's alone: the publisher has no part in it.
      {"GET", "/v1/requests/" + uuid(1), "", {401, 200, 401, 401, 401, 401}},
      {"GET", "/v1/requests/" + uuid(2), "", {401, 401, 200, 401, 401, 401}},
      {"GET", "/v1/requests/" + uuid(3), "", {401, 401, 401, 401, 401, 401}},
      {"GET", "/v1/requests/" + uuid(1) + "/export", "", {401, 200, 401, 401, 401, 401}},
      {"GET", "/v1/requests/" + uuid(2) + "/export", "", {401, 401, 200, 401, 401, 401}},
      {"GET",
       "/v1/requests/" + uuid(1) + "/attachments/" + hash,
       "",
       {401, 200, 401, 401, 401, 401}},
      {"GET",
       "/v1/requests/" + uuid(2) + "/attachments/" + hash,
       "",
       {401, 401, 404, 401, 401, 401}},
      {"GET", "/v1/sites/demo/attachments/" + hash, "", {405, 405, 405, 405, 405, 405}},
      // A site is its own publisher's. The same publication again is 200, a bad manifest 422.
      {"GET", "/v1/sites/demo/snapshots", "", {401, 401, 401, 200, 401, 401}},
      {"POST", "/v1/sites/demo/snapshots", publication.body(), {401, 401, 401, 200, 401, 401}},
      {"POST", "/v1/sites/demo/rollback", "{}", {401, 401, 401, 422, 401, 401}},
      {"GET", "/v1/sites/other/snapshots", "", {401, 401, 401, 401, 200, 401}},
      {"POST", "/v1/sites/other/rollback", "{}", {401, 401, 401, 401, 422, 401}},
      // So is its draft; the page itself says nothing of it. Without If-Match nothing is saved.
      {"GET", "/studio/demo", "", {404, 404, 404, 404, 404, 404}},  // this web folder has none
      {"GET", "/v1/sites/demo/draft", "", {401, 401, 401, 200, 401, 401}},
      {"PUT", "/v1/sites/demo/draft", "{}", {401, 401, 401, 412, 401, 401}},
      {"GET", "/v1/sites/other/draft", "", {401, 401, 401, 401, 200, 401}},
      // And so is what its visitors asked in vain.
      {"GET",
       "/v1/sites/demo/gaps?from=2026-01-01&to=2026-01-31",
       "",
       {401, 401, 401, 200, 401, 401}},
      {"GET", "/v1/sites/other/gaps", "", {401, 401, 401, 401, 400, 401}},
      // A form that is not one, and a preflight of an origin that is not listed.
      {"POST", "/sites/demo/ask", "{}", {415, 415, 415, 415, 415, 415}},
      {"OPTIONS", "/v1/sites/demo/requests", "", {403, 403, 403, 403, 403, 403}},
      {"OPTIONS", "/v1/sites/demo/events", "", {403, 403, 403, 403, 403, 403}},
      {"OPTIONS", "/v1/sites/demo/attachments/" + hash, "", {403, 403, 403, 403, 403, 403}},
      {"OPTIONS", "/v1/sites/demo/form", "", {403, 403, 403, 403, 403, 403}},
      // Social networks are believed by their signature alone: no key of ours stands in for it.
      {"GET", "/vk/demo", "", {403, 403, 403, 403, 403, 403}},
      {"GET", "/facebook/demo", "", {403, 403, 403, 403, 403, 403}},
      {"POST", "/facebook/demo", "signed_request=a.b", {403, 403, 403, 403, 403, 403}},
      {"POST", "/facebook/demo/deletion", "signed_request=a.b", {403, 403, 403, 403, 403, 403}},
      {"GET", "/facebook/demo/deletion", "", {404, 404, 404, 404, 404, 404}},
      {"GET", "/facebook/demo/webhook", "", {403, 403, 403, 403, 403, 403}},
      {"POST", "/facebook/demo/webhook", "{}", {403, 403, 403, 403, 403, 403}},
      {"POST",
       "/vk/demo/callback",
       testing::vk_comment(1, "a", "wall_reply_new", "", "x"),
       {403, 403, 403, 403, 403, 403}},
      {"POST", "/webhooks/demo/shop", "{}", {403, 403, 403, 403, 403, 403}},
      {"GET", "/vk/other", "", {404, 404, 404, 404, 404, 404}},
      // What is not there is not there for anybody.
      {"GET", "/v1/sites/nowhere/snapshots", "", {404, 404, 404, 404, 404, 404}},
      {"GET", "/v1/requests", "", {404, 404, 404, 404, 404, 404}},
      {"PUT", "/v1/sites/nowhere/attachments/" + hash, picture, {404, 404, 404, 404, 404, 404}},
      // Last, for it takes away what the others look at.
      {"DELETE", "/v1/requests/" + uuid(3), "", {401, 401, 401, 401, 401, 401}},
      {"DELETE", "/v1/requests/" + uuid(1), "", {401, 204, 401, 401, 401, 401}},
      {"DELETE", "/v1/requests/" + uuid(2), "", {401, 401, 204, 401, 401, 401}},
  };
  // A route that is not in the table is a route that nobody has thought about.
  const http::Router router = h.app().routes();
  for (const http::Route& route : router.routes()) {
    const bool listed = std::any_of(std::begin(rows), std::end(rows), [&route](const Row& row) {
      std::vector<std::string> args;
      return row.method == route.method &&
             http::match(route.pattern, row.path.substr(0, row.path.find('?')), args);
    });
    CAPTURE(route.method, route.pattern);
    CHECK(listed);
  }
  const std::string before = h.rows();
  for (const Row& row : rows)
    for (std::size_t who = 0; who < kWho; ++who) {
      Fields fields;
      if (!keys[who].empty()) fields.push_back({"Authorization", bearer_of(keys[who])});
      if (row.path.ends_with("/requests") && row.method == "POST")
        fields.push_back({"Idempotency-Key", uuid(1)});
      if (row.body.starts_with("{\"id\"")) fields.push_back({"Content-Type", "application/json"});
      CAPTURE(row.method, row.path, kNames[who]);
      const auto answer = h.ask(row.method, row.path, fields, row.body);
      CHECK(answer.status == row.expected[who]);
    }
  CHECK(h.rows() == before);
}
