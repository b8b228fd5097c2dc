#include "server-stub/http/router.h"

#include "tests/catch.h"

namespace {

namespace http = askus::http;

http::Router make_router() {
  http::Router router;
  router.add({"GET", "/v1/{id}", 1, {}, {}});
  router.add({"POST", "/v1/{id}", 2, {}, {}});
  router.add({"GET", "/f/{hash}.faq", 3, {}, {}});
  router.set_files([](const http::Request& request) -> std::optional<http::Response> {
    if (request.path != "/ask.js") return std::nullopt;
    return http::text_response(200, "text/javascript", "loader");
  });
  return router;
}

http::Request make_request(const std::string& method, const std::string& path) {
  http::Request request;
  request.method = method;
  request.path = path;
  return request;
}

}  // namespace

TEST_CASE("patterns") {
  struct Case {
    std::string pattern, path;
    bool fits;
    std::vector<std::string> args;
  };
  const Case cases[] = {
      {"/", "/", true, {}},
      {"/a", "/a", true, {}},
      {"/a", "/a/", false, {}},
      {"/a", "/b", false, {}},
      {"/a", "", false, {}},
      {"/a/{x}", "/a/b", true, {"b"}},
      {"/a/{x}", "/a/", false, {}},
      {"/a/{x}", "/a/b/c", false, {}},
      {"/{x}/{y}.faq", "/a/b.faq", true, {"a", "b"}},
      {"/{x}/{y}.faq", "/a/.faq", false, {}},
      {"/{x}/{y}.faq", "/a/b.faqs", false, {}},
  };
  for (const Case& c : cases) {
    CAPTURE(c.pattern, c.path);
    std::vector<std::string> args;
    CHECK(http::match(c.pattern, c.path, args) == c.fits);
    CHECK(args == c.args);
  }
}

TEST_CASE("routes, files, 404 and 405") {
  struct Case {
    std::string method, path;
    unsigned status;  // 0: a route
    std::string allow;
  };
  const Case cases[] = {
      {"GET", "/v1/7", 0, ""},
      {"HEAD", "/v1/7", 0, ""},
      {"POST", "/v1/7", 0, ""},
      {"PUT", "/v1/7", 405, "GET, HEAD, POST"},
      {"POST", "/f/00.faq", 405, "GET, HEAD"},
      {"GET", "/ask.js", 200, ""},
      {"HEAD", "/ask.js", 200, ""},
      {"DELETE", "/ask.js", 405, "GET, HEAD"},
      {"GET", "/v2", 404, ""},
      {"POST", "/../etc/passwd", 404, ""},
  };
  const http::Router router = make_router();
  for (const Case& c : cases) {
    CAPTURE(c.method, c.path);
    http::Request request = make_request(c.method, c.path);
    const auto found = router.find(request);
    const auto* answer = std::get_if<http::Response>(&found);
    CHECK((answer == nullptr ? 0 : answer->status) == c.status);
    if (answer != nullptr) CHECK(answer->headers.get("Allow") == c.allow);
    if (answer == nullptr) CHECK(request.args == std::vector<std::string>{"7"});
  }
}
