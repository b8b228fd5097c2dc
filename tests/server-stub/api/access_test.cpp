// Who may do what: every route by everybody.
#include <algorithm>
#include <array>
#include <nlohmann/json.hpp>
#include <optional>
#include <set>

#include "tests/catch.h"
#include "tests/server-stub/api/channels.h"
#include "tests/server-stub/api/people.h"

namespace {

using namespace askus;
using testing::Fields;
using testing::Harness;
using testing::request_json;
using testing::uuid;

constexpr std::size_t kWho = 6, kPeople = 5;
constexpr std::array<const char*, kWho + kPeople> kNames{"nobody",
                                                         "the request's token",
                                                         "another request's token",
                                                         "the site's publisher",
                                                         "another site's publisher",
                                                         "staff's key",
                                                         "a person: staff",
                                                         "lead",
                                                         "marketer",
                                                         "administrator",
                                                         "another site's administrator"};

struct Row {
  std::string method, path, body;
  std::array<unsigned, kWho> expected;  // in the order of kNames
  // Of those who have logged in; none: they are answered as nobody is.
  std::optional<std::array<unsigned, kPeople>> people = {};
};

// No key stands in for a person.
constexpr std::array<unsigned, kWho> kKeys401{401, 401, 401, 401, 401, 401};

std::string bearer_of(const std::string& key) {
  return "Bearer " + key;
}

}  // namespace

