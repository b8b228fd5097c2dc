#include "server-stub/http/metrics.h"

#include "tests/catch.h"

using namespace askus::http;

namespace {

bool has_line(const std::string& text, const std::string& line) {
  return ("\n" + text).find("\n" + line + "\n") != std::string::npos;
}

std::string text_of(const Metrics& metrics) {
  Exposition to;
  metrics.write(to);
  return to.text();
}

}  // namespace

TEST_CASE("the text format: families, labels, escapes") {
  Exposition to;
  to.family("a_total", "counter", "How many.");
  to.sample(std::uint64_t{1} << 63);
  to.sample(std::uint64_t{2}, {{"x", "quote\" back\\ line\n"}, {"none", ""}, {"y", "ї"}}, "_sum");
  to.sample(0.25, {{"le", "+Inf"}});
  CHECK(to.text() ==
        "# HELP a_total How many.\n# TYPE a_total counter\n"
        "a_total 9223372036854775808\n"
        "a_total_sum{x=\"quote\\\" back\\\\ line\\n\",y=\"ї\"} 2\n"
        "a_total{le=\"+Inf\"} 0.25\n");
}

TEST_CASE("requests are counted by route, method, class and time") {
  Router router;
  router.add({"GET", "/v1/sites/{site}/x", 0, {}, {}});
  router.add({"POST", "/v1/sites/{site}/x", 0, {}, {}});
  Metrics metrics;
  metrics.watch(router);
  const Route* post = &router.routes()[1];
  using std::chrono::microseconds;
  metrics.count(post, false, 201, {}, 10, microseconds(500));
  metrics.count(post, false, 204, {}, 5, microseconds(501));
  metrics.count(post, false, 503, "busy", 1, microseconds(60'000'000));
  metrics.count(nullptr, true, 200, {}, 100, microseconds(1));
  metrics.count(nullptr, false, 404, "not-found", 1, microseconds(1));
  metrics.count(nullptr, false, 404, "not-found", 1, microseconds(-1));
  const std::string text = text_of(metrics);
  const std::string labels = "{route=\"/v1/sites/{site}/x\",method=\"POST\"";
  INFO(text);
  for (const std::string& line :
       {"askus_http_requests_total" + labels + ",status=\"2xx\"} 2",
        "askus_http_requests_total" + labels + ",status=\"5xx\"} 1",
        "askus_http_response_bytes_total" + labels + "} 16",
        "askus_http_request_seconds_bucket" + labels + ",le=\"0.0005\"} 1",
        "askus_http_request_seconds_bucket" + labels + ",le=\"0.001\"} 2",
        "askus_http_request_seconds_bucket" + labels + ",le=\"30\"} 2",
        "askus_http_request_seconds_bucket" + labels + ",le=\"+Inf\"} 3",
        "askus_http_request_seconds_count" + labels + "} 3",
        "askus_http_request_seconds_sum" + labels + "} 60.001001",
        std::string("askus_http_requests_total{route=\"file\",method=\"GET\",status=\"2xx\"} 1"),
        std::string("askus_http_requests_total{route=\"none\",status=\"4xx\"} 2"),
        std::string("askus_http_problems_total{problem=\"busy\"} 1"),
        std::string("askus_http_problems_total{problem=\"not-found\"} 2"),
        std::string("askus_draining 0")}) {
    CAPTURE(line);
    CHECK(has_line(text, line));
  }
  CHECK(text.find("method=\"GET\",status=\"5xx\"") == std::string::npos);
}

TEST_CASE("connections and the drain") {
  Metrics metrics;
  metrics.watch(Router());
  metrics.connection_opened();
  metrics.connection_opened();
  metrics.connection_closed();
  metrics.count_turned_away();
  metrics.set_draining();
  const std::string text = text_of(metrics);
  CHECK(has_line(text, "askus_http_connections 1"));
  CHECK(has_line(text, "askus_http_connections_turned_away_total 1"));
  CHECK(has_line(text, "askus_draining 1"));
  CHECK(metrics.draining());
}
