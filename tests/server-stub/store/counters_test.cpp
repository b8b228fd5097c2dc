// Counters on both backends: once a batch, one row a counter and day, bounded.
#include "server-stub/store/counters.h"

#include <future>
#include <thread>

#include "tests/catch.h"
#include "tests/server-stub/store/place.h"

namespace {

using namespace askus;
using namespace askus::store;
using testing::add;
using testing::Backend;
using testing::count;
using testing::Place;
using testing::sample;
using testing::sums;

constexpr std::int64_t kNow = 1'767'225'600;  // 2026-01-01

Backend each_backend() {
  return GENERATE(Backend::kSqlite, Backend::kPostgres);
}

NewCounts batch(const std::string& mark, std::vector<NewCounts::One> counts,
                const std::string& day = "2026-01-01") {
  return {"demo", day, mark, kNow, kNow + 100, std::move(counts)};
}

NewCounts::One one(const std::string& counter, const std::string& topic = {},
                   const std::string& query = {}, std::int64_t n = 1) {
  return {{counter, "site", "uk", "", topic, query}, n};
}

std::string total(const Place& place) {
  return place.value("SELECT CAST(coalesce(sum(n), 0) AS BIGINT) FROM counters");
}

// Rows of one day, made up by the database itself.
void fill(const Place& place, std::int64_t rows, const std::string& topic,
          const std::string& query) {
  const std::string sql =
      "WITH RECURSIVE s(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM s WHERE i < " +
      std::to_string(rows) +
      ") INSERT INTO counters (site, day, counter, channel, language, category, topic, query, n)"
      " SELECT 'demo', '2026-01-01', 'zero', 'site', 'uk', '', " +
      topic + ", " + query + ", 1 FROM s";
  const auto session = place.session();
  const auto filled = session->run(Query{sql});
  INFO((filled.ok() ? "" : filled.error().text));
  REQUIRE(filled.ok());
}

}  // namespace

TEST_CASE("a batch is counted once, in one row a counter") {
  const Place place(each_backend());
  auto store = place.open();
  CHECK(count(*store, batch("a", {one("topic", "pay"), one("topic", "pay", "", 4),
                                  one("search")})) == Outcome::kStored);
  CHECK(count(*store, batch("a", {one("topic", "pay")})) == Outcome::kReplayed);
  CHECK(count(*store, batch("b", {one("topic", "pay")})) == Outcome::kStored);
  CHECK(place.value("SELECT n FROM counters WHERE topic = 'pay'") == "6");
  CHECK(place.value("SELECT count(*) FROM counters") == "2");
  // Another site's, another day's: rows of their own.
  NewCounts other = batch("c", {one("topic", "pay")});
  other.site = "other";
  CHECK(count(*store, other) == Outcome::kStored);
  CHECK(count(*store, batch("d", {one("topic", "pay")}, "2026-01-02")) == Outcome::kStored);
  CHECK(place.value("SELECT count(*) FROM counters WHERE topic = 'pay' AND n = 1") == "2");
}

TEST_CASE("a mark that has expired is forgotten") {
  const Place place(each_backend());
  auto store = place.open();
  CHECK(count(*store, batch("a", {one("search")})) == Outcome::kStored);
  NewCounts later = batch("a", {one("search")});
  later.now = kNow + 99;
  CHECK(count(*store, later) == Outcome::kReplayed);
  later.now = kNow + 100;
  later.expires_at = kNow + 200;
  CHECK(count(*store, later) == Outcome::kStored);
  NewCounts much_later = batch("b", {one("search")});
  much_later.now = kNow + 1'000;
  CHECK(count(*store, much_later) == Outcome::kStored);
  CHECK(place.value("SELECT count(*) FROM marks") == "1");
}

TEST_CASE("counts of many at once, on two servers, are all there once") {
  const Place place(each_backend());
  constexpr int kThreads = 8, kBatches = 40;
  // Two stores: two servers on one database. SQLite has one server a file.
  const bool two = place.options.postgres.has_value();
  auto first = place.open();
  auto second = two ? place.open() : nullptr;
  std::vector<std::thread> threads;
  std::atomic<int> counted{0}, before{0};
  for (int t = 0; t < kThreads; ++t)
    threads.emplace_back([&, t] {
      Store& store = two && t % 2 == 1 ? *second : *first;
      for (int i = 0; i < kBatches; ++i) {
        // Every batch comes twice, from two threads; the topics in either order.
        const std::string mark = std::to_string(t / 2) + "/" + std::to_string(i);
        const std::string a = i % 2 == 0 ? "pay" : "tv", b = i % 2 == 0 ? "tv" : "pay";
        const Outcome outcome = count(store, batch(mark, {one("topic", a), one("topic", b)}));
        counted += outcome == Outcome::kStored;
        before += outcome == Outcome::kReplayed;
      }
    });
  for (std::thread& thread : threads) thread.join();
  CHECK(counted == kThreads / 2 * kBatches);
  CHECK(before == kThreads / 2 * kBatches);
  CHECK(place.value("SELECT n FROM counters WHERE topic = 'tv'") ==
        std::to_string(kThreads / 2 * kBatches));
}

