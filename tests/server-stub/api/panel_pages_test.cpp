#include "server-stub/api/panel_pages.h"

#include <nlohmann/json.hpp>

#include "tests/server-stub/api/harness.h"

using namespace askus;
using testing::Harness;

TEST_CASE("the best language of the interface") {
  Harness h;
  const auto pages = api::PanelPages::load(h.folder.file("web"));
  REQUIRE(pages.ok());
  struct Case {
    std::string wanted;
    std::vector<std::string> site;
    std::string language;
  };
  const Case cases[] = {
      {"uk", {}, "uk"},        {"ru uk-UA,en", {}, "uk"},    {"UK", {}, "uk"},
      {"de", {"uk"}, "uk"},    {"de fr", {"de"}, "en"},      {"", {}, "en"},
      {"en-GB", {"uk"}, "en"}, {",, ,", {"ru", "uk"}, "uk"}, {"../uk", {}, "en"},
  };
  for (const Case& c : cases) {
    CAPTURE(c.wanted);
    CHECK((*pages)->choose_language(c.wanted, c.site) == c.language);
  }
}

TEST_CASE("a web folder with something missing is told") {
  Harness h;
  h.folder.write("web/assets.json", R"({"core":"x"})");
  CHECK(api::PanelPages::load(h.folder.file("web")).error().text.find("panel_script") !=
        std::string::npos);
  CHECK_FALSE(api::PanelPages::load(h.folder.file("none")).ok());
}

TEST_CASE(
    "the panel's page carries the site's configuration and texts, and cannot be broken out of") {
  Harness h;
  REQUIRE(
      h.publish(testing::make_publication(h.key, 1, testing::tiny_snapshot("a")).body()).status ==
      201);
  const auto page = h.ask("GET", "/sites/demo/panel?lang=uk");
  REQUIRE(page.status == 200);
  CHECK(page.headers.at("content-type") == "text/html; charset=utf-8");
  CHECK(page.headers.at("cache-control") == "no-cache");
  CHECK(page.headers.at("content-security-policy") ==
        "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; style-src 'self'; "
        "img-src 'self' data: blob: https://pictures.example; "
        "connect-src 'self' https://cdn.example; base-uri 'none'; form-action 'none'; "
        "frame-ancestors https://a.example http://b.example:1");
  CHECK(page.body.find("<html lang=\"uk\">") == 0);
  CHECK(page.body.find("<title>Запитайте &lt;нас&gt;</title>") != std::string::npos);

  const std::string open = "<script id=\"askus-config\">", close = "</script>";
  const std::size_t begin = page.body.find(open) + open.size();
  const std::string block = page.body.substr(begin, page.body.find(close, begin) - begin);
  CHECK(block.find('<') == std::string::npos);
  const auto json = nlohmann::json::parse(block, nullptr, false);
  REQUIRE(json.is_object());
  CHECK(json["site"] == "demo");
  CHECK(json["languages"] == nlohmann::json({"en", "uk"}));
  CHECK(json["keys"][0]["x"] == h.key.public_key().x);
  CHECK(json["manifest"] == "/v1/sites/demo/manifest.json");
  CHECK(json["snapshots"] == "https://cdn.example/v1/sites/demo/snapshots/");
  CHECK(json["requests"] == "/v1/sites/demo/requests");
  CHECK(json["origins"] == nlohmann::json({"https://a.example", "http://b.example:1"}));
  CHECK(json["assets"]["core"] == "/assets/core.1.wasm");
  CHECK(json["texts"]["list"][0] == "</script>");

  const std::string etag = page.headers.at("etag");
  CHECK(h.ask("GET", "/sites/demo/panel?lang=uk", {{"If-None-Match", etag}}).status == 304);
  REQUIRE(
      h.publish(testing::make_publication(h.key, 2, testing::tiny_snapshot("b")).body()).status ==
      201);
  CHECK(h.ask("GET", "/sites/demo/panel?lang=en").body.find("<title>Ask us!</title>") !=
        std::string::npos);
}

TEST_CASE("the page in a window of its own may not be framed, nor one without parents") {
  Harness h;
  for (const char* path : {"/sites/demo/ask", "/sites/other/panel", "/sites/other/ask"}) {
    const auto page = h.ask("GET", path);
    CHECK(page.status == 200);
    CHECK(page.headers.at("content-security-policy").find("frame-ancestors 'none'") !=
          std::string::npos);
  }
  CHECK(h.ask("GET", "/sites/nowhere/panel").problem() == "unknown-site");
}
