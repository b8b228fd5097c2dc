#include "shared/faq/check.h"

#include <algorithm>
#include <random>

#include "shared/faq/extract.h"
#include "shared/snapshot/builder.h"
#include "tests/catch.h"
#include "tests/shared/faq/helpers.h"

using namespace askus::faq;
using askus::snapshot::Faq;

namespace {

constexpr const char* kSite =
    R"({"site":"demo","languages":["uk","ru","en"],"name":{"uk":"Мережа"},"moods":["upset"],
        "categories":[{"id":"b","title":{"uk":"Б"},"department":{"en":"D"}},{"id":"a"}],
        "consent":{"version":"2","text":{"uk":"Згода"},"policy":"https://a.b"},
        "announcement":{"from":"2026-05-01","until":"2026-06-01","text":{"en":"!"}},
        "contact":{"name":"off"},"most_asked":["t3","t1"],"ask_first":false})";

// Twelve rows: four topics in three languages.
std::vector<std::string> rows() {
  std::vector<std::string> result;
  for (const char* topic : {"t3", "t1", "t0", "t2"}) {
    for (const char* language : {"en", "uk", "ru"}) {
      const std::string name = std::string(topic) + " " + language;
      result.push_back(std::string(topic) + "," + language + ",b," + name + ",\"p " + name +
                       " | q\",**Answer** " + name + ",\"Ann | client | 2026-05-31 | " + name +
                       "\",\"x, y\",Olena,support,2026-05-30,https://a.b/" + topic);
    }
  }
  return result;
}

std::string file_of(const std::vector<std::string>& lines) {
  std::string text =
      "id,lang,category,title,phrasings,answer,comments,tags,author,role,updated,url\n";
  for (const std::string& line : lines) text += line + "\n";
  return text;
}

std::string built(const Checked& checked) {
  REQUIRE(texts_of(checked.findings).empty());
  const auto bytes = askus::snapshot::build(checked.faq);
  REQUIRE(bytes.ok());
  return *bytes;
}

}  // namespace

TEST_CASE("the order of the rows does not change the snapshot") {
  std::vector<std::string> lines = rows();
  const std::string bytes = built(check_text("f.csv", file_of(lines), kSite));
  std::mt19937 random(7);
  for (int i = 0; i < 20; ++i) {
    std::shuffle(lines.begin(), lines.end(), random);
    REQUIRE(built(check_text("f.csv", file_of(lines), kSite)) == bytes);
  }
}

TEST_CASE("the same FAQ in several files and another format gives the same snapshot") {
  const std::vector<std::string> lines = rows();
  const std::string bytes = built(check_text("f.csv", file_of(lines), kSite));
  const auto part = [&](int from, int to) {
    return parse("part.csv", file_of({lines.begin() + from, lines.begin() + to}), Format::kCsv);
  };
  CHECK(built(check(parse_settings("site.json", kSite), {part(5, 12), part(0, 5)})) == bytes);
}

TEST_CASE("a snapshot gives back the FAQ that it was built from") {
  const Checked checked = check_text("f.csv", file_of(rows()), kSite);
  const std::string bytes = built(checked);
  const auto opened = askus::snapshot::Snapshot::open(
      {reinterpret_cast<const std::uint8_t*>(bytes.data()), bytes.size()});
  REQUIRE(opened.ok());
  const Faq faq = extract(*opened);
  CHECK(faq == checked.faq);
  const auto again = askus::snapshot::build(faq);
  REQUIRE(again.ok());
  CHECK(*again == bytes);
}

TEST_CASE("rows of one id become one topic, its languages in the site's order") {
  const Checked checked = check_text("f.csv", file_of(rows()), kSite);
  REQUIRE(checked.faq.topics.size() == 4);
  CHECK(checked.faq.topics[0].id == "t0");
  REQUIRE(checked.faq.topics[0].versions.size() == 3);
  CHECK(checked.faq.topics[0].versions[0].language == "uk");
  CHECK(checked.faq.topics[0].versions[2].language == "en");
}

TEST_CASE("without settings, languages and categories are those that occur") {
  const Checked checked = check_text(
      "f.csv", "id,lang,category,title,answer\na,ru,z,T,A\na,uk,z,U,B\nb,uk,y,V,C\nb,ru,y,W,D\n");
  CHECK(texts_of(checked.findings).empty());
  CHECK(checked.faq.settings.languages == std::vector<std::string>{"ru", "uk"});
  REQUIRE(checked.faq.settings.categories.size() == 2);
  CHECK(checked.faq.settings.categories[0].id == "y");
  CHECK(checked.faq.settings.categories[0].title.at("uk") == "y");
}

TEST_CASE("records of a site with one language need not name it") {
  const Checked checked = check_text("f.csv", "id,lang,title,answer\na,,T,A\na,uk,U,B\n",
                                     R"({"site":"s","languages":["uk"]})");
  REQUIRE(checked.findings.size() == 1);
  CHECK(checked.findings[0].rule == "duplicate-id");
  REQUIRE(checked.faq.topics.size() == 1);
  CHECK(checked.faq.topics[0].versions[0].language == "uk");
}

TEST_CASE("what has errors is left out, and only that") {
  const Checked checked = check_text(
      "f.csv", "id,lang,title,answer\na,uk,T,A\nb,uk,\xD0,B\na,uk,U,C\nc,ua,V,D\nd,uk,W,E\n",
      R"({"site":"s","languages":["uk"]})");
  CHECK(checked.has_errors());
  REQUIRE(checked.faq.topics.size() == 2);
  CHECK(checked.faq.topics[0].versions[0].title == "T");
  CHECK(checked.faq.topics[1].id == "d");
}

TEST_CASE("a topic with a broken row is not said to lack its language") {
  const Checked checked =
      check_text("f.csv", "id,lang,title,answer\na,uk,T,A\na,en,\xD0,B\nb,uk,U,C\nb,en,V,D\n",
                 R"({"site":"s","languages":["uk","en"]})");
  REQUIRE(checked.findings.size() == 1);
  CHECK(checked.findings[0].rule == "bad-utf8");
}

TEST_CASE("settings are checked against the FAQ") {
  const Checked checked =
      check_text("f.csv", "id,title,answer\nabout,T,A\n",
                 R"({"site":"s","languages":["uk"],"title":{"de":"x"},"most_asked":["abuot"],
                     "categories":[{"id":"c","title":{"fr":"y"}}]})");
  CHECK(
      texts_of(checked.findings) ==
      std::vector<std::string>{
          "site.json: error [unknown-language] categories[0].title.fr: found \"fr\"; the site's "
          "languages are uk",
          "site.json: warning [unknown-topic] most_asked: found \"abuot\"; there is no topic with "
          "this id; did you mean \"about\"?",
          "site.json: error [unknown-language] title.de: found \"de\"; the site's languages are "
          "uk"});
}

TEST_CASE("findings are sorted by file, row and column") {
  const auto part = [](const char* name) {
    return parse(name, "id,lang,title,answer\nx y,de,,\n", Format::kCsv);
  };
  const Checked checked = check(parse_settings("s.json", R"({"site":"s","languages":["uk"]})"),
                                {part("b.csv"), part("a.csv")});
  std::vector<std::string> places;
  for (const Finding& f : checked.findings)
    places.push_back(f.file + ":" + std::to_string(f.row) + ":" + f.column);
  CHECK(std::is_sorted(places.begin(), places.end()));
  CHECK(places.size() == 4);
}
