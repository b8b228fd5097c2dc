// Test questions, the warnings that need a search, and the page's calls.
#include <nlohmann/json.hpp>

#include "shared/faq/table.h"
#include "shared/studio/lint.h"
#include "shared/studio/questions.h"
#include "shared/studio/session.h"
#include "tests/catch.h"
#include "tests/shared/faq/helpers.h"

using namespace askus;
using namespace askus::faq;

namespace {

constexpr const char* kHead = "id,lang,title,phrasings,answer,tests,updated\n";
constexpr const char* kRows =
    "pay,en,How do I pay?,Where to pay,By card.,can I pay by card,2026-05-31\n"
    "pay,uk,Як платити?,Куди платити,Карткою.,,2026-01-01\n"
    "speed,en,Why is it slow?,Low speed,Restart the router.,my internet is slow,2026-05-01\n"
    "speed,uk,Чому повільно?,Низька швидкість,Перезапустіть роутер.,,2026-05-01\n";

struct Linted {
  Checked checked;
  std::unique_ptr<studio::Compiled> compiled;
  std::vector<std::string> texts;
};

Linted linted(const std::string& rows, std::uint32_t review_after = 0, std::uint32_t today = 0) {
  Linted out;
  out.checked = check_text("f.csv", kHead + rows);
  out.checked.review_after_days = review_after;
  auto compiled = studio::Compiled::compile(out.checked.faq, {});
  REQUIRE(compiled.ok());
  out.compiled = std::move(*compiled);
  out.texts = texts_of(studio::lint(out.checked, *out.compiled, today));
  return out;
}

nlohmann::json called(studio::Session& session, const char* call,
                      std::vector<std::string_view> blobs = {}) {
  return nlohmann::json::parse(session.answer(call, blobs).json);
}

}  // namespace

TEST_CASE("test questions are asked in their language and ranked") {
  const Linted faq = linted(kRows);
  REQUIRE(faq.checked.tests.size() == 2);
  const auto asked = studio::ask(*faq.compiled, faq.checked.tests[0]);
  CHECK(asked.rank == 1);
  CHECK(asked.found());
  CHECK(asked.first.front() == "pay");
  CHECK_FALSE(studio::ask(*faq.compiled, {"zzzz", "en", {"pay"}, "", 0}).found());
}

TEST_CASE("the same question with two topics may find either") {
  const Checked checked =
      check_text("f.csv", std::string(kHead) + "a,en,A,,x,either,\nb,en,B,,y,either | own,\n");
  REQUIRE(checked.tests.size() == 2);
  CHECK(checked.tests[0].topics == std::vector<std::string>{"a", "b"});
  CHECK(checked.tests[0].row == 2);
}

TEST_CASE("what gets better and what gets worse") {
  const Linted before = linted(kRows);
  std::string rows = kRows;
  rows.replace(rows.find("How do I pay?,Where to pay,By card."), 35, "Cats?,Cats,Cats.");
  rows.replace(rows.find("Low speed"), 9, "gone fishing");
  const Linted after = linted(rows);
  std::vector<TestQuestion> tests = after.checked.tests;
  tests.push_back({"gone fishing", "en", {"speed"}, "", 0});
  const auto changed = studio::compare(*before.compiled, *after.compiled, tests);
  REQUIRE(changed.size() == 2);
  CHECK(changed[0].worse());
  CHECK(changed[0].question->question == "can I pay by card");
  CHECK(changed[1].better());
  CHECK(changed[1].before == 0);
}

