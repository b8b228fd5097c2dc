// Questions asked in vain: read, grouped by meaning, asked of a draft.
#include <algorithm>
#include <chrono>
#include <nlohmann/json.hpp>
#include <random>

#include "shared/lexicon/builtin.h"
#include "shared/studio/gap_report.h"
#include "shared/studio/gap_source.h"
#include "shared/studio/gaps.h"
#include "shared/studio/replay.h"
#include "shared/studio/session.h"
#include "tests/catch.h"
#include "tests/shared/faq/helpers.h"

using namespace askus;
using namespace askus::studio;

namespace {

std::vector<GapQuestion> asked(std::initializer_list<const char*> texts) {
  std::vector<GapQuestion> questions;
  for (const char* text : texts) questions.push_back({text, "uk", 1, 0});
  return questions;
}

std::vector<GapGroup> grouped(const std::vector<GapQuestion>& questions) {
  return group_gaps(questions, lexicon::builtin());
}

// The texts of each group, sorted.
std::vector<std::vector<std::string>> texts_of(const std::vector<GapQuestion>& questions,
                                               const std::vector<GapGroup>& groups) {
  std::vector<std::vector<std::string>> all;
  for (const GapGroup& group : groups) {
    std::vector<std::string>& texts = all.emplace_back();
    for (const std::uint32_t q : group.questions) texts.push_back(questions[q].text);
    std::sort(texts.begin(), texts.end());
  }
  std::sort(all.begin(), all.end());
  return all;
}

constexpr const char* kFaq =
    "id,lang,title,phrasings,answer,tests\n"
    "pay,en,How do I pay?,Where to pay,By card.,can I pay by card\n"
    "speed,en,Why is it slow?,Low speed,Restart the router.,\n"
    "cats,en,Cats,,About cats.,\n"
    "dogs,en,Dogs,,About dogs.,\n";

struct Asked {
  faq::Checked checked = faq::check_text("f.csv", kFaq);
  std::unique_ptr<Compiled> compiled = std::move(*Compiled::compile(checked.faq, {}));
};

}  // namespace

TEST_CASE("the same in three languages, misspelt, transliterated, on the other layout") {
  const auto questions =
      asked({"відключити роумінг", "отключить роуминг", "turn off roaming", "відключити роумнг",
             "vidkliuchyty rouminh", "dslrk.xbnb hjevsyu", "ВІДКЛЮЧИТИ РОУМІНГ!",
             "підкажіть будь ласка відключити роумінг", "дитячі канали", "детские каналы"});
  const auto groups = grouped(questions);
  CAPTURE(texts_of(questions, groups));
  REQUIRE(groups.size() == 2);
  CHECK(groups[0].n == 8);
  CHECK(groups[1].n == 2);
}

TEST_CASE("a group is called by what is spelt well, in each language") {
  std::vector<GapQuestion> questions{{"отключить роумниг", "ru", 9, 0},
                                     {"отключить роуминг", "ru", 2, 1},
                                     {"відключити роумінг", "uk", 4, 0},
                                     {"dslrk.xbnb hjevsyu", "en", 1, 0}};
  const auto groups = grouped(questions);
  REQUIRE(groups.size() == 1);
  using Languages = std::vector<std::pair<std::string, std::int64_t>>;
  CHECK(groups[0].languages == Languages{{"ru", 12}, {"uk", 4}, {"en", 1}});
  CHECK(groups[0].texts ==
        std::vector<std::string>{"отключить роуминг", "відключити роумінг", "відключити роумінг"});
}

