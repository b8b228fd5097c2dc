#include "server-stub/api/pages.h"

#include "tests/server-stub/api/harness.h"

using namespace askus;
using testing::Harness;

TEST_CASE("static files with their types, codings and caching") {
  Harness h;
  const auto loader = h.ask("GET", "/ask.js");
  CHECK(loader.body == "loader();");
  CHECK(loader.headers.at("content-type") == "text/javascript; charset=utf-8");
  CHECK(loader.headers.at("cache-control") == "public, max-age=300");
  CHECK(h.ask("GET", "/ask.js", {{"If-None-Match", loader.headers.at("etag")}}).status == 304);

  // A module that pages of other origins import, by an address that names any version.
  const auto more = h.ask("GET", "/ask-more.js?v=1");
  CHECK(more.body == "export const start = 1;");
  CHECK(more.headers.at("access-control-allow-origin") == "*");
  CHECK(more.headers.at("cache-control") == "public, max-age=300");

  const auto core = h.ask("GET", "/assets/core.1.wasm");
  CHECK(core.headers.at("content-type") == "application/wasm");
  CHECK(core.headers.at("cache-control") == "public, max-age=31536000, immutable");
  CHECK(core.body == "\1wasm");
  const auto coded = h.ask("GET", "/assets/core.1.wasm", {{"Accept-Encoding", "br"}});
  CHECK(coded.body == "br-bytes");
  CHECK(coded.headers.at("content-encoding") == "br");

  CHECK(h.ask("GET", "/").body == "<h1>demo</h1>");
  CHECK(h.ask("GET", "/index.html").headers.at("cache-control") == "no-cache");
  CHECK(h.ask("GET", "/help/").body == "<h1>help</h1>");
  const auto head = h.ask("HEAD", "/help/index.html");
  CHECK(head.status == 200);
  CHECK(head.headers.at("content-length") == "13");
  CHECK(head.body.empty());
}

TEST_CASE("no path leads out of the folders") {
  Harness h;
  for (const char* path :
       {"/../outside.txt", "/%2e%2e/outside.txt", "/assets/../../outside.txt",
        "/assets/..%2f..%2foutside.txt", "//outside.txt", "/web/ask.js", "/assets/",
        "/assets/core.1.wasm.br", "/assets.json", "/panel.html", "/texts/uk.json"}) {
    CAPTURE(path);
    CHECK(h.ask("GET", path).problem() == "not-found");
  }
}

TEST_CASE("unknown paths, wrong methods, health") {
  Harness h;
  CHECK(h.ask("GET", "/nothing").problem() == "not-found");
  const auto wrong = h.ask("DELETE", "/v1/sites/demo/requests");
  CHECK(wrong.problem() == "method-not-allowed");
  CHECK(wrong.headers.at("allow") == "POST, OPTIONS, GET, HEAD");
  CHECK(h.ask("POST", "/ask.js", {}, "x").headers.at("allow") == "GET, HEAD");
  const auto health = h.ask("GET", "/healthz");
  CHECK(health.status == 200);
  CHECK(health.body == "ok\n");
}

TEST_CASE("every answer carries the safe headers and an id of its own") {
  Harness h;
  std::string last;
  for (const char* path : {"/", "/nothing", "/healthz", "/sites/demo/panel"}) {
    const auto answer = h.ask("GET", path);
    CHECK(answer.headers.at("x-content-type-options") == "nosniff");
    CHECK(answer.headers.at("referrer-policy") == "no-referrer");
    CHECK(answer.headers.at("x-request-id") != last);
    last = answer.headers.at("x-request-id");
  }
}