TEST_CASE("a day has room for so many queries; more are counted without their text") {
  const Place place(each_backend());
  auto store = place.open();
  fill(place, kCounterQueriesPerDay - 1, "''", "'q' || CAST(i AS TEXT)");
  CHECK(count(*store, batch("a", {one("zero", "", "last one")})) == Outcome::kStored);
  CHECK(count(*store, batch("b", {one("zero", "", "one too many")})) == Outcome::kStored);
  CHECK(count(*store, batch("c", {one("zero", "", "and another")})) == Outcome::kStored);
  CHECK(place.value("SELECT n FROM counters WHERE query = 'last one'") == "1");
  CHECK(place.value("SELECT n FROM counters WHERE query = ''") == "2");
  CHECK(place.value("SELECT count(*) FROM counters WHERE query = 'one too many'") == "0");
  // One that is there goes on being counted, and another day has room.
  CHECK(count(*store, batch("d", {one("zero", "", "q1")})) == Outcome::kStored);
  CHECK(place.value("SELECT n FROM counters WHERE query = 'q1'") == "2");
  CHECK(count(*store, batch("e", {one("zero", "", "one too many")}, "2026-01-02")) ==
        Outcome::kStored);
  CHECK(place.value("SELECT n FROM counters WHERE query = 'one too many'") == "1");
  CHECK(total(place) == std::to_string(kCounterQueriesPerDay - 1 + 5));
}

TEST_CASE("a day has room for so many rows; more are counted without their topic") {
  const Place place(each_backend());
  auto store = place.open();
  fill(place, kCounterRowsPerDay - 1, "'t' || CAST(i AS TEXT)", "''");
  CHECK(count(*store, batch("a", {one("topic", "last")})) == Outcome::kStored);
  CHECK(count(*store, batch("b", {one("topic", "more"), one("topic", "most"),
                                  one("zero", "", "q")})) == Outcome::kStored);
  CHECK(place.value("SELECT n FROM counters WHERE topic = 'last'") == "1");
  CHECK(place.value("SELECT n FROM counters WHERE counter = 'topic' AND language = ''") == "2");
  CHECK(place.value("SELECT n FROM counters WHERE counter = 'zero' AND language = ''") == "1");
  CHECK(place.value("SELECT count(*) FROM counters WHERE topic IN ('more', 'most')") == "0");
}

TEST_CASE("what is older than it is kept goes") {
  const Place place(each_backend());
  auto store = place.open();
  CHECK(count(*store, batch("a", {one("search")}, "2023-10-23")) == Outcome::kStored);
  CHECK(count(*store, batch("b", {one("search")}, "2023-10-24")) == Outcome::kStored);
  CHECK(total(place) == "2");
  // 800 days before 2026-01-01 is 2023-10-24.
  CHECK(count(*store, batch("c", {one("search")})) == Outcome::kStored);
  CHECK(place.value("SELECT count(*) FROM counters WHERE day = '2023-10-23'") == "0");
  CHECK(total(place) == "2");
}

TEST_CASE("sums of the days asked for, of the site alone") {
  const Place place(each_backend());
  auto store = place.open();
  CHECK(count(*store, batch("a", {one("topic", "pay", "", 3), one("zero", "", "світло", 2)})) ==
        Outcome::kStored);
  CHECK(count(*store, batch("b", {one("topic", "pay"), one("zero", "", "світло")}, "2026-01-02")) ==
        Outcome::kStored);
  CHECK(count(*store, batch("c", {one("topic", "pay")}, "2026-01-03")) == Outcome::kStored);
  NewCounts other = batch("d", {one("topic", "pay")});
  other.site = "other";
  CHECK(count(*store, other) == Outcome::kStored);
  NewRequest request = sample(1);
  request.fields.mood = "upset";
  request.created_at = "2026-01-02T23:59:59Z";
  CHECK(add(*store, request).outcome == Outcome::kStored);
  NewRequest late = sample(2);
  late.created_at = "2026-01-03T00:00:00Z";
  CHECK(add(*store, late).outcome == Outcome::kStored);
  NewRequest comment = sample(3);
  comment.fields.kind = "comment";
  CHECK(add(*store, comment).outcome == Outcome::kStored);

  const auto read = sums(*store, "demo", {"2026-01-01", "2026-01-02"});
  REQUIRE(read.ok());
  REQUIRE(read->topics.size() == 1);
  CHECK(read->topics[0].n == 4);
  REQUIRE(read->unanswered.size() == 1);
  CHECK(read->unanswered[0].query == "світло");
  CHECK(read->unanswered[0].n == 3);
  CHECK(read->counted.size() == 4);
  REQUIRE(read->requests.size() == 1);
  CHECK(read->requests[0].day == "2026-01-02");
  CHECK(read->requests[0].mood == "upset");
  CHECK(read->requests[0].n == 1);
}

TEST_CASE("requests go first: counters leave them half of the queue") {
  Place place(Backend::kSqlite);
  auto store = place.open({.write_queue = 4, .read_queue = 4, .rows_per_commit = 1});
  // The writer is held in the first request's answer, the queue fills behind it.
  std::promise<void> held, go_on;
  NewRequest first = sample(1);
  first.answer = [&held, released = go_on.get_future().share()](const Given&) {
    held.set_value();
    released.wait();
    return std::string("answer");
  };
  std::atomic<int> stored{0}, busy{0};
  const auto tally = [&](const AddResult& result) {
    stored += result.outcome == Outcome::kStored;
    busy += result.outcome == Outcome::kBusy;
  };
  store->add_request(std::move(first), tally);
  held.get_future().wait();
  for (int i = 0; i < 4; ++i) store->count(batch(std::to_string(i), {one("search")}), tally);
  CHECK(busy == 2);
  store->add_request(sample(2), tally);
  store->add_request(sample(3), tally);
  CHECK(busy == 2);
  CHECK(store->activity().waiting_writes == 4);
  go_on.set_value();
  store->close();
  CHECK(stored == 5);
}
