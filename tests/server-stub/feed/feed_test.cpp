// Feeds: what is read of each format, and what is refused.
#include "server-stub/feed/feed.h"

#include <fstream>
#include <sstream>

#include "tests/catch.h"

namespace {

using namespace askus;
using feed::Entry;
using feed::parse;

std::string file(const std::string& name) {
  std::ifstream in("tests/fuzz/corpus/feed/" + name);
  REQUIRE(in.good());
  std::ostringstream text;
  text << in.rdbuf();
  return text.str();
}

std::string item(const std::string& inside) {
  return "<rss><channel><item>" + inside + "</item></channel></rss>";
}

}  // namespace

TEST_CASE("RSS: texts without their markup, times with their zone, links to the web alone") {
  const auto entries = parse(file("rss.xml"));
  REQUIRE(entries.ok());
  REQUIRE(entries->size() == 3);
  CHECK(entries->at(0) == Entry{"n-1", "Зірконет & outage",
                                "Half of the city is offline.\nSince noon.",
                                "https://news.example/1", "Ann", 1'795'773'600'000});
  CHECK(entries->at(1) == Entry{"n-2", "", "No title", "", "", 0});
  CHECK(entries->at(2) == Entry{"n-5", "Bad link", "", "", "", 0});
}

TEST_CASE("Atom and RSS 1.0") {
  const auto atom = parse(file("atom.xml"));
  REQUIRE(atom.ok());
  REQUIRE(atom->size() == 1);
  CHECK(atom->at(0) == Entry{"urn:uuid:1", "A bold one", "One\nTwo\nthree",
                             "https://forum.example/1", "Olena", 1'795'773'600'000});
  const auto rdf = parse(file("rdf.xml"));
  REQUIRE(rdf.ok());
  REQUIRE(rdf->size() == 1);
  CHECK(rdf->at(0).id == "http://old.example/1");
}

TEST_CASE("what is broken, too deep, too large or has entities is refused") {
  for (const char* text : {"", "text", "<html></html>", "<rss>", "<rss><channel></rss>", "{}"}) {
    CAPTURE(text);
    CHECK_FALSE(parse(text).ok());
  }
  CHECK_FALSE(parse(file("cut.xml")).ok());
  CHECK(parse(file("entities.xml")).error().code == Code::kMalformed);
  std::string deep = "<rss><channel><item><guid>1</guid><title>t</title>";
  for (int i = 0; i < 200'000; ++i) deep += "<a>";
  CHECK(parse(deep).error().code == Code::kTooLarge);
  CHECK(parse(std::string(feed::kMaxBytes + 1, ' ')).error().code == Code::kTooLarge);
  // As deep as may be, and one deeper: three are there already.
  const auto nested = [](std::size_t levels) {
    std::string open, close;
    for (std::size_t i = 0; i < levels; ++i) {
      open += "<a>";
      close += "</a>";
    }
    return item("<guid>1</guid><title>t</title>" + open + close);
  };
  CHECK(parse(nested(feed::kMaxDepth - 3)).ok());
  CHECK_FALSE(parse(nested(feed::kMaxDepth - 2)).ok());
}

TEST_CASE("entries and their fields end at their limits") {
  std::string many = "<rss><channel>";
  for (int i = 0; i < 250; ++i)
    many += "<item><guid>" + std::to_string(i) + "</guid><title>t</title></item>";
  const auto entries = parse(many + "</channel></rss>");
  REQUIRE(entries.ok());
  CHECK(entries->size() == feed::kMaxEntries);
  std::string text;
  while (text.size() < 3 * feed::kMaxText) text += "ї";
  const auto cut = parse(
      item("<guid>1</guid><title>" + text + "</title><description>" + text + "</description>"));
  REQUIRE(cut.ok());
  CHECK(cut->at(0).title.size() <= feed::kMaxField);
  CHECK(cut->at(0).text.size() <= feed::kMaxText);
}
