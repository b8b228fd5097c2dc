// What the operator's machines ask, on the listener that visitors never reach.
#include "server-stub/api/watch.h"

#include "tests/server-stub/api/harness.h"

namespace {

using namespace askus;
using testing::Client;
using testing::Fields;
using testing::Harness;
using testing::make_publication;
using testing::request_json;
using testing::tiny_snapshot;
using testing::uuid;

constexpr int kPatience = 2'000;  // how often metrics are asked for until they tell

// The second listener, as askus-server starts it.
class Watch {
 public:
  Watch(Harness& h, std::vector<std::string> keys)
      : log_([](std::string_view) {}),
        server_({"127.0.0.1", 0, 1, {}}, api::watch_routes(h.app(), std::move(keys)), log_) {
    const auto port = server_.listen();
    REQUIRE(port.ok());
    port_ = *port;
    thread_ = std::thread([this] { server_.run(); });
  }
  ~Watch() {
    server_.stop();
    thread_.join();
  }
  Watch(const Watch&) = delete;
  Watch& operator=(const Watch&) = delete;

  testing::Answer get(const std::string& path, const Fields& fields = {}) const {
    Client client(port_);
    client.send(testing::request_text("GET", path, fields, ""));
    return client.receive();
  }

 private:
  http::Log log_;
  http::Server server_;
  std::uint16_t port_ = 0;
  std::thread thread_;
};

}  // namespace

TEST_CASE("metrics tell what was served and stored") {
  Harness h;
  const Watch watch(h, {});
  REQUIRE(h.publish(make_publication(h.key, 7, tiny_snapshot("answer")).body()).status == 201);
  const std::string consent =
      R"(,"contact":"visitor@b.example","consent":{"version":"1","text_hash":")" +
      std::string(64, 'a') + R"(","at":"2026-01-01T00:00:00Z"})";
  for (int i = 0; i < 2; ++i)
    REQUIRE(h.post_request(uuid(1), request_json(uuid(1), consent)).status == 201);
  CHECK(h.ask("GET", "/ask.js").status == 200);
  CHECK(h.ask("GET", "/nothing/ivan@b.example").status == 404);
  CHECK(h.ask("GET", "/v1/requests/" + uuid(2)).status == 401);

  const std::string posts = "{route=\"/v1/sites/{site}/requests\",method=\"POST\"";
  const std::vector<std::string> lines{
      "askus_http_requests_total" + posts + ",status=\"2xx\"} 2",
      "askus_http_request_seconds_count" + posts + "} 2",
      std::string("askus_http_requests_total{route=\"file\",method=\"GET\",status=\"2xx\"} 1"),
      std::string("askus_http_problems_total{problem=\"not-found\"} 1"),
      std::string("askus_http_problems_total{problem=\"unauthorized\"} 1"),
      std::string("askus_store_requests_total{outcome=\"stored\"} 1"),
      std::string("askus_store_requests_total{outcome=\"replayed\"} 1"),
      std::string("askus_store_commit_requests_bucket{le=\"1\"} 2"),
      std::string("askus_store_commit_requests_count 2"),
      std::string("askus_store_queue{queue=\"write\"} 0"),
      std::string("askus_snapshot_version{site=\"demo\"} 7"),
      "process_start_time_seconds " + std::to_string(h.app().started_at)};
  // A request is counted when its answer has been written: its reader may be first.
  testing::Answer answer;
  std::string missing = "all";
  for (int i = 0; i < kPatience && !missing.empty(); ++i) {
    answer = watch.get("/metrics");
    missing.clear();
    for (const std::string& line : lines)
      if (answer.body.find("\n" + line + "\n") == std::string::npos) missing = line;
  }
  INFO(answer.body);
  CHECK(missing.empty());
  CHECK(answer.status == 200);
  CHECK(answer.headers.at("content-type") == "text/plain; version=0.0.4; charset=utf-8");
  CHECK(answer.headers.at("cache-control") == "no-store");
  CHECK(answer.body.find("ivan") == std::string::npos);
  // Every line is a comment or one sample.
  std::size_t at = 0;
  while (at < answer.body.size()) {
    const std::size_t end = answer.body.find('\n', at);
    REQUIRE(end != std::string::npos);
    const std::string line = answer.body.substr(at, end - at);
    CAPTURE(line);
    CHECK((line.starts_with("# ") || line.find(' ') != std::string::npos));
    at = end + 1;
  }
}

TEST_CASE("metrics are not among what visitors reach, and ask for their key") {
  Harness h;
  CHECK(h.ask("GET", "/metrics").status == 404);
  const Watch watch(h, {publish::sha256_hex("watchers-key")});
  CHECK(watch.get("/metrics").problem() == "unauthorized");
  CHECK(watch.get("/metrics", {{"Authorization", "Bearer " + h.token}}).status == 401);
  CHECK(watch.get("/metrics", {{"Authorization", "Bearer watchers-key"}}).status == 200);
  CHECK(watch.get("/healthz").status == 200);
  CHECK(watch.get("/v1/sites/demo/manifest.json").status == 404);
}

TEST_CASE("ready means able to work, healthy means alive") {
  Harness h;
  const Watch watch(h, {});
  CHECK(watch.get("/readyz").body == "ready\n");
  CHECK(h.ask("GET", "/readyz").body == "ready\n");
  h.app().store->close();  // no database any more
  CHECK(watch.get("/readyz").problem() == "not-ready");
  CHECK(h.ask("GET", "/readyz").status == 503);
  CHECK(watch.get("/healthz").body == "ok\n");
  CHECK(h.ask("GET", "/healthz").status == 200);
}

TEST_CASE("a server that drains is not ready") {
  Harness h;
  const Watch watch(h, {});
  Client open(h.port);
  open.send("GET /healthz HTTP/1.1\r\nHost: a\r\n\r\n");
  CHECK(open.receive().status == 200);
  CHECK(watch.get("/metrics").body.find("\naskus_http_connections 1\n") != std::string::npos);
  h.app().metrics.set_draining();
  const auto answer = watch.get("/readyz");
  CHECK(answer.problem() == "not-ready");
  CHECK(answer.status == 503);
  h.stop();
  CHECK(open.closed());
  CHECK(watch.get("/metrics").body.find("\naskus_draining 1\n") != std::string::npos);
}
