#include "server-stub/api/help.h"

#include "tests/server-stub/api/harness.h"

using namespace askus;
using testing::Answer;
using testing::Harness;
using testing::make_publication;

namespace {

constexpr const char* kTopic = "/help/demo/en/how-do-i-pay--pay/";

testing::Setup with_pages() {
  testing::Setup setup;
  setup.config = [](config::Config& config, const testing::TempFolder&) {
    config.sites["demo"].help_pages = {"https://help.example/", "https://ask.example"};
  };
  return setup;
}

snapshot::Faq two_languages(const std::string& answer) {
  snapshot::Faq faq = testing::tiny_faq(answer);
  snapshot::Version version = faq.topics[0].versions[0];
  version.language = "uk";
  version.title = "Як сплатити?";
  faq.topics[0].versions.push_back(version);
  return faq;
}

void put_online(Harness& h, std::uint64_t version, const snapshot::Faq& faq) {
  auto bytes = snapshot::build(faq);
  REQUIRE(bytes.ok());
  REQUIRE(h.publish(make_publication(h.key, version, *bytes).body()).status == 201);
}

std::string location(const Answer& answer) {
  const auto found = answer.headers.find("location");
  return found == answer.headers.end() ? "" : found->second;
}

bool holds(const Answer& answer, const std::string& text) {
  return answer.body.find(text) != std::string::npos;
}

}  // namespace

TEST_CASE("a site has help pages when its configuration says so, and something is published") {
  Harness without;
  CHECK(without.ask("GET", "/help/demo/en/").problem() == "not-found");
  // A folder of the site_root by that name is served as it was.
  CHECK(without.ask("GET", "/help/index.html").body == "<h1>help</h1>");
  Harness h(with_pages());
  CHECK(h.ask("GET", "/help/nowhere/").problem() == "unknown-site");
  CHECK(h.ask("GET", "/help/other/").problem() == "not-found");
  CHECK(h.ask("GET", "/help/demo/").problem() == "no-snapshot");
  CHECK(h.ask("GET", "/help/demo/en/x--pay/").problem() == "no-snapshot");
  snapshot::Faq empty = two_languages("x");
  empty.topics.clear();
  put_online(h, 1, empty);
  CHECK(h.ask("GET", "/help/demo/en/").problem() == "no-snapshot");
  put_online(h, 2, two_languages("x"));
  CHECK(h.ask("GET", "/help/demo/en/").status == 200);
  CHECK(h.ask("POST", "/help/demo/en/").problem() == "method-not-allowed");
}

TEST_CASE("a page is compressed, revalidated, and runs no script but the loader") {
  Harness h(with_pages());
  put_online(h, 1, two_languages("By **card** <b>."));
  const Answer page = h.ask("GET", kTopic);
  CHECK(page.status == 200);
  CHECK(page.headers.at("content-type") == "text/html; charset=utf-8");
  CHECK(page.headers.at("cache-control") == "no-cache");
  CHECK(page.headers.at("vary") == "Accept-Encoding");
  CHECK(page.headers.at("content-security-policy") ==
        "default-src 'none'; script-src 'self' https://ask.example; style-src 'self'; img-src "
        "'self' data: https://pictures.example; connect-src 'self'; frame-src 'self' "
        "https://ask.example; base-uri "
        "'none'; form-action 'none'; frame-ancestors 'none'");
  CHECK(holds(page, "By <strong>card</strong> &lt;b&gt;."));
  CHECK(
      holds(page, "<link rel=\"canonical\" href=\"https://help.example/en/how-do-i-pay--pay/\">"));
  CHECK(holds(page, "src=\"https://ask.example/ask.js\""));
  CHECK(h.ask("GET", kTopic, {{"If-None-Match", page.headers.at("etag")}}).status == 304);
  for (const char* coding : {"br", "gzip"}) {
    const Answer small = h.ask("GET", kTopic, {{"Accept-Encoding", coding}});
    CHECK(small.headers.at("content-encoding") == coding);
    CHECK(small.body.size() < page.body.size() / 2);
  }
  const Answer head = h.ask("HEAD", kTopic);
  CHECK(head.status == 200);
  CHECK(head.body.empty());
}