TEST_CASE("every route answers each caller as the table says") {
  testing::Setup setup = testing::with_channels();
  setup.config = [channels = setup.config](config::Config& config,
                                           const testing::TempFolder& folder) {
    if (channels) channels(config, folder);
    config.sites["demo"].help_pages = {"https://help.example/", "https://ask.example"};
  };
  Harness h(setup);
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

  std::array<std::string, kPeople> ids;
  const std::array<const char*, kPeople> roles{"staff", "lead", "marketer", "administrator",
                                               "administrator"};
  for (std::size_t i = 0; i < kPeople; ++i)
    ids[i] = testing::add_person(h, std::to_string(i) + "@b.example", roles[i],
                                 i + 1 == kPeople ? "other" : "demo");

  const std::string of_demo = "/v1/sites/demo/requests/" + uuid(1);
  const std::string of_other = "/v1/sites/other/requests/" + uuid(1);
  using People = std::array<unsigned, kPeople>;
  const Row rows[] = {
      // What anybody may have.
      {"GET", "/healthz", "", {200, 200, 200, 200, 200, 200}},
      {"GET", "/readyz", "", {200, 200, 200, 200, 200, 200}},
      {"GET", "/metrics", "", {404, 404, 404, 404, 404, 404}},
      {"GET", "/ask.js", "", {200, 200, 200, 200, 200, 200}},
      {"GET", "/sites/demo/panel", "", {200, 200, 200, 200, 200, 200}},
      {"GET", "/sites/demo/ask", "", {200, 200, 200, 200, 200, 200}},
      {"GET", "/sites/demo/ask?form=1", "", {200, 200, 200, 200, 200, 200}},
      {"GET", "/help/demo", "", {301, 301, 301, 301, 301, 301}},
      {"GET", "/help/demo/", "", {302, 302, 302, 302, 302, 302}},
      {"GET", "/help/demo/sitemap.xml", "", {200, 200, 200, 200, 200, 200}},
      {"GET", "/help/demo/en/", "", {200, 200, 200, 200, 200, 200}},
      {"GET", "/help/demo/en/feed.xml", "", {200, 200, 200, 200, 200, 200}},
      {"GET", "/help/demo/en/how-do-i-pay--pay/", "", {200, 200, 200, 200, 200, 200}},
      {"GET", "/help/demo/en/c/billing--billing", "", {301, 301, 301, 301, 301, 301}},
      {"GET", "/help/demo/en/c/billing--billing/", "", {200, 200, 200, 200, 200, 200}},
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
       {401, 401, 401, 401, 401, 200},
       People{403, 200, 200, 200, 403}},
      {"GET",
       "/v1/sites/other/stats",
       "",
       {401, 401, 401, 401, 401, 401},
       People{403, 403, 403, 403, 400}},
      // Reports by e-mail are for people.
      {"GET",
       "/v1/sites/demo/report-subscriptions",
       "",
       {401, 401, 401, 401, 401, 403},
       People{403, 200, 200, 200, 403}},
      {"PUT",
       "/v1/sites/demo/report-subscriptions",
       "{}",
       {401, 401, 401, 401, 401, 403},
       People{403, 204, 204, 204, 403}},
      {"GET",
       "/v1/sites/demo/departments",
       "",
       {401, 401, 401, 401, 401, 401},
       People{200, 200, 403, 200, 403}},
      {"GET",
       "/v1/sites/demo/reports/found?from=2026-01-01&to=2026-01-02",
       "",
       {401, 401, 401, 401, 401, 200},
       People{403, 200, 200, 200, 403}},
      {"GET",
       "/v1/sites/other/reports/times",
       "",
       {401, 401, 401, 401, 401, 401},
       People{403, 403, 403, 403, 400}},
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
      {"GET",
       "/v1/sites/demo/snapshots",
       "",
       {401, 401, 401, 200, 401, 401},
       People{403, 403, 200, 200, 403}},
      {"POST",
       "/v1/sites/demo/snapshots",
       publication.body(),
       {401, 401, 401, 200, 401, 401},
       People{403, 403, 200, 200, 403}},
      {"POST",
       "/v1/sites/demo/rollback",
       "{}",
       {401, 401, 401, 422, 401, 401},
       People{403, 403, 422, 422, 403}},
      {"GET",
       "/v1/sites/other/snapshots",
       "",
       {401, 401, 401, 401, 200, 401},
       People{403, 403, 403, 403, 200}},
      {"POST",
       "/v1/sites/other/rollback",
       "{}",
       {401, 401, 401, 401, 422, 401},
       People{403, 403, 403, 403, 422}},
      // The server has no key of this site to sign with.
      {"GET",
       "/v1/sites/demo/signing-key",
       "",
       {401, 401, 401, 204, 401, 401},
       People{403, 403, 204, 204, 403}},
      {"POST",
       "/v1/sites/demo/manifests",
       "{}",
       {401, 401, 401, 404, 401, 401},
       People{403, 403, 404, 404, 403}},
      // So is its draft; the page itself says nothing of it. Without If-Match nothing is saved.
      {"GET", "/studio/demo", "", {404, 404, 404, 404, 404, 404}},  // this web folder has none
      {"GET",
       "/v1/sites/demo/draft",
       "",
       {401, 401, 401, 200, 401, 401},
       People{403, 403, 200, 200, 403}},
      {"PUT",
       "/v1/sites/demo/draft",
       "{}",
       {401, 401, 401, 412, 401, 401},
       People{403, 403, 412, 412, 403}},
      {"GET",
       "/v1/sites/other/draft",
       "",
       {401, 401, 401, 401, 200, 401},
       People{403, 403, 403, 403, 200}},
      // And so is what its visitors asked in vain.
      {"GET",
       "/v1/sites/demo/gaps?from=2026-01-01&to=2026-01-31",
       "",
       {401, 401, 401, 200, 401, 401},
       People{403, 403, 200, 200, 403}},
      {"GET",
       "/v1/sites/other/gaps",
       "",
       {401, 401, 401, 401, 400, 401},
       People{403, 403, 403, 403, 400}},
      // There is no language model here.
      {"GET",
       "/v1/sites/demo/proposals",
       "",
       {401, 401, 401, 204, 401, 401},
       People{403, 403, 204, 204, 403}},
      {"POST",
       "/v1/sites/demo/proposals",
       "{}",
       {401, 401, 401, 404, 401, 401},
       People{403, 403, 404, 404, 403}},
      // Who has not logged in may try to, from our own page: programs are refused before.
      {"GET", "/staff", "", {200, 200, 200, 200, 200, 200}},
      {"POST",
       "/v1/session",
       "{}",
       {403, 403, 403, 403, 403, 403},
       People{422, 422, 422, 422, 422}},
      {"POST",
       "/v1/invitation",
       "{}",
       {403, 403, 403, 403, 403, 403},
       People{422, 422, 422, 422, 422}},
      {"POST",
       "/v1/invitation/acceptance",
       "{}",
       {403, 403, 403, 403, 403, 403},
       People{422, 422, 422, 422, 422}},
      // An account is its person's own.
      {"GET", "/v1/session", "", kKeys401, People{200, 200, 200, 200, 200}},
      {"PUT", "/v1/profile", "{}", kKeys401, People{422, 422, 422, 422, 422}},
      {"PUT", "/v1/profile/picture", "x", kKeys401, People{415, 415, 415, 415, 415}},
      {"PUT", "/v1/password", "{}", kKeys401, People{422, 422, 422, 422, 422}},
      {"POST", "/v1/codes", "", kKeys401, People{200, 200, 200, 200, 200}},
      {"PUT", "/v1/codes", "{}", kKeys401, People{422, 422, 422, 422, 422}},
      {"DELETE", "/v1/codes", "{}", kKeys401, People{422, 422, 422, 422, 422}},
      {"GET", "/v1/pictures/" + hash, "", kKeys401, People{404, 404, 404, 404, 404}},
      // Who is there is everybody's who answers; who may do what is the administrator's.
      {"GET", "/v1/sites/demo/people", "", kKeys401, People{200, 200, 403, 200, 403}},
      {"PUT", "/v1/sites/demo/people/" + ids[0], "{}", kKeys401, People{403, 403, 403, 422, 403}},
      {"PUT", "/v1/sites/other/people/" + ids[4], "{}", kKeys401, People{403, 403, 403, 403, 422}},
      {"GET", "/v1/sites/demo/invitations", "", kKeys401, People{403, 403, 403, 200, 403}},
      {"POST", "/v1/sites/demo/invitations", "{}", kKeys401, People{403, 403, 403, 422, 403}},
      {"DELETE", "/v1/sites/demo/invitations/x", "", kKeys401, People{403, 403, 403, 404, 403}},
      {"GET", "/v1/sites/demo/api-keys", "", kKeys401, People{403, 403, 403, 200, 403}},
      {"POST", "/v1/sites/demo/api-keys", "{}", kKeys401, People{403, 403, 403, 422, 403}},
      {"DELETE", "/v1/sites/demo/api-keys/x", "", kKeys401, People{403, 403, 403, 404, 403}},
      {"GET", "/v1/sites/demo/audit", "", kKeys401, People{403, 403, 403, 200, 403}},
      // What visitors wrote is theirs who answer: no key, and nobody who only publishes.
      {"GET", "/v1/sites/demo/requests", "", kKeys401, People{200, 200, 403, 200, 403}},
      {"GET", "/v1/sites/other/requests", "", kKeys401, People{403, 403, 403, 403, 200}},
      {"GET", of_demo, "", kKeys401, People{200, 200, 403, 200, 403}},
      // Not by the name of another site either.
      {"GET", of_other, "", kKeys401, People{403, 403, 403, 403, 404}},
      {"GET", of_demo + "/attachments/" + hash, "", kKeys401, People{200, 200, 403, 200, 403}},
      {"GET", "/v1/sites/demo/categories", "", kKeys401, People{200, 200, 403, 200, 403}},
      {"GET", "/v1/sites/demo/live?after=x", "", kKeys401, People{400, 400, 403, 400, 403}},
      {"PUT", of_demo + "/assignee", R"({"from":"somebody","to":"else"})", kKeys401,
       People{403, 409, 403, 409, 403}},
      {"PUT", of_demo + "/status", "{}", kKeys401, People{422, 422, 403, 422, 403}},
      {"PUT", of_demo + "/category", R"({"category":"x"})", kKeys401,
       People{422, 422, 403, 422, 403}},
      {"POST", of_demo + "/replies", "{}", kKeys401, People{422, 422, 403, 422, 403}},
      {"PUT", of_demo + "/flags", "{}", kKeys401, People{422, 422, 403, 422, 403}},
      {"POST", of_demo + "/consultations", "{}", kKeys401, People{422, 422, 403, 422, 403}},
      {"POST", of_demo + "/consultations/x/advice", "{}", kKeys401,
       People{422, 422, 403, 422, 403}},
      {"PUT", of_demo + "/merged", R"({"into":"x"})", kKeys401, People{422, 422, 403, 422, 403}},
      {"GET", of_demo + "/same", "", kKeys401, People{200, 200, 403, 200, 403}},
      {"GET", of_other + "/same", "", kKeys401, People{403, 403, 403, 403, 404}},
      {"GET", of_demo + "/topics", "", kKeys401, People{200, 200, 403, 200, 403}},
      {"GET", of_other + "/topics", "", kKeys401, People{403, 403, 403, 403, 404}},
      {"GET", of_demo + "/topic", "", kKeys401, People{200, 200, 403, 200, 403}},
      {"POST", of_demo + "/topic", "{}", kKeys401, People{422, 422, 403, 422, 403}},
      {"PUT", of_demo + "/approval", R"({"approved":true})", kKeys401,
       People{409, 409, 403, 409, 403}},
      // What the marketers are handed is theirs who publish, by a key too.
      {"GET",
       "/v1/sites/demo/suggestions",
       "",
       {401, 401, 401, 200, 401, 401},
       People{403, 403, 200, 200, 403}},
      {"PUT",
       "/v1/sites/demo/suggestions/x",
       "{}",
       {401, 401, 401, 422, 401, 401},
       People{403, 403, 422, 422, 403}},
      {"POST", of_demo + "/deliveries/x/retry", "", kKeys401, People{404, 404, 403, 404, 403}},
      {"POST", of_other + "/deliveries/x/retry", "", kKeys401, People{403, 403, 403, 403, 404}},
      {"PUT", of_other + "/status", R"({"status":"closed"})", kKeys401,
       People{403, 403, 403, 403, 404}},
      {"PUT", of_demo + "/opening", "", kKeys401, People{204, 204, 403, 204, 403}},
      {"DELETE", of_demo + "/opening", "", kKeys401, People{204, 204, 403, 204, 403}},
      // The tree of tags is made by who leads, and used by who answers.
      {"GET", "/v1/sites/demo/tags", "", kKeys401, People{200, 200, 403, 200, 403}},
      {"POST", "/v1/sites/demo/tags", "{}", kKeys401, People{403, 422, 403, 422, 403}},
      {"POST", "/v1/sites/other/tags", "{}", kKeys401, People{403, 403, 403, 403, 422}},
      {"POST", "/v1/sites/demo/tags/ready-made", "", kKeys401, People{403, 204, 403, 204, 403}},
      {"PUT", "/v1/sites/demo/tags/" + uuid(5), "{}", kKeys401, People{403, 422, 403, 422, 403}},
      {"POST", "/v1/sites/demo/tags/" + uuid(5) + "/merge", "{}", kKeys401,
       People{403, 422, 403, 422, 403}},
      {"GET", of_demo + "/tag-proposals", "", kKeys401, People{200, 200, 403, 200, 403}},
      {"GET", of_other + "/tag-proposals", "", kKeys401, People{403, 403, 403, 403, 404}},
      {"PUT", of_demo + "/tags/" + uuid(5), "", kKeys401, People{404, 404, 403, 404, 403}},
      {"DELETE", of_demo + "/tags/" + uuid(5), "", kKeys401, People{204, 204, 403, 204, 403}},
      {"PUT", of_other + "/tags/" + uuid(5), "", kKeys401, People{403, 403, 403, 403, 404}},
      {"GET", "/v1/sites/demo/watch-list", "", kKeys401, People{403, 200, 403, 200, 403}},
      {"PUT", "/v1/sites/demo/watch-list", R"({"x":1})", kKeys401, People{403, 400, 403, 400, 403}},
      {"PUT", "/v1/sites/other/watch-list", R"({"x":1})", kKeys401,
       People{403, 403, 403, 403, 400}},
      {"PUT", of_demo + "/tone", "{}", kKeys401, People{422, 422, 403, 422, 403}},
      {"GET", "/v1/sites/nowhere/people", "", {404, 404, 404, 404, 404, 404}},
      // Mail is ended by its own link alone.
      {"GET", "/sites/demo/unsubscribe?token=x", "", {404, 404, 404, 404, 404, 404}},
      {"POST", "/sites/demo/unsubscribe?token=x", "", {404, 404, 404, 404, 404, 404}},
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
      {"DELETE", "/v1/session", "", kKeys401, People{204, 204, 204, 204, 204}},
      {"DELETE", "/v1/sessions", "", kKeys401, People{204, 204, 204, 204, 204}},
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
    for (std::size_t who = 0; who < kWho + kPeople; ++who) {
      Fields fields;
      if (who >= kWho)
        fields = testing::by(h, testing::begin_session(h, ids[who - kWho]));
      else if (!keys[who].empty())
        fields.push_back({"Authorization", bearer_of(keys[who])});
      if (row.path.ends_with("/requests") && row.method == "POST")
        fields.push_back({"Idempotency-Key", uuid(1)});
      if (row.path.starts_with("/v1/") && row.body.starts_with("{"))
        fields.push_back({"Content-Type", "application/json"});
      CAPTURE(row.method, row.path, kNames[who]);
      const auto answer = h.ask(row.method, row.path, fields, row.body);
      const unsigned nobody = row.expected[0];
      CHECK(answer.status == (who < kWho   ? row.expected[who]
                              : row.people ? (*row.people)[who - kWho]
                                           : nobody));
    }
  CHECK(h.rows() == before);
}