TEST_CASE("every question is in one group, whatever the order, whatever the bytes") {
  std::vector<GapQuestion> questions =
      asked({"", " ", "?!", "\xff\xfe", "а", "і", "що", "не", "!!!!", "123", "12345678901234567890",
             "😀", "відключити роумінг", "отключить роуминг"});
  questions.push_back({std::string(5'000, 'x'), "", 1, 0});
  std::string words;
  for (int i = 0; i < 500; ++i) words += "слово" + std::to_string(i) + " ";
  questions.push_back({words, "zz", 1, 0});
  const auto groups = grouped(questions);
  std::vector<std::uint32_t> all;
  for (const GapGroup& group : groups)
    all.insert(all.end(), group.questions.begin(), group.questions.end());
  std::sort(all.begin(), all.end());
  REQUIRE(all.size() == questions.size());
  for (std::uint32_t q = 0; q < all.size(); ++q) CHECK(all[q] == q);

  std::vector<GapQuestion> other = questions;
  std::mt19937 random(1);
  for (int round = 0; round < 5; ++round) {
    std::shuffle(other.begin(), other.end(), random);
    CHECK(texts_of(other, grouped(other)) == texts_of(questions, groups));
  }
}

TEST_CASE("as many questions as there may be are grouped in a moment") {
  // Words of four syllables, each of its own: most questions share some with others.
  std::vector<GapQuestion> questions;
  std::mt19937 random(7);
  constexpr const char* kSyllables[] = {"ка", "ро", "мі", "ту", "не", "ли", "со", "ва"};
  for (std::size_t i = 0; i < kMaxGapQuestions; ++i) {
    std::string text;
    for (int word = 0; word < 5; ++word) {
      for (int s = 0; s < 3; ++s) text += kSyllables[random() % std::size(kSyllables)];
      text += ' ';
    }
    questions.push_back({text + std::to_string(i), "uk", 1 + static_cast<int>(random() % 9), 0});
  }
  const auto started = std::chrono::steady_clock::now();
  const auto groups = grouped(questions);
  const std::chrono::duration<double> seconds = std::chrono::steady_clock::now() - started;
  CHECK(groups.size() > 1);
  // 2 s are the bar of docs/studio.md; sanitizers and busy machines take longer.
  CHECK(seconds.count() < 60);
}

TEST_CASE("questions are read as the server tells them, and out of JSON Lines") {
  const auto answer = parse_gaps(
      R"({"site":"demo","from":"2026-05-01","to":"2026-05-31","searched":5,"written":1,"untold":2,)"
      R"("questions":[{"text":"a","language":"uk","searched":3,"written":1}],)"
      R"("opened":[{"topic":"pay","n":2}]})");
  REQUIRE(answer.ok());
  CHECK(answer->from == "2026-05-01");
  CHECK(answer->untold == 2);
  REQUIRE(answer->questions.size() == 1);
  CHECK(answer->questions[0].n() == 4);
  CHECK(answer->opened.contains("pay"));

  const auto lines = parse_gaps(
      "{\"text\":\"a\"}\n\n{\"text\":\"a\",\"written\":2}\r\n"
      "{\"text\":\"a\",\"language\":\"uk\",\"searched\":0}");
  REQUIRE(lines.ok());
  CHECK_FALSE(lines->has_opened);
  REQUIRE(lines->questions.size() == 2);
  CHECK(lines->questions[0].n() == 3);
  CHECK(lines->questions[1].searched == 1);
  CHECK(parse_gaps("").value().questions.empty());

  for (const char* bad :
       {"x", "[]", "1", "{}", "{\"text\":1}", "{\"text\":\"\"}", "{\"text\":\"a\",\"written\":-1}",
        "{\"text\":\"a\",\"written\":1.5}", "{\"text\":\"a\",\"written\":99999999999}",
        "{\"questions\":[1]}", "{\"questions\":[],\"untold\":\"x\"}"}) {
    CAPTURE(bad);
    CHECK_FALSE(parse_gaps(bad).ok());
  }
  std::string many;
  for (std::size_t i = 0; i <= kMaxGapQuestions; ++i)
    many += "{\"text\":\"" + std::to_string(i) + "\"}\n";
  CHECK(parse_gaps(many).error().code == Code::kTooLarge);
  many.erase(many.rfind("{"));
  CHECK(parse_gaps(many).ok());
}

TEST_CASE("what the panel would show results for is found") {
  Asked faq;
  CHECK(replay(*faq.compiled, {"how do i pay", "en", 1, 0}).found);
  CHECK(replay(*faq.compiled, {"how do i pay", "en", 0, 1}).found);
  const Replayed other = replay(*faq.compiled, {"zebras in the garden", "en", 1, 0});
  CHECK_FALSE(other.found);
  CHECK(replay(*faq.compiled, {"\xff", "", 1, 0}).nearest.empty());

  const std::vector<GapQuestion> questions{{"how do i pay", "en", 5, 1}, {"zebras", "en", 3, 0}};
  const auto groups = grouped(questions);
  const Replay all = replay(*faq.compiled, questions, groups);
  CHECK(all.n == 9);
  CHECK(all.all_found == 6);
  CHECK(all.all_sure == 6);
  REQUIRE(all.found == std::vector<std::int64_t>{6, 0});
  CHECK(all.topics[0].front() == "pay");
}

TEST_CASE("topics that nothing leads to") {
  Asked faq;
  GapSource source;
  source.questions = {{"low speed", "en", 1, 0}};
  const Replay all = replay(*faq.compiled, source.questions, grouped(source.questions));
  // What was opened is not known: nothing can be said.
  CHECK(idle_topics(faq.checked, *faq.compiled, source, all).empty());
  source.has_opened = true;
  source.opened = {"cats"};
  CHECK(idle_topics(faq.checked, *faq.compiled, source, all) == std::vector<std::string>{"dogs"});
}

TEST_CASE("the page's calls for gaps") {
  Session session([](std::string_view, faq::HtmlSink&) { return Status(); });
  const auto called = [&](const char* call, std::vector<std::string_view> blobs) {
    return nlohmann::json::parse(session.answer(call, blobs).json);
  };
  CHECK(called(R"({"call":"gaps"})", {"["}).contains("error"));
  CHECK(called(R"({"call":"replay"})", {}).contains("error"));
  const auto gaps =
      called(R"({"call":"gaps"})", {"{\"text\":\"how do I pay\",\"language\":\"en\"}"});
  CHECK(gaps["n"] == 1);
  CHECK(gaps["groups"][0]["languages"][0]["text"] == "how do I pay");
  const auto read =
      session.answer(R"({"call":"read","file":"f.csv"})", std::vector<std::string_view>{kFaq});
  called(R"({"call":"check"})", {read.bytes});
  const auto replayed = called(R"({"call":"replay"})", {});
  CHECK(replayed["found"] == 1);
  CHECK(replayed["questions"] == std::vector<int>{2});
  CHECK(replayed["groups"][0]["topics"][0] == "pay");
  const auto snapshot = session.answer(R"({"call":"snapshot"})", {});
  CHECK(called(R"({"call":"replay"})", {snapshot.bytes})["found"] == 1);
  CHECK(called(R"({"call":"replay"})", {"no snapshot"}).contains("error"));
}
