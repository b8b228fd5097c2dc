#include "shared/pages/help_pages.h"

#include <algorithm>
#include <map>
#include <nlohmann/json.hpp>
#include <pugixml.hpp>
#include <set>

#include "shared/pages/slug.h"
#include "tests/shared/sample_faq.h"

namespace askus::pages {
namespace {

using nlohmann::json;
constexpr const char* kBase = "https://www.example.org/help/";

// What a marketer's spreadsheet may hold, and what a page must survive.
constexpr const char* kHostile =
    "</script><script>alert(\"1\")</script><!-- ' & ]]> \x01 \xEF\xBF\xBF Що?";

// A FAQ with its pages.
struct Shown {
  explicit Shown(const snapshot::Faq& faq, Options options = {})
      : bytes(testing::built(faq)), opened(snapshot::Snapshot::open(bytes.span())) {
    REQUIRE(opened.ok());
    if (options.base.empty()) options.base = kBase;
    pages = std::make_unique<HelpPages>(*opened, std::move(options));
  }
  std::string body(std::string_view path) const {
    const Page page = pages->find(path);
    CAPTURE(path);
    REQUIRE(page.outcome == Outcome::kPage);
    return page.body;
  }
  // The one path that begins and ends so.
  std::string path(std::string_view start, std::string_view end) const {
    for (const std::string& path : pages->paths())
      if (path.starts_with(start) && path.ends_with(end)) return path;
    FAIL("no page " << start << "..." << end);
    return {};
  }
  testing::AlignedBytes bytes;
  Result<snapshot::Snapshot> opened;
  std::unique_ptr<HelpPages> pages;
};

bool is_html(const std::string& path) {
  return path.empty() || path.ends_with('/');
}

// Every value of an attribute.
std::vector<std::string> values(const std::string& html, const std::string& name) {
  std::vector<std::string> all;
  const std::string start = " " + name + "=\"";
  for (std::size_t at = 0; (at = html.find(start, at)) != html.npos;) {
    at += start.size();
    all.push_back(html.substr(at, html.find('"', at) - at));
  }
  return all;
}

// `link` of a page at `path`, from the base.
std::string resolved(std::string path, std::string link) {
  path.resize(path.rfind('/') == path.npos ? 0 : path.rfind('/') + 1);
  for (;;) {
    if (link.starts_with("./"))
      link.erase(0, 2);
    else if (link.starts_with("../")) {
      REQUIRE_FALSE(path.empty());
      link.erase(0, 3);
      path.pop_back();
      path.resize(path.rfind('/') == path.npos ? 0 : path.rfind('/') + 1);
    } else
      return path + link;
  }
}

json json_ld(const std::string& html) {
  constexpr std::string_view kStart = "<script type=\"application/ld+json\">";
  const std::size_t at = html.find(kStart);
  REQUIRE(at != html.npos);
  const std::size_t from = at + kStart.size();
  const json parsed =
      json::parse(html.substr(from, html.find("</script", from) - from), nullptr, false);
  REQUIRE(parsed.is_object());
  CHECK(parsed["@context"] == "https://schema.org");
  return parsed["@graph"];
}

pugi::xml_document xml_of(const std::string& text) {
  pugi::xml_document document;
  const pugi::xml_parse_result result = document.load_buffer(text.data(), text.size());
  INFO(text.substr(0, 500));
  REQUIRE(result.status == pugi::status_ok);
  return document;
}

snapshot::Faq hostile_faq() {
  snapshot::Faq faq = testing::sample_faq();
  faq.settings.name = {{"uk", kHostile}, {"en", kHostile}};
  faq.settings.title = {{"uk", kHostile}};
  faq.settings.hours = {{"uk", kHostile}};
  faq.settings.answer_time = {{"uk", kHostile}};
  faq.settings.announcement = snapshot::Announcement{1, 100, {{"uk", kHostile}}};
  for (snapshot::Category& category : faq.settings.categories)
    category.title = {{"uk", kHostile}, {"en", kHostile}};
  for (snapshot::Topic& topic : faq.topics)
    for (snapshot::Version& version : topic.versions) {
      version.title = kHostile;
      version.answer = std::string(kHostile) + "\n- [" + "x" + "](https://a.example/'\"><b>)";
      version.author = version.role = kHostile;
      version.updated = 20'000;
      version.comments = {{kHostile, kHostile, kHostile, 20'000}};
    }
  faq.topics.push_back({"../../x\"<b>", "", {testing::version("uk", kHostile, kHostile)}});
  return faq;
}

}  // namespace

TEST_CASE("every path has its page, and every link on a page leads to one") {
  snapshot::Faq faq = testing::sample_faq();
  faq.topics.push_back({"alone", "", {testing::version("uk", "Без теми", "Див. [це](#pay).")}});
  const Shown shown(faq);
  const std::vector<std::string> paths = shown.pages->paths();
  const std::set<std::string> known(paths.begin(), paths.end());
  CHECK(known.size() == paths.size());
  CHECK(known.count("uk/yak-splatyty-za-internet--pay/") == 1);
  CHECK(known.count("en/c/billing--billing/") == 1);
  CHECK(known.count("uk/c/inshi-zapytannia--/") == 1);
  std::size_t links = 0;
  for (const std::string& path : paths) {
    const std::string html = shown.body(path);
    if (!is_html(path)) continue;
    CAPTURE(path);
    for (std::string link : values(html, "href")) {
      if (link.starts_with("data:") || link.starts_with('#')) continue;
      if (link.starts_with(kBase))
        link.erase(0, std::string(kBase).size());
      else
        link = resolved(path, link);
      CAPTURE(link);
      CHECK(known.count(link) == 1);
      ++links;
    }
  }
  CHECK(links > 100);
  // Each topic can be reached, also the one in no category.
  CHECK(shown.body("uk/").find("bez-temy--alone") != std::string::npos);
}

TEST_CASE("a page says where it is, in which languages, and what it holds") {
  const Shown shown(testing::sample_faq());
  const std::string html = shown.body("uk/yak-splatyty-za-internet--pay/");
  const auto has = [&](const std::string& part) { return html.find(part) != html.npos; };
  CHECK(html.starts_with("<!doctype html>\n<html lang=\"uk\">"));
  CHECK(has("<title>Як сплатити за інтернет? – Вулик</title>"));
  CHECK(
      has("<link rel=\"canonical\" "
          "href=\"https://www.example.org/help/uk/yak-splatyty-za-internet--pay/\">"));
  CHECK(has("hreflang=\"en\" href=\"https://www.example.org/help/en/how-do-i-pay--pay/\""));
  CHECK(
      has("hreflang=\"x-default\" "
          "href=\"https://www.example.org/help/uk/yak-splatyty-za-internet--pay/\""));
  CHECK(has("<meta name=\"description\" content=\"Карткою в кабінеті або в терміналі.\">"));
  CHECK(values(html, "id") == std::vector<std::string>{"content"});

  const json graph = json_ld(html);
  CHECK(graph[0]["@type"] == "FAQPage");
  CHECK(graph[0]["mainEntity"][0]["name"] == "Як сплатити за інтернет?");
  CHECK(graph[0]["mainEntity"][0]["acceptedAnswer"]["text"] ==
        "<p>Карткою в кабінеті або в терміналі.</p>\n");
  CHECK(graph[1]["itemListElement"].size() == 3);
  CHECK(graph[1]["itemListElement"][1]["item"] == std::string(kBase) + "uk/c/oplata--billing/");
  // What is in one language only has no alternates.
  const std::string only = shown.body("en/television-freezes--tv/");
  CHECK(only.find("rel=\"alternate\" hreflang") == only.npos);
}

TEST_CASE("an address keeps leading to its topic when the title changes") {
  snapshot::Faq faq = testing::sample_faq();
  const std::string old = Shown(faq).path("uk/", "--pay/");
  faq.topics[1].versions[0].title = "Оплата картою";
  faq.settings.categories[0].title["uk"] = "Гроші";
  const Shown shown(faq);
  const std::pair<std::string, std::string> cases[] = {
      {old, "uk/oplata-kartoiu--pay/"},
      {"uk/--pay/", "uk/oplata-kartoiu--pay/"},
      {"uk/anything-at-all--pay", "uk/oplata-kartoiu--pay/"},
      {"uk/oplata-kartoiu--pay", "uk/oplata-kartoiu--pay/"},
      {"uk/c/oplata--billing/", "uk/c/hroshi--billing/"},
      {"uk/c/hroshi--billing", "uk/c/hroshi--billing/"},
      {"uk", "uk/"}};
  for (const auto& [from, to] : cases) {
    CAPTURE(from);
    const Page page = shown.pages->find(from);
    CHECK(page.outcome == Outcome::kMoved);
    CHECK(page.body == to);
    CHECK(shown.pages->find(to).outcome == Outcome::kPage);
  }
  const std::string moved = shown.pages->moved(old, "uk/oplata-kartoiu--pay/");
  CHECK(moved.find("content=\"0; url=../../uk/oplata-kartoiu--pay/\"") != moved.npos);
}

TEST_CASE("where nothing is, the page offers the topics, in the language of the address") {
  const Shown shown(testing::sample_faq());
  for (const char* path : {"en/gone--gone/", "en/x", "en/c/x--none/", "en/c/billing/", "en/a/b/c/",
                           "en/television-freezes--tv/x", "xx/", "sitemap-9.xml", "robots.txt",
                           "../", "uk/television-freezes--tv/"}) {
    CAPTURE(path);
    const Page page = shown.pages->find(path);
    CHECK(page.outcome == Outcome::kMissing);
    const bool english = std::string_view(path).starts_with("en/");
    CHECK(page.body.find(english ? "<html lang=\"en\">" : "<html lang=\"uk\">") != page.body.npos);
    CHECK(page.body.find("noindex") != page.body.npos);
    CHECK(page.body.find(english ? "en/how-do-i-pay--pay/" : "uk/yak-splatyty-za-internet--pay/") !=
          page.body.npos);
  }
  CHECK(shown.pages->missing(shown.pages->languages()[1]).find("href=\"/help/en/") !=
        std::string::npos);
}

TEST_CASE("hostile texts stay texts, in HTML, JSON-LD, the sitemap and the feed") {
  Options options;
  options.server = "https://ask.example.org";
  options.now = 50;
  const Shown shown(hostile_faq(), options);
  for (const std::string& path : shown.pages->paths()) {
    const std::string body = shown.body(path);
    CAPTURE(path);
    CHECK(body.find('\x01') == body.npos);
    CHECK(body.find("\xEF\xBF\xBF") == body.npos);
    if (path.ends_with(".xml")) xml_of(body);
    if (!is_html(path)) continue;
    CHECK(body.find("<script>alert") == body.npos);
    CHECK(body.find("<b>") == body.npos);
    CHECK(body.find("<!--") == body.npos);
    // The loader and the structured data; the page at the base has no data.
    std::size_t scripts = 0;
    for (std::size_t at = 0; (at = body.find("<script", at)) != body.npos; ++at) ++scripts;
    CHECK(scripts == (path.empty() ? 1u : 2u));
    if (!path.empty()) json_ld(body);
  }
  // What is dropped is the control character alone.
  const json graph = json_ld(shown.body(shown.path("uk/", "--pay/")));
  CHECK(graph[0]["mainEntity"][0]["name"] ==
        "</script><script>alert(\"1\")</script><!-- ' & ]]>   Що?");
}

TEST_CASE("the announcement stands while it lasts") {
  snapshot::Faq faq = testing::sample_faq();
  faq.settings.announcement = snapshot::Announcement{100, 200, {{"uk", "Планові роботи"}}};
  for (const auto& [now, stands] :
       {std::pair{99u, false}, {100u, true}, {199u, true}, {200u, false}}) {
    Options options;
    options.now = now;
    const Shown shown(faq, options);
    CAPTURE(now);
    CHECK((shown.body("uk/").find("Планові роботи") != std::string::npos) == stands);
  }
}

TEST_CASE("the widget is on the pages where there is a server") {
  Options options;
  options.server = "https://ask.example.org";
  const std::string with = Shown(testing::sample_faq(), options).body("uk/");
  CHECK(with.find("<script async src=\"https://ask.example.org/ask.js\" data-site=\"demo\" "
                  "data-lang=\"uk\" data-colour=\"#1f5fd6\" data-side=\"bubble\"></script>") !=
        with.npos);
  CHECK(with.find("href=\"https://ask.example.org/sites/demo/ask?lang=uk\" data-askus-open") !=
        with.npos);
  const std::string without = Shown(testing::sample_faq()).body("uk/");
  CHECK(without.find("ask.js") == without.npos);
  CHECK(without.find("data-askus-open") == without.npos);
}

TEST_CASE("the sitemap has every page once, and is parted at its limit") {
  snapshot::Faq faq = testing::sample_faq();
  faq.topics[1].versions[0].updated = 20'000;  // 2024-10-04
  const Shown shown(faq);
  std::set<std::string> pages;
  for (const std::string& path : shown.pages->paths())
    if (is_html(path) && !path.empty()) pages.insert(kBase + path);
  const Contents contents(*shown.opened);
  const auto whole = sitemaps(contents, kBase);
  REQUIRE(whole.size() == 1);
  CHECK(whole[0].name == "sitemap.xml");
  CHECK(whole[0].body == shown.body("sitemap.xml"));
  CHECK(whole[0].body.find("yak-splatyty-za-internet--pay/</loc><lastmod>2024-10-04</lastmod>") !=
        std::string::npos);

  for (const std::size_t limit : {pages.size() - 1, pages.size(), pages.size() + 1}) {
    const auto files = sitemaps(contents, kBase, limit);
    CAPTURE(limit);
    CHECK(files.size() == (limit < pages.size() ? 3 : 1));
    CHECK(files.back().name == "sitemap.xml");
    std::set<std::string> found;
    for (const SitemapFile& file : files) {
      const auto document = xml_of(file.body);
      std::size_t count = 0;
      for (const auto& url : document.child("urlset")) {
        CHECK(found.insert(url.child("loc").text().get()).second);
        ++count;
      }
      CHECK(count <= limit);
      for (const auto& sitemap : document.child("sitemapindex")) {
        const std::string name = sitemap.child("loc").text().get();
        CHECK(std::any_of(files.begin(), files.end(),
                          [&](const SitemapFile& f) { return kBase + f.name == name; }));
      }
    }
    CHECK(found == pages);
  }
}

TEST_CASE("the feed has the newest changes first, under ids that outlive the titles") {
  snapshot::Faq faq = testing::sample_faq();
  faq.topics[0].versions[0].updated = 20'000;
  faq.topics[1].versions[0].updated = 20'001;
  const auto document = xml_of(Shown(faq).body("uk/feed.xml"));
  const auto feed = document.child("feed");
  CHECK(std::string(feed.child("updated").text().get()) == "2024-10-05T00:00:00Z");
  std::vector<std::string> ids;
  for (const auto& entry : feed.children("entry")) ids.emplace_back(entry.child("id").text().get());
  CHECK(ids == std::vector<std::string>{"https://www.example.org/help/uk/--pay/",
                                        "https://www.example.org/help/uk/--no-internet/"});
  CHECK(Shown(faq).pages->find("uk/--pay/").outcome == Outcome::kMoved);
  // Without a dated topic a feed is empty, and still one.
  const auto empty = xml_of(Shown(faq).body("en/feed.xml"));
  CHECK_FALSE(empty.child("feed").child("entry"));
  CHECK(std::string(empty.child("feed").child("updated").text().get()) == "1970-01-01T00:00:00Z");
}

TEST_CASE("a site of one language, without categories, on a host of its own") {
  snapshot::Faq faq = testing::sample_faq();
  faq.settings.languages = {"en"};
  faq.settings.categories.clear();
  faq.settings.most_asked.clear();
  for (auto& local : {&faq.settings.name, &faq.settings.title}) local->erase("uk");
  faq.topics = {{"a", "", {testing::version("en", "A?", "B.")}}};
  Options options;
  options.base = "https://help.example.org/";
  const Shown shown(faq, options);
  CHECK(shown.pages->find("").outcome == Outcome::kMoved);
  CHECK(shown.pages->find("").body == "en/");
  const std::string start = shown.body("en/");
  CHECK(start.find("All questions") != start.npos);
  CHECK(start.find("hreflang") == start.npos);
  CHECK(shown.body("robots.txt").find("Sitemap: https://help.example.org/sitemap.xml\n") !=
        std::string::npos);
}

TEST_CASE("a FAQ without topics has no pages") {
  snapshot::Faq faq = testing::sample_faq();
  faq.topics.clear();
  faq.settings.most_asked.clear();
  const Shown shown(faq);
  CHECK(shown.pages->empty());
  CHECK(shown.pages->paths().empty());
  CHECK(shown.pages->find("uk/").outcome == Outcome::kMissing);
}

TEST_CASE("which bases there are") {
  for (const char* good :
       {"https://a.example/", "http://localhost:8080/help/demo/", "https://a.example/~x/help_1/"})
    CHECK(is_base(good));
  for (const std::string& bad :
       {std::string("https://a.example"), std::string("https://a.example/help"),
        std::string("//a.example/"), std::string("ftp://a.example/"), std::string("https:///"),
        std::string("https://a.example//"), std::string("https://a.example/../"),
        std::string("https://a.example/?q/"), std::string("https://a@b.example/"),
        std::string("https://a.example/%2e/"), std::string("https://a.example/\"/"),
        "https://a.example/" + std::string(kMaxBase, 'a') + "/", std::string()})
    CHECK_FALSE(is_base(bad));
  CHECK(origin_of_base(kBase) == "https://www.example.org");
  CHECK(path_of_base(kBase) == "/help/");
}

}  // namespace askus::pages