TEST_CASE("another system's key is good for what it is for, and to all else it is none") {
  Harness h;
  REQUIRE(h.post_request(uuid(1), request_json(uuid(1))).status == 201);
  const std::string admin =
      testing::begin_session(h, testing::add_person(h, "a@b.example", "administrator"));
  const std::string site = "/v1/sites/{site}/";
  const std::set<std::string> reads{"GET " + site + "requests", "GET " + site + "requests/{id}",
                                    "GET " + site + "requests/{id}/attachments/{sha256}",
                                    "GET " + site + "categories"};
  std::set<std::string> answers = reads;
  answers.insert({"POST " + site + "requests/{id}/replies", "PUT " + site + "requests/{id}/status",
                  "PUT " + site + "requests/{id}/category"});
  const http::Router router = h.app().routes();
  for (const auto& [scope, good] : {std::pair("read", reads), std::pair("answer", answers)}) {
    const auto made = testing::send(h, admin, "POST", "/v1/sites/demo/api-keys",
                                    nlohmann::json{{"name", "CRM"}, {"scope", scope}}.dump());
    REQUIRE(made.status == 201);
    const auto key = nlohmann::json::parse(made.body)["key"].get<std::string>();
    for (const http::Route& route : router.routes()) {
      std::string path = route.pattern;
      const auto fill = [&path](std::string_view name, const std::string& value) {
        if (const std::size_t at = path.find(name); at != std::string::npos)
          path.replace(at, name.size(), value);
      };
      fill("{site}", "demo");
      fill("{id}", uuid(1));
      while (path.find('{') != std::string::npos)
        path.replace(path.find('{'), path.find('}') - path.find('{') + 1, "x");
      const auto status = [&](const std::string& shown) {
        const Fields fields{{"Authorization", bearer_of(shown)},
                            {"Content-Type", "application/json"}};
        return h.ask(route.method, path, fields, route.body_limit > 0 ? "{}" : "").status;
      };
      if (status(key + "x") != 401) continue;  // anybody's, or whose token is another one
      CAPTURE(scope, route.method, route.pattern);
      CHECK((status(key) != 401) == (good.count(route.method + " " + route.pattern) > 0));
    }
  }
}
