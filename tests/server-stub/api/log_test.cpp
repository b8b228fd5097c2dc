// The log of a busy server: every line is JSON, and nothing in it that it must not hold.
#include "server-stub/http/log.h"

#include <nlohmann/json.hpp>
#include <set>
#include <sstream>

#include "tests/server-stub/api/harness.h"

using namespace askus;
using nlohmann::json;
using testing::Client;
using testing::Fields;
using testing::Harness;
using testing::request_json;
using testing::uuid;

namespace {

// Each stands somewhere in what is sent; none may be in the log.
const std::string kPlanted[] = {"planted-contact@b.example",
                                "planted-name",
                                "planted-title",
                                "planted-details",
                                "planted-page",
                                "planted-query",
                                "planted-in-path",
                                "planted-token",
                                "planted-method",
                                "planted-header",
                                "planted-event",
                                "planted-site",
                                "planted-agent",
                                "planted-manifest",
                                uuid(1)};

Fields sent(const std::string& key) {
  return {{"Content-Type", "application/json"}, {"Idempotency-Key", key},
          {"User-Agent", "planted-agent"},      {"Referer", "https://a.example/planted-header"},
          {"Cookie", "planted-header"},         {"X-Request-Id", "planted-header"}};
}

void keep_busy(Harness& h) {
  const std::string body = request_json(
      uuid(1), R"(,"contact":"planted-contact@b.example","name":"planted-name",)"
               R"("details":"planted-details","page":"https://a.example/planted-page",)"
               R"("query":"planted-query","category":"planted-title")");
  const std::string path = "/v1/sites/demo/requests";
  const auto receipt = h.ask("POST", path + "?planted-query", sent(uuid(1)), body);
  REQUIRE(receipt.status == 201);
  const std::string token = json::parse(receipt.body)["token"];
  h.ask("POST", path, sent(uuid(1)), body.substr(0, body.size() - 1) + R"(,"planted-title":1})");
  h.ask("POST", path, sent(uuid(1)), request_json(uuid(1), R"(,"mood":"planted-details")"));
  h.ask("POST", path, sent("planted-token"), body);
  h.ask("POST", "/v1/sites/planted-site/requests", sent(uuid(1)), body);
  h.ask(
      "POST", "/v1/sites/demo/events", sent(uuid(2)),
      R"({"id":")" + uuid(2) +
          R"(","channel":"site","language":"uk","events":[{"name":"zero","query":"planted-event"}]})");
  h.ask("POST", "/v1/sites/demo/events", sent(uuid(2)), R"({"planted-event":1})");
  for (const std::string& key : {token, std::string("planted-token")})
    h.ask("GET", "/v1/requests/" + uuid(1) + "?q=planted-query",
          {{"Authorization", "Bearer " + key}});
  for (const std::string& key : {h.staff_token, std::string("planted-token")})
    h.ask("GET", "/v1/sites/demo/stats?from=2026-01-01&to=2026-01-02&x=planted-query",
          {{"Authorization", "Bearer " + key}});
  h.publish("{\"planted-manifest\":1}\nplanted-manifest");
  h.ask("GET", "/planted-in-path/a@b.example?planted-query", sent(uuid(3)));
  h.ask("GET", "/ask.js?planted-query", sent(uuid(3)));
  h.ask("GET", "/sites/demo/panel?lang=planted-query", sent(uuid(3)));
  h.ask("GET", "/v1/sites/demo/snapshots/planted-in-path.faq");
  h.ask("planted-method", "/planted-in-path");
  h.ask("GET", "/planted-in-path%zz");
  Client(h.port).send("planted-method planted-in-path\r\n\r\n");
}

}  // namespace

TEST_CASE("the log holds no contact, text, token or query, whatever is asked") {
  Harness h;
  keep_busy(h);
  const auto last = h.ask("GET", "/v1/requests/" + uuid(9));
  h.stop();
  const std::string log = h.log();
  for (const std::string& secret : kPlanted) {
    CAPTURE(secret);
    CHECK(log.find(secret) == std::string::npos);
  }
  for (const std::string& key : {h.token, h.staff_token}) CHECK(log.find(key) == std::string::npos);

  std::set<std::string> routes, events, sites;
  std::istringstream lines(log);
  json found;
  for (std::string line; std::getline(lines, line);) {
    CAPTURE(line);
    const json entry = json::parse(line, nullptr, false);
    REQUIRE(entry.is_object());
    CHECK(entry.contains("time"));
    if (entry.contains("event")) {
      events.insert(entry["event"].get<std::string>());
      continue;
    }
    for (const char* name : {"id", "method", "route", "status", "bytes", "us"})
      CHECK(entry.contains(name));
    routes.insert(entry["route"].get<std::string>());
    sites.insert(entry.value("site", ""));
    if (entry["id"] == last.headers.at("x-request-id")) found = entry;
  }
  // It tells what happened all the same.
  CHECK(routes.count("/v1/sites/{site}/requests") == 1);
  CHECK(routes.count("file") == 1);
  CHECK(routes.count("none") == 1);
  CHECK(sites == std::set<std::string>{"", "demo"});
  CHECK(events == std::set<std::string>{"publish", "stats"});
  CHECK(found["route"] == "/v1/requests/{id}");
  CHECK(found["status"] == 401);
  CHECK(found["problem"] == "unauthorized");
  CHECK(log.find("\"path\":\"/ask.js\"") != std::string::npos);
  CHECK(log.find("\"method\":\"?\"") != std::string::npos);
}

TEST_CASE("who published what is told, by the beginning of the key's hash") {
  Harness h;
  const auto publication = testing::make_publication(h.key, 3, testing::tiny_snapshot("answer"));
  REQUIRE(h.publish(publication.body()).status == 201);
  h.stop();
  const std::string who = publish::sha256_hex(h.token).substr(0, 12);
  CHECK(h.log().find("\"site\":\"demo\",\"publisher\":\"" + who +
                     "\",\"result\":\"accepted\",\"version\":\"3\",\"sha256\":\"" +
                     publication.manifest.sha256 + "\"") != std::string::npos);
}
