#include "server-stub/publish/client.h"

#include "server-stub/publish/http_client.h"
#include "server-stub/publish/manifest_json.h"
#include "server-stub/publish/publication.h"
#include "tests/catch.h"
#include "tests/server-stub/publish/example_key.h"
#include "tests/server-stub/publish/stand_in.h"

using namespace askus::publish;
using askus::Code;

namespace {

askus::snapshot::Manifest example() {
  return make_manifest(example_key(), "demo", 7, 1780214400, 7, "abc");
}

std::string kept_json(int version, const std::string& sha256, bool current) {
  return R"({"version":)" + std::to_string(version) +
         R"(,"issued_at":"2026-05-31T08:00:00Z","sha256":")" + sha256 +
         R"(","length":3,"current":)" + (current ? "true" : "false") + "}";
}

}  // namespace

TEST_CASE("a publication is posted as docs/http-api.md says") {
  StandIn server({{201, "{}"}});
  REQUIRE(publish({server.url() + "/", "secret"}, example(), "abc").ok());
  const auto seen = server.seen();
  REQUIRE(seen.size() == 1);
  CHECK(seen[0].line == "POST /v1/sites/demo/snapshots");
  CHECK(seen[0].token == "Bearer secret");
  CHECK(seen[0].type == "application/vnd.askus.publication");
  CHECK(seen[0].body == manifest_to_json(example()) + "\nabc");
}

TEST_CASE("a rollback is a manifest") {
  StandIn server({{201, "{}"}});
  REQUIRE(roll_back({server.url(), "secret"}, example()).ok());
  const auto seen = server.seen();
  REQUIRE(seen.size() == 1);
  CHECK(seen[0].line == "POST /v1/sites/demo/rollback");
  CHECK(seen[0].type == "application/json");
  CHECK(seen[0].body == manifest_to_json(example()));
}

TEST_CASE("the current version is the manifest's, 0 before the first") {
  StandIn server({{200, manifest_to_json(example())}, {404, "{}"}, {200, "{}"}});
  CHECK(current_version({server.url(), ""}, "demo").value() == 7);
  CHECK(current_version({server.url(), ""}, "demo").value() == 0);
  CHECK_FALSE(current_version({server.url(), ""}, "demo").ok());
  CHECK(server.seen()[0].line == "GET /v1/sites/demo/manifest.json");
  CHECK(server.seen()[0].token.empty());
}

TEST_CASE("the kept snapshots are listed") {
  StandIn server({{200, "[" + kept_json(9, "aa", true) + "," + kept_json(8, "bb", false) + "]"},
                  {200, "{}"},
                  {200, "[{\"version\":1}]"},
                  {200, "[5]"}});
  const auto kept = kept_snapshots({server.url(), "secret"}, "demo");
  REQUIRE(kept.ok());
  REQUIRE(kept->size() == 2);
  CHECK((*kept)[0].current);
  CHECK((*kept)[1].version == 8);
  CHECK((*kept)[1].sha256 == "bb");
  for (int i = 0; i < 3; ++i) CHECK_FALSE(kept_snapshots({server.url(), "secret"}, "demo").ok());
  CHECK(server.seen()[0].line == "GET /v1/sites/demo/snapshots");
  CHECK(server.seen()[0].token == "Bearer secret");
}

TEST_CASE("a refusal carries the server's own words") {
  const auto [status, code] = GENERATE(table<unsigned, Code>({{401, Code::kRefused},
                                                              {403, Code::kRefused},
                                                              {404, Code::kNotFound},
                                                              {409, Code::kConflict},
                                                              {413, Code::kTooLarge},
                                                              {422, Code::kRefused},
                                                              {503, Code::kUnavailable},
                                                              {302, Code::kUnavailable}}));
  StandIn server({{status, R"({"type":"/problems/x","title":"No.","detail":"Because."})"}});
  const auto done = publish({server.url(), "secret"}, example(), "abc");
  REQUIRE_FALSE(done.ok());
  CHECK(done.error().code == code);
  CHECK(done.error().text ==
        "the server answered " + std::to_string(status) + " /problems/x No.: Because.");
}

TEST_CASE("an address must be one, and carry the key encrypted") {
  const auto [url, code] = GENERATE(table<const char*, Code>({{"", Code::kMalformed},
                                                              {"example.com", Code::kMalformed},
                                                              {"ftp://a.b", Code::kMalformed},
                                                              {"https://", Code::kMalformed},
                                                              {"https://u:p@a.b", Code::kMalformed},
                                                              {"http://a.b", Code::kRefused}}));
  CAPTURE(url);
  const auto answer = exchange({"GET", url, "", "", ""});
  REQUIRE_FALSE(answer.ok());
  CHECK(answer.error().code == code);
}

TEST_CASE("a server that is not there or says nothing is unavailable") {
  boost::asio::io_context context;
  boost::asio::ip::tcp::acceptor silent(context, {boost::asio::ip::make_address("127.0.0.1"), 0});
  const std::string port = std::to_string(silent.local_endpoint().port());
  const auto late =
      exchange({"GET", "http://127.0.0.1:" + port, "", "", ""}, std::chrono::milliseconds(50));
  REQUIRE_FALSE(late.ok());
  CHECK(late.error().code == Code::kUnavailable);
  silent.close();
  const auto gone = exchange({"GET", "http://127.0.0.1:" + port, "", "", ""});
  REQUIRE_FALSE(gone.ok());
  CHECK(gone.error().code == Code::kUnavailable);
}
