#include "shared/search/search.h"

#include "tests/shared/sample_faq.h"

using namespace askus;
using namespace askus::testing;

namespace {

// A snapshot and its index, kept together.
class Engine {
 public:
  explicit Engine(const snapshot::Faq& faq)
      : bytes_(built(faq)),
        snapshot_(snapshot::Snapshot::open(bytes_.span()).value()),
        index_(snapshot_) {}

  std::vector<std::string> ids(std::string_view query, search::Options options = {}) {
    std::vector<std::string> out;
    for (const auto& hit : index_.search(query, options))
      out.emplace_back(snapshot::view(snapshot_.topic(hit.topic).id()));
    return out;
  }
  search::Index& index() { return index_; }

 private:
  AlignedBytes bytes_;
  snapshot::Snapshot snapshot_;
  search::Index index_;
};

using Ids = std::vector<std::string>;

}  // namespace

TEST_CASE("a question finds its topic in any form and language") {
  Engine engine(sample_faq());
  CHECK(engine.ids("немає інтернету", {.language = 0}).front() == "no-internet");
  CHECK(engine.ids("зник інтернет").front() == "no-internet");
  CHECK(engine.ids("сплатити").front() == "pay");
  CHECK(engine.ids("how to pay", {.language = 0}).front() == "pay");
  CHECK(engine.ids("television", {.language = 0}) == Ids{"tv"});
  CHECK(engine.ids("борщ").empty());
  CHECK(engine.ids("").empty());
}

TEST_CASE("an unfinished word is found while typing, not after it") {
  Engine engine(sample_faq());
  CHECK(engine.ids("тел").empty());
  CHECK(engine.ids("telev") == Ids{"tv"});
  CHECK(engine.ids("telev ").empty());
  CHECK(engine.ids("telev", {.typing = false}).empty());
}

TEST_CASE("a hit shows the version in the visitor's language where there is one") {
  Engine engine(sample_faq());
  const auto uk = engine.index().search("pay", {.language = 0});
  REQUIRE(uk.size() == 1);
  CHECK(uk[0].language == 0);
  const auto tv = engine.index().search("television", {.language = 0});
  REQUIRE(tv.size() == 1);
  CHECK(tv[0].language == 1);
  const auto none = engine.index().search("pay", {});
  REQUIRE(none.size() == 1);
  CHECK(none[0].language == 1);
}

TEST_CASE("a title asked for in full is its topic's first hit and an answer") {
  const snapshot::Faq faq = sample_faq();
  Engine engine(faq);
  for (const auto& topic : faq.topics) {
    for (const auto& version : topic.versions) {
      CAPTURE(version.title);
      CHECK(engine.ids(version.title, {.typing = false}).front() == topic.id);
      CHECK(engine.index().search(version.title, {})[0].confidence == search::Confidence::kAnswers);
    }
  }
}

TEST_CASE("order is the same every time and the limit holds") {
  Engine engine(sample_faq());
  const auto first = engine.ids("інтернет роутер кабель");
  CHECK(first == engine.ids("інтернет роутер кабель"));
  CHECK(engine.ids("інтернет", {.limit = 1}).size() == 1);
  CHECK(engine.ids("інтернет", {.limit = 0}).empty());
}

TEST_CASE("any bytes are a valid query") {
  Engine engine(sample_faq());
  const std::string queries[] = {"\xFF\xFE",
                                 std::string("\0", 1),
                                 std::string(100'000, 'a'),
                                 std::string(5'000, ' ') + "pay",
                                 "'''",
                                 "?!…",
                                 "\xD0"};
  for (const std::string& query : queries) CHECK(engine.ids(query).size() <= 3);
  std::string many;
  for (int i = 0; i < 10'000; ++i) many += "інтернет ";
  CHECK_FALSE(engine.ids(many).empty());
}

TEST_CASE("a text proposes the category of what it is about") {
  Engine engine(sample_faq());
  CHECK(engine.index().propose_category("Вчора зник інтернет, роутер блимає") == 1);
  CHECK(engine.index().propose_category("хочу сплатити карткою") == 0);
  CHECK(engine.index().propose_category("борщ") == -1);
}

TEST_CASE("an empty FAQ finds nothing and harms nothing") {
  snapshot::Faq faq = sample_faq();
  faq.topics.clear();
  faq.settings.most_asked.clear();
  Engine engine(faq);
  CHECK(engine.ids("інтернет").empty());
  CHECK(engine.index().propose_category("інтернет") == -1);
}