TEST_CASE("each warning with its place and what to do") {
  struct Case {
    const char* name;
    std::string rows, text;
    std::uint32_t review_after = 0, today = 0;
  };
  const Case c = GENERATE(
      Case{"a test fails", "pay,en,How do I pay?,,By card.,unknown words,\n",
           "f.csv:2: warning [failing-test] tests: found \"unknown words\"; topic \"pay\" is not "
           "among the first 10 results, the first is nothing; add the question to its phrasings"},
      Case{"no test", std::string(kRows) + "tv,en,Television,,x,,\n",
           "f.csv:6: warning [untested-topic] tests: found \"tv\"; no test question finds this "
           "topic; write one or two as visitors would ask them"},
      Case{"competition",
           "a,en,Money,Pay by card,x,,\nb,en,Pay by card,Pay by card today,Pay by card.,,\n",
           "f.csv:3: warning [competing-topics] title: found \"Pay by card\"; who asks this finds "
           "topic \"a\" first"},
      Case{
          "a language lags", kRows,
          "f.csv:3: warning [language-behind] updated: found \"2026-01-01\"; the \"en\" version is "
          "of 2026-05-31; bring this one up to it"},
      Case{
          "old", "a,en,T,,x,,2026-01-01\n",
          "f.csv:2: warning [old-answer] updated: found \"2026-01-01\"; it is older than 100 days; "
          "read it again and set the date",
          100, 20'604},
      Case{"long",
           "a,en,T,,\"" +
               [] {
                 std::string words;
                 for (int i = 0; i <= 400; ++i) words += "word ";
                 return words;
               }() +
               "\",,\n",
           "f.csv:2: warning [long-answer] answer: found \"401 words\""});
  CAPTURE(c.name);
  const auto texts = linted(c.rows, c.review_after, c.today).texts;
  CAPTURE(texts);
  CHECK(std::any_of(texts.begin(), texts.end(), [&](const std::string& text) {
    return text.find(c.text) != std::string::npos;
  }));
}

TEST_CASE("nothing to say about a FAQ without tests, dates and rivals") {
  CHECK(linted("a,en,How to pay,,By card,,\nb,en,Slow internet,,Restart,,\n").texts.empty());
}

TEST_CASE("the page's calls") {
  studio::Session session([](std::string_view, HtmlSink&) { return Status(); });
  CHECK(called(session, R"({"call":"search"})").contains("error"));
  CHECK(called(session, R"({"call":"snapshot"})").contains("error"));
  CHECK(called(session, "[").contains("error"));
  CHECK(called(session, R"({"call":1})").contains("error"));
  CHECK(called(session, R"({"call":"lexicon","names":1})", {"A Concept!\n"}).contains("error"));

  const std::string csv = std::string(kHead) + kRows + "bad,en,,,\n";
  const auto read =
      session.answer(R"({"call":"read","file":"f.csv"})", std::vector<std::string_view>{csv});
  CHECK(read.json.find("missing-cells") != std::string::npos);
  const auto checked = called(session, R"({"call":"check"})", {read.bytes});
  CHECK(checked["topics"] == 3);
  CHECK(checked["tests"].size() == 2);
  CHECK(checked["findings"][0]["row"].is_number());
  const auto found = called(session, R"({"call":"search","query":"slow","language":"en"})");
  CHECK(found["hits"][0]["id"] == "speed");
  const auto snapshot = session.answer(R"({"call":"snapshot"})", {});
  const auto same = called(session, R"({"call":"compare"})", {snapshot.bytes});
  CHECK(same["changed"].empty());
  const auto out =
      session.answer(R"({"call":"extract"})", std::vector<std::string_view>{snapshot.bytes});
  CHECK(out.bytes.find("\"speed\"") != std::string::npos);
  CHECK(parse_settings("s", nlohmann::json::parse(out.json)["settings"].get<std::string>())
            .findings.empty());
}

TEST_CASE("a dropped file's mistakes stay in its lines") {
  Source source;
  const Table table{{1, {"id", "lang", "url", "tags", "url"}},
                    {2, {"a", "xx-bad", "http://x", "[\"a,b\"]", ""}}};
  const std::string lines = table_lines(source, table);
  CHECK(lines == "{\"id\":\"a\",\"lang\":\"xx-bad\",\"url\":\"http://x\",\"tags\":[\"a,b\"]}\n");
  CHECK(source.findings.size() == 3);  // url twice; title and answer are missing
}
