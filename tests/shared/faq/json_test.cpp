#include "tests/catch.h"
#include "tests/shared/faq/helpers.h"

using namespace askus::faq;

namespace {

constexpr const char* kOne = R"({"id":"a","lang":"uk","title":"T","answer":"A"})";

}  // namespace

TEST_CASE("a list, an object with topics and lines give the same entries") {
  const std::string record = kOne;
  const auto [name, bytes] = GENERATE_COPY(
      std::pair<std::string, std::string>{"f.json", "[" + record + ",\n" + record + "]"},
      std::pair<std::string, std::string>{"f.json",
                                          "{\"topics\": [" + record + ",\n" + record + "]}"},
      std::pair<std::string, std::string>{"f.jsonl", record + "\n" + record + "\n"},
      std::pair<std::string, std::string>{"f.jsonl", "\xEF\xBB\xBF" + record + "\r\n" + record},
      std::pair<std::string, std::string>{"unnamed", record + "\n" + record},
      std::pair<std::string, std::string>{"unnamed", " [" + record + ",\n" + record + "]"},
      std::pair<std::string, std::string>{"unnamed",
                                          "{\n\"topics\":[" + record + "," + record + "]}"});
  CAPTURE(bytes);
  const Source source = parse(name, bytes, guess_format(name, bytes));
  CHECK(texts_of(source.findings).empty());
  REQUIRE(source.entries.size() == 2);
  CHECK(source.entries[0].version.answer == "A");
  CHECK(source.entries[1].row == 2);
}

TEST_CASE("the keys id, title, body, tags, lang alone are a source") {
  const Source source =
      parse("t.jsonl",
            R"({"id": "uk-1", "title": "Що?", "body": "Це.", "tags": ["a", "b"], "lang": "uk"})",
            Format::kJsonLines);
  CHECK(texts_of(source.findings).empty());
  REQUIRE(source.entries.size() == 1);
  CHECK(source.entries[0].version.answer == "Це.");
  CHECK(source.entries[0].version.tags == std::vector<std::string>{"a", "b"});
}

TEST_CASE("lists are arrays or the spreadsheet's texts, comments objects too") {
  const Source source = parse("f.jsonl", R"({"ID":"a","title":"t","answer":null,
      "phrasings":["x | y", " "],"tags":"p, q","comments":["Ann | client | 2026-05-31 | Yes",
      {"author":"Bo","role":null,"date":"31.05.2026","text":"No\nnever"}]})",
                              Format::kJson);
  // One object is not a list of topics.
  REQUIRE(texts_of(source.findings).size() == 1);
  const Source list = parse("f.json", R"([{"ID":"a","title":"t","answer":null,
      "phrasings":["x | y", " "],"tags":"p, q","comments":["Ann | client | 2026-05-31 | Yes",
      {"author":"Bo","role":null,"date":"31.05.2026","text":"No\nnever",
       "picture":"https://a.example/bo.jpg"}]}])",
                            Format::kJson);
  CHECK(texts_of(list.findings).empty());
  REQUIRE(list.entries.size() == 1);
  const auto& version = list.entries[0].version;
  CHECK(version.phrasings == std::vector<std::string>{"x | y"});
  CHECK(version.tags == std::vector<std::string>{"p", "q"});
  REQUIRE(version.comments.size() == 2);
  CHECK(version.comments[1] ==
        askus::snapshot::Comment{"Bo", "", "No\nnever", 20604, "https://a.example/bo.jpg"});
}

TEST_CASE("rows are the lines where the objects start") {
  const Source source = parse("f.json",
                              "[\n 5,\n {\"id\":\"a\",\n \"title\":\"t\",\"comments\":[{\"author\":"
                              "\"x\",\"text\":\"y\"}],\"answer\":\"z\"},\n\n {\"id\":\"b\","
                              "\"title\":\"t\",\"answer\":\"z\"}]",
                              Format::kJson);
  REQUIRE(source.entries.size() == 2);
  CHECK(source.entries[0].row == 3);
  CHECK(source.entries[1].row == 6);
  REQUIRE(source.findings.size() == 1);
  CHECK(source.findings[0].rule == "wrong-type");
}
