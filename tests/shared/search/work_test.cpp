// The work of a query is counted and stays within named constants, whatever the query and the FAQ.
#include <algorithm>

#include "shared/search/index.h"
#include "shared/search/lexicon_words.h"
#include "shared/text/hash.h"
#include "shared/text/letters.h"
#include "tests/shared/search/engine.h"
#include "tests/shared/search/hostile.h"

using namespace askus;
using namespace askus::testing;

namespace {

// The most of each that any query took.
struct Work {
  std::uint32_t words = 0, expansions = 0, walked = 0;
  std::size_t scored = 0;
};

// The inside of an index, where the counters are.
class Inside {
 public:
  explicit Inside(const snapshot::Faq& faq, const snapshot::Concepts& concepts = {})
      : bytes_(built(faq, concepts)),
        snapshot_(snapshot::Snapshot::open(bytes_.span()).value()),
        state_(snapshot_) {
    // A posting list that was begun is walked to its end.
    longest_ = state_.vocabulary.skeletons.size();
  }

  void ask(std::string_view query, bool typing) {
    state_.understand(query, typing);
    state_.score();
    const Work now = work();
    CHECK(now.words <= search::kMaxQueryWords);
    CHECK(now.expansions <= search::kMaxExpansions);
    CHECK(now.walked <= search::kMaxWalked + longest_);
    CHECK(now.scored <= search::kMaxScored);
    most_ = {std::max(most_.words, now.words), std::max(most_.expansions, now.expansions),
             std::max(most_.walked, now.walked), std::max(most_.scored, now.scored)};
  }
  Work work() const {
    return {state_.query.size, state_.query.expansion_count, state_.similar->walked,
            state_.query.scored};
  }
  const Work& most() const { return most_; }

 private:
  AlignedBytes bytes_;
  snapshot::Snapshot snapshot_;
  search::Index::State state_;
  std::uint32_t longest_;
  Work most_;
};

// A word that sounds the same for every number below 2^10: each of its vowels is written in one of
// two ways.
std::string same_sound(unsigned number) {
  std::string out;
  for (const char* consonant : {"р", "м", "л", "н", "к", "т", "в", "д", "б", "п"}) {
    out += consonant;
    out += number % 2 == 0 ? "и" : "і";
    number /= 2;
  }
  return out + "ст";
}

constexpr unsigned kManyTopics = 2'000;
constexpr unsigned kVariants = 120;  // of one sound

// Topics where what sounds alike is common, and each topic has words of its own that are like it.
snapshot::Faq wide_faq() {
  std::vector<snapshot::Topic> topics;
  for (unsigned i = 0; i < kManyTopics; ++i) {
    const std::string number = std::to_string(10'000 + i);
    std::string answer;
    for (unsigned v = 0; v < kVariants; ++v) answer += same_sound(v) + " ";
    for (const char* begin : {"рим", "лин", "кит", "вид", "бип"})
      answer += begin + std::string(1, static_cast<char>('a' + i % 26)) + number + " ";
    topics.push_back(
        topic("t" + number, {version("uk", "Розділ " + same_sound(i % kVariants), answer)}));
  }
  return faq_of(std::move(topics));
}

}  // namespace

TEST_CASE("the work of hostile bytes is within its constants") {
  Inside varied(faq_of(varied_topics()));
  std::mt19937 random(2);
  for (int i = 0; i < 3'000; ++i) {
    const std::string query = random_bytes(random);
    CAPTURE(i, query);
    varied.ask(query, random() % 2 == 0);
  }
  // They were worth counting.
  CHECK(varied.most().words > search::kMaxQueryWords / 2);
  CHECK(varied.most().expansions > 20);
  CHECK(varied.most().walked > 50);
  CHECK(varied.most().scored > 50);
}

TEST_CASE("the work of extreme queries of a large FAQ is within its constants") {
  Inside wide(wide_faq());
  std::string all;
  for (unsigned v = 0; v < 64; ++v) all += same_sound(v * 7) + " ";
  const std::string queries[] = {
      all,
      all + all,
      times(same_sound(1) + " ", 64),
      times(same_sound(1) + "-", 1'000),
      times("ри", 2'000),
      times("ри ", 2'000),
      times("hbvbkbyb ", 300),  // tried on every layout
      times("rymylynyky ", 300),
      times("rozdil ", 63) + "р",
      std::string(search::kMaxQueryBytes, 'a'),
      times("1 ", 3'000),
      times("рим10001 лин10002 ", 200),
      "",
  };
  for (const std::string& query : queries) {
    for (const bool typing : {false, true}) {
      CAPTURE(query.substr(0, 20), query.size(), typing);
      wide.ask(query, typing);
    }
  }
  std::mt19937 random(3);
  for (int i = 0; i < 300; ++i) {
    const std::string query = random_bytes(random) + " " + same_sound(random() % 1'024);
    CAPTURE(i, query);
    wide.ask(query, random() % 2 == 0);
  }
  // All four bounds were reached.
  CHECK(wide.most().words == search::kMaxQueryWords);
  CHECK(wide.most().expansions == search::kMaxExpansions);
  CHECK(wide.most().walked > search::kMaxWalked);
  CHECK(wide.most().scored > search::kMaxScored - kManyTopics);
}

TEST_CASE("the counters count the last query only") {
  Inside varied(faq_of(varied_topics()));
  varied.ask("пароль", false);
  const Work once = varied.work();
  CHECK(once.words == 1);
  CHECK(once.expansions >= 1);
  CHECK(once.scored >= 1);
  varied.ask("налаштувати wi-fi, змінити адресу, перевірити рахунок", false);
  CHECK(varied.work().scored > once.scored);
  varied.ask("пароль", false);
  CHECK(varied.work().expansions == once.expansions);
  CHECK(varied.work().walked == once.walked);
  CHECK(varied.work().scored == once.scored);
  varied.ask("", false);
  CHECK(varied.work().words == 0);
  CHECK(varied.work().scored == 0);
}

TEST_CASE("what a concept leads to is counted too") {
  // "борщ" tells of one concept, which three documents are about.
  const search::LexiconWord word(text::to_letters("борщ"));
  const std::uint32_t hash = text::hash(word.view()) & 0xFFFFFF;
  snapshot::Concepts concepts{
      .count = 1,
      .hash_bits = 24,
      .words = {},
      .counts = {1},
      .ids = {0},
      .strengths = {15},
      .of = {{{"balance", "uk"}, {15}}, {{"password", "en"}, {15}}, {{"wifi", "uk"}, {15}}}};
  for (unsigned shift = 0; shift < 28; shift += 7)
    concepts.words.push_back(
        static_cast<std::uint8_t>((hash >> shift & 0x7Fu) | (shift < 21 ? 0x80u : 0u)));
  Inside plain(faq_of(varied_topics())), marked(faq_of(varied_topics()), concepts);
  for (const std::string_view query : {"борщ", "борщ пароль", "пароль"}) {
    CAPTURE(query);
    plain.ask(query, false);
    marked.ask(query, false);
    CHECK(marked.work().scored == plain.work().scored + (query == "пароль" ? 0 : 3));
  }
}