TEST_CASE("a publication is seen at once, and old addresses lead to the new ones") {
  Harness h(with_pages());
  put_online(h, 1, two_languages("old"));
  const Answer before = h.ask("GET", kTopic);
  CHECK(holds(before, "<p>old</p>"));
  snapshot::Faq faq = two_languages("new");
  put_online(h, 2, faq);
  const Answer after = h.ask("GET", kTopic, {{"If-None-Match", before.headers.at("etag")}});
  CHECK(after.status == 200);
  CHECK(holds(after, "<p>new</p>"));
  faq.topics[0].versions[0].title = "Ways to pay";
  put_online(h, 3, faq);
  const Answer moved = h.ask("GET", kTopic);
  CHECK(moved.status == 301);
  // Relative, so that it holds wherever a proxy shows the pages.
  CHECK(location(moved) == "../../en/ways-to-pay--pay/");
  CHECK(h.ask("GET", "/help/demo/en/ways-to-pay--pay/").status == 200);
  CHECK(location(h.ask("GET", "/help/demo/en/ways-to-pay--pay")) == "../en/ways-to-pay--pay/");
  CHECK(location(h.ask("GET", "/help/demo/en/c/x--billing")) == "../../en/c/billing--billing/");
  CHECK(location(h.ask("GET", "/help/demo/en")) == "./en/");
  CHECK(location(h.ask("GET", "/help/demo")) == "demo/");
}

TEST_CASE("the folder leads to the reader's language, else to the site's first one") {
  Harness h(with_pages());
  put_online(h, 1, two_languages("x"));
  const std::pair<const char*, const char*> cases[] = {
      {"", "./uk/"},       {"en", "./en/"},       {"en-GB,uk;q=0.5", "./en/"},
      {"de, en", "./en/"}, {"uk-UA", "./uk/"},    {"de", "./uk/"},
      {"*", "./uk/"},      {",;,;q=1,", "./uk/"}, {"EN", "./en/"}};
  for (const auto& [wanted, expected] : cases) {
    CAPTURE(wanted);
    const Answer answer = h.ask("GET", "/help/demo/", {{"Accept-Language", wanted}});
    CHECK(answer.status == 302);
    CHECK(location(answer) == expected);
    CHECK(answer.headers.at("vary") == "Accept-Language");
  }
}

TEST_CASE("where nothing is there is a page that offers the topics") {
  Harness h(with_pages());
  put_online(h, 1, two_languages("x"));
  for (const char* path : {"/help/demo/en/gone--gone/", "/help/demo/en/x", "/help/demo/xx/",
                           "/help/demo/x.xml", "/help/demo/en/c/x/", "/help/demo/en/%3Cb%3E/"}) {
    CAPTURE(path);
    const Answer missing = h.ask("GET", path);
    CHECK(missing.status == 404);
    CHECK(missing.headers.at("content-type") == "text/html; charset=utf-8");
    CHECK(missing.headers.count("content-security-policy") == 1);
    CHECK(holds(missing, "--pay/"));
    CHECK_FALSE(holds(missing, "<b>"));
  }
}

TEST_CASE("an address with slashes of its own is no page's") {
  Harness h(with_pages());
  put_online(h, 1, two_languages("x"));
  CHECK(h.ask("GET", "/help/demo/en/..--pay%2F..%2F/").problem() == "not-found");
}

TEST_CASE("the announcement comes and goes with the clock") {
  Harness h(with_pages());
  snapshot::Faq faq = two_languages("x");
  faq.settings.announcement =
      snapshot::Announcement{testing::kStart + 10, testing::kStart + 20, {{"en", "Works tonight"}}};
  put_online(h, 1, faq);
  for (const auto& [later, stands] : {std::pair{0, false}, {10, true}, {19, true}, {20, false}}) {
    h.now = testing::kStart + later;
    CAPTURE(later);
    CHECK(holds(h.ask("GET", "/help/demo/en/"), "Works tonight") == stands);
    CHECK(holds(h.ask("GET", kTopic), "Works tonight") == stands);
  }
}

TEST_CASE("files beside the pages, and more pages than are kept") {
  Harness h(with_pages());
  snapshot::Faq faq = two_languages("x");
  const snapshot::Topic first = faq.topics[0];
  for (std::size_t i = 0; i < api::kKeptHelpPages; ++i) {
    faq.topics.push_back(first);
    faq.topics.back().id = "t" + std::to_string(i);
  }
  put_online(h, 1, faq);
  const Answer sitemap = h.ask("GET", "/help/demo/sitemap.xml");
  CHECK(sitemap.headers.at("content-type") == "application/xml");
  CHECK(h.ask("GET", "/help/demo/en/feed.xml").headers.at("content-type") ==
        "application/atom+xml");
  const Answer robots = h.ask("GET", "/help/demo/robots.txt");
  CHECK(robots.headers.at("content-type") == "text/plain; charset=utf-8");
  const Answer start = h.ask("GET", "/help/demo/en/");
  const std::size_t style = start.body.find("pages-");
  const std::string name = start.body.substr(style, start.body.find('"', style) - style);
  CHECK(h.ask("GET", "/help/demo/" + name).headers.at("cache-control") ==
        "public, max-age=31536000, immutable");
  for (std::size_t i = 0; i < api::kKeptHelpPages; ++i)
    REQUIRE(h.ask("GET", "/help/demo/en/how-do-i-pay--t" + std::to_string(i) + "/").status == 200);
  CHECK(h.ask("GET", "/help/demo/en/").body == start.body);
}
