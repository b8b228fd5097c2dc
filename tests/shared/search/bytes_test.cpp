// Any bytes are a valid query, and a valid text to mark.
#include <algorithm>
#include <cmath>

#include "shared/text/utf8.h"
#include "tests/shared/search/engine.h"
#include "tests/shared/search/hostile.h"

using namespace askus;
using namespace askus::testing;

namespace {

bool on_boundary(const std::string& text, std::size_t at) {
  return at <= text.size() &&
         (at == text.size() || (static_cast<unsigned char>(text[at]) & 0xC0u) != 0x80u);
}

bool in_order_and_within(std::span<const search::Range> ranges, std::size_t size) {
  std::size_t end = 0;
  for (const auto& range : ranges) {
    if (range.begin < end || range.end <= range.begin || range.end > size) return false;
    end = range.end;
  }
  return true;
}

}  // namespace

TEST_CASE("two thousand hostile queries stay within all bounds") {
  const auto topics = varied_topics();
  Engine engine(faq_of(topics));
  std::string valid;
  for (const auto& t : topics) valid += t.versions[0].title + " " + t.versions[0].answer + "\n";
  std::mt19937 random(1);
  for (int i = 0; i < 2'000; ++i) {
    const std::string query = random_bytes(random), other = random_bytes(random);
    const search::Options options{.language = static_cast<std::int32_t>(random() % 4) - 1,
                                  .limit = static_cast<std::uint32_t>(random() % 6),
                                  .typing = random() % 2 == 0,
                                  .weak = random() % 2 == 0};
    CAPTURE(i, query);
    const auto hits = engine.index().search(query, options);
    REQUIRE(hits.size() <= options.limit);
    for (std::size_t h = 0; h < hits.size(); ++h) {
      REQUIRE(hits[h].topic < topics.size());
      REQUIRE(hits[h].language < 3);
      REQUIRE(std::isfinite(hits[h].score));
      REQUIRE(hits[h].evidence >= 0);
      if (h > 0) REQUIRE(hits[h].score <= hits[h - 1].score);
      if (!options.weak) REQUIRE(hits[h].confidence != search::Confidence::kNothing);
      for (std::size_t before = 0; before < h; ++before)
        REQUIRE(hits[h].topic != hits[before].topic);
    }
    if (text::is_utf8(query)) REQUIRE(text::is_utf8(engine.index().understood()));
    const auto marks = engine.index().highlight(valid);
    REQUIRE(in_order_and_within(marks, valid.size()));
    for (const auto& mark : marks) {
      REQUIRE(on_boundary(valid, mark.begin));
      REQUIRE(on_boundary(valid, mark.end));
    }
    const auto passage = engine.index().passage(valid, 100);
    REQUIRE(passage.begin <= passage.end);
    REQUIRE(passage.end - passage.begin <= 100);
    REQUIRE(on_boundary(valid, passage.begin));
    REQUIRE(on_boundary(valid, passage.end));
    REQUIRE(in_order_and_within(engine.index().highlight(other), other.size()));
    REQUIRE(engine.index().passage(other, 50).end <= other.size());
    if (i % 10 == 0) REQUIRE(engine.index().propose_category(query) == -1);  // there is none
  }
}

TEST_CASE("queries of extreme sizes end") {
  Engine engine(faq_of(varied_topics()));
  const std::string queries[] = {"",
                                 "\xFF\xFE",
                                 std::string("\0", 1),
                                 std::string(100'000, 'a'),
                                 std::string(100'000, ' '),
                                 std::string(5'000, ' ') + "пароль",  // beyond kMaxQueryBytes
                                 times("'", 5'000),
                                 times("a-", 5'000),
                                 times("ж", 5'000),
                                 times("\u0301", 5'000),
                                 "?!…",
                                 "\xD0"};
  for (const std::string& query : queries) {
    CAPTURE(query.substr(0, 20), query.size());
    CHECK(engine.ids(query).empty());
  }
  CHECK(engine.first(times("пароль ", 10'000)) == "password");
  CHECK(engine.first("пароль " + times("абвгґд ", 60)) == "");
  // What is cut off is cut between letters.
  CHECK(engine.first("пароль" + std::string(search::kMaxQueryBytes - 13, ' ') + "їїї") ==
        "password");
}

TEST_CASE("a text with more matches than can be marked is marked from its beginning") {
  Engine engine(faq_of(varied_topics()));
  REQUIRE(engine.first("пароль") == "password");
  std::string text;
  for (int i = 0; i < 2'000; ++i) text += "пароль, ";
  const auto marks = engine.index().highlight(text);
  CHECK(marks.size() >= 100);
  CHECK(marks.size() <= 1'000);
  CHECK(in_order_and_within(marks, text.size()));
  CHECK(marks[0].begin == 0);
  CHECK(engine.index().passage(text, 60).end <= 60);
}
