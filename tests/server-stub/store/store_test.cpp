// What every backend must do: each test runs on both.
#include "server-stub/store/store.h"

#include <atomic>
#include <future>
#include <map>
#include <set>
#include <thread>

#include "tests/catch.h"
#include "tests/server-stub/store/place.h"

namespace {

using namespace askus;
using namespace askus::store;
using testing::add;
using testing::Backend;
using testing::changes;
using testing::find;
using testing::id_of;
using testing::Place;
using testing::sample;
using testing::use_once;

Backend each_backend() {
  return GENERATE(Backend::kSqlite, Backend::kPostgres);
}

// The same request until it is answered: what a client does with a 409.
AddResult add_again(Store& store, int n) {
  AddResult result;
  do result = add(store, sample(n));
  while (result.outcome == Outcome::kInFlight);
  return result;
}

}  // namespace

TEST_CASE("a request is stored once, byte for byte, and its first answer replayed") {
  const Place place(each_backend());
  auto store = place.open();
  const AddResult first = add(*store, sample(1));
  INFO(first.text);
  CHECK(first.outcome == Outcome::kStored);
  CHECK(first.answer == "answer 1 number 1");

  NewRequest again = sample(1);
  again.answer = [](const store::Given&) { return std::string("another answer"); };
  const AddResult replay = add(*store, std::move(again));
  CHECK(replay.outcome == Outcome::kReplayed);
  CHECK(replay.answer == first.answer);

  CHECK(add(*store, sample(1, "other payload")).outcome == Outcome::kKeyReused);
  CHECK(add(*store, sample(2)).answer == "answer 2 number 2");
  NewRequest elsewhere = sample(3);
  elsewhere.site = "other";
  CHECK(add(*store, std::move(elsewhere)).answer == "answer 3 number 1");

  CHECK(place.value("SELECT title FROM requests WHERE number=1 AND site='demo'") ==
        sample(1).fields.title);
  CHECK(place.value("SELECT details FROM requests WHERE id='" + id_of(1) + "'") ==
        sample(1).fields.details);
  CHECK(place.value("SELECT count(*) FROM requests") == "3");
}

TEST_CASE("what is only replayed is not stored") {
  const Place place(each_backend());
  auto store = place.open();
  NewRequest refused = sample(1);
  refused.replay_only = true;
  CHECK(add(*store, refused).outcome == Outcome::kRefused);
  CHECK(place.value("SELECT count(*) FROM requests") == "0");
  CHECK(add(*store, sample(1)).outcome == Outcome::kStored);
  CHECK(add(*store, refused).outcome == Outcome::kReplayed);
}

TEST_CASE("a mark is spent by the first row that is stored with it, and by no other") {
  const Place place(each_backend());
  auto store = place.open();
  const auto marked = [](int n, std::int64_t now = 1'000, const std::string& mark = "form:1") {
    NewRequest request = sample(n);
    request.mark = Mark{mark, now, 2'000};
    return request;
  };
  NewRequest refused = marked(1);
  refused.replay_only = true;
  CHECK(add(*store, refused).outcome == Outcome::kRefused);  // and spends nothing
  const AddResult first = add(*store, marked(1));
  INFO(first.text);
  CHECK(first.outcome == Outcome::kStored);
  CHECK(add(*store, marked(2)).outcome == Outcome::kMarkSpent);
  // Whose it is may have its answer for ever, with the mark or without.
  CHECK(add(*store, marked(1)).answer == first.answer);
  CHECK(add(*store, sample(1)).outcome == Outcome::kReplayed);
  CHECK(add(*store, refused).outcome == Outcome::kReplayed);
  CHECK(add(*store, marked(2, 1'000, "form:2")).answer == "answer 2 number 2");
  CHECK(place.value("SELECT count(*) FROM requests") == "2");
  // Another way to spend a mark sees it too.
  CHECK_FALSE(use_once(*store, "form:1", 1'000, 2'000).value());
  // Past its time it is forgotten, and cleared away.
  CHECK(add(*store, marked(3, 2'000)).outcome == Outcome::kStored);
  CHECK(place.value("SELECT count(*) FROM marks") == "1");
  CHECK(place.value("SELECT last_number FROM sites WHERE site='demo'") == "3");
}

TEST_CASE("of many rows at once with one mark exactly one is stored") {
  constexpr int kRows = 200;
  const Place place(each_backend());
  auto store = place.open();
  std::atomic<int> stored{0}, spent{0};
  std::vector<std::thread> threads;
  for (int t = 0; t < 4; ++t)
    threads.emplace_back([&, t] {
      for (int n = t; n < kRows; n += 4) {
        NewRequest request = sample(n);
        request.mark = Mark{"form:1", 1'000, 2'000};
        const Outcome outcome = add(*store, std::move(request)).outcome;
        stored += outcome == Outcome::kStored ? 1 : 0;
        spent += outcome == Outcome::kMarkSpent ? 1 : 0;
      }
    });
  for (std::thread& thread : threads) thread.join();
  CHECK(stored == 1);
  CHECK(spent == kRows - 1);
  CHECK(place.value("SELECT count(*) FROM requests") == "1");
}

TEST_CASE("an opened database goes on where it was") {
  const Place place(each_backend());
  CHECK(add(*place.open(), sample(1)).outcome == Outcome::kStored);
  auto store = place.open();
  CHECK(add(*store, sample(1)).outcome == Outcome::kReplayed);
  CHECK(add(*store, sample(2)).answer == "answer 2 number 2");
  const Found found = find(*store, id_of(2));
  REQUIRE(found.ok());
  REQUIRE(found->has_value());
  CHECK((*found)->number == 2);
  CHECK((*found)->fields.title == sample(2).fields.title);
  const Found missing = find(*store, id_of(9));
  REQUIRE(missing.ok());
  CHECK_FALSE(missing->has_value());
}

TEST_CASE("concurrent duplicates on two stores of one database become one row and one answer") {
  constexpr int kKeys = 20, kThreads = 8;
  const Place place(each_backend());
  const std::unique_ptr<Store> stores[] = {place.open(), place.open()};
  std::vector<std::vector<AddResult>> results(kThreads);
  std::vector<std::thread> threads;
  for (std::size_t t = 0; t < kThreads; ++t)
    threads.emplace_back([&, t] {
      for (int key = 0; key < kKeys; ++key) results[t].push_back(add_again(*stores[t % 2], key));
    });
  for (std::thread& thread : threads) thread.join();
  std::map<int, std::set<std::string>> answers;
  int stored = 0;
  for (const auto& of_thread : results)
    for (int key = 0; key < kKeys; ++key) {
      const AddResult& result = of_thread[static_cast<std::size_t>(key)];
      INFO(result.text);
      stored += result.outcome == Outcome::kStored ? 1 : 0;
      CHECK((result.outcome == Outcome::kStored || result.outcome == Outcome::kReplayed));
      answers[key].insert(result.answer);
    }
  CHECK(stored == kKeys);
  for (const auto& [key, of_key] : answers) CHECK(of_key.size() == 1);
  CHECK(place.value("SELECT count(*) FROM requests") == std::to_string(kKeys));
  CHECK(place.value("SELECT max(number) FROM requests") == std::to_string(kKeys));
}

TEST_CASE("a full queue refuses, a key in flight is told, and what was taken is still stored") {
  const Place place(each_backend());
  QueueLimits limits;
  limits.write_queue = 2;
  limits.rows_per_commit = 1;
  auto store = place.open(limits);
  // The first row's answer holds the writer until the queue behind it is full.
  std::promise<void> entered, release;
  NewRequest slow = sample(0);
  slow.answer = [&, go = release.get_future().share()](const store::Given&) {
    entered.set_value();
    go.wait();
    return std::string("slow");
  };
  std::vector<std::promise<AddResult>> promises(4);
  const auto send = [&](std::size_t i, NewRequest request) {
    store->add_request(std::move(request),
                       [&, i](AddResult r) { promises[i].set_value(std::move(r)); });
  };
  send(0, std::move(slow));
  entered.get_future().wait();
  for (std::size_t i = 1; i < promises.size(); ++i) send(i, sample(static_cast<int>(i)));
  CHECK(promises[3].get_future().get().outcome == Outcome::kBusy);
  CHECK(add(*store, sample(0)).outcome == Outcome::kInFlight);  // in its transaction
  CHECK(add(*store, sample(1)).outcome == Outcome::kInFlight);  // in the queue
  release.set_value();
  for (std::size_t i = 0; i < 3; ++i)
    CHECK(promises[i].get_future().get().outcome == Outcome::kStored);
  CHECK(add(*store, sample(0)).answer == "slow");
  CHECK(add(*store, sample(3)).outcome == Outcome::kStored);
  CHECK(place.value("SELECT count(*) FROM requests") == "4");
}

TEST_CASE("a closed store refuses and has answered everything before") {
  const Place place(each_backend());
  auto store = place.open();
  std::atomic<int> answered{0};
  for (int i = 0; i < 50; ++i)
    store->add_request(sample(i), [&](const AddResult& r) {
      if (r.outcome == Outcome::kStored) ++answered;
    });
  store->close();
  CHECK(answered == 50);
  CHECK(add(*store, sample(99)).outcome == Outcome::kBusy);
  CHECK_FALSE(find(*store, id_of(1)).ok());
  CHECK_FALSE(use_once(*store, "m", 1, 2).ok());
}

TEST_CASE("changes are numbered without a gap and read by a cursor") {
  const Place place(each_backend());
  const std::unique_ptr<Store> stores[] = {place.open(), place.open()};
  constexpr int kRows = 30;
  std::vector<std::thread> threads;
  for (int t = 0; t < 2; ++t)
    threads.emplace_back([&, t] {
      for (int n = t; n < kRows; n += 2)
        if (add(*stores[t], sample(n)).outcome != Outcome::kStored) return;
    });
  for (std::thread& thread : threads) thread.join();
  add(*stores[0], sample(0));  // a replay changes nothing
  NewRequest elsewhere = sample(99);
  elsewhere.site = "other";
  add(*stores[0], std::move(elsewhere));

  std::set<std::string> ids;
  std::int64_t cursor = 0;
  for (;;) {
    const Changes some = changes(*stores[1], "demo", cursor, 7);
    REQUIRE(some.ok());
    if (some->empty()) break;
    CHECK(some->size() <= 7);
    for (const Change& change : *some) {
      CHECK(change.seq == ++cursor);
      CHECK(change.kind == "received");
      ids.insert(change.id);
    }
  }
  CHECK(cursor == kRows);
  CHECK(ids.size() == kRows);
  CHECK(changes(*stores[1], "other", 0)->size() == 1);
  CHECK(changes(*stores[1], "nowhere", 0)->empty());
}

TEST_CASE("a mark counts once until it expires, on whatever server") {
  const Place place(each_backend());
  const std::unique_ptr<Store> stores[] = {place.open(), place.open()};
  std::atomic<int> used{0}, failed{0};
  std::vector<std::thread> threads;
  for (int t = 0; t < 6; ++t)
    threads.emplace_back([&, t] {
      const Result<bool> first = use_once(*stores[t % 2], "token", 1'000, 2'000);
      if (!first.ok())
        ++failed;
      else if (*first)
        ++used;
    });
  for (std::thread& thread : threads) thread.join();
  CHECK(failed == 0);
  CHECK(used == 1);
  CHECK_FALSE(*use_once(*stores[1], "token", 1'999, 9'000));
  CHECK(*use_once(*stores[1], "token", 2'000, 3'000));
  CHECK(*use_once(*stores[0], "another", 2'000, 3'000));
  // The expired go when a later one is used.
  CHECK(*use_once(*stores[0], "much later", 10'000, 11'000));
  CHECK(place.value("SELECT count(*) FROM marks") == "1");
}

TEST_CASE("many questions at once are each answered") {
  const Place place(each_backend());
  auto store = place.open();
  for (int n = 0; n < 3; ++n) add(*store, sample(n));
  std::promise<void> all;
  std::atomic<int> left{200};
  std::atomic<int> right{0};
  for (int i = 0; i < 200; ++i)
    store->find_request(id_of(i % 4), [&, i](const Found& found) {
      if (found.ok() && found->has_value() == (i % 4 < 3)) ++right;
      if (--left == 0) all.set_value();
    });
  all.get_future().wait();
  CHECK(right == 200);
  std::promise<Status> checked;
  store->check([&](Status status) { checked.set_value(std::move(status)); });
  CHECK(checked.get_future().get().ok());
}

TEST_CASE("a draft is saved behind the version that it was made of, by one of all who try") {
  const Place place(GENERATE(Backend::kSqlite, Backend::kPostgres));
  const auto one = place.open(), two = place.open();
  CHECK(testing::draft(*one, "demo")->version == 0);
  CHECK(testing::save(*one, "demo", {0, "then", "ann", std::string("\0\xff bytes", 8)}) ==
        Outcome::kStored);
  CHECK(testing::save(*two, "demo", {0, "later", "bo", "other"}) == Outcome::kKeyReused);
  CHECK(testing::save(*two, "demo", {1, "later", "bo", "other"}) == Outcome::kStored);
  CHECK(testing::save(*one, "demo", {1, "late", "ann", "lost"}) == Outcome::kKeyReused);
  CHECK(testing::save(*one, "none", {7, "late", "ann", "never was"}) == Outcome::kKeyReused);
  const auto found = testing::draft(*one, "demo");
  REQUIRE(found.ok());
  CHECK(found->version == 2);
  CHECK(found->saved_by == "bo");
  CHECK(found->saved_at == "later");
  CHECK(found->bytes == "other");
  CHECK(testing::draft(*one, "none")->version == 0);
}

TEST_CASE("a question that cannot be answered fails alone, though others share its way") {
  const Place place(GENERATE(Backend::kSqlite, Backend::kPostgres));
  auto store = place.open();
  REQUIRE(add(*store, sample(1)).outcome == Outcome::kStored);
  // While the first one's answer is told the others gather, and are then asked together.
  std::promise<void> entered, release;
  store->ask({{"SELECT 1"}}, [&](const auto&) {
    entered.set_value();
    release.get_future().wait();
  });
  entered.get_future().wait();
  std::promise<bool> found, wrong, alive;
  store->find_request(id_of(1), [&](const Found& request) {
    found.set_value(request.ok() && request->has_value());
  });
  store->ask({{"SELECT nothing FROM nowhere"}},
             [&](const auto& rows) { wrong.set_value(rows.ok()); });
  store->check([&](const Status& status) { alive.set_value(status.ok()); });
  release.set_value();
  CHECK(found.get_future().get());
  CHECK_FALSE(wrong.get_future().get());
  CHECK(alive.get_future().get());
}

TEST_CASE("what takes long to read holds up nobody else, nor they it") {
  const Place place(GENERATE(Backend::kSqlite, Backend::kPostgres));
  auto store = place.open();
  REQUIRE(add(*store, sample(1)).outcome == Outcome::kStored);
  const auto busy = [](auto ask, const auto& meanwhile) {
    std::promise<void> entered, release, left;
    ask([&entered, &left, is_released = release.get_future().share()](const auto&) {
      entered.set_value();
      is_released.wait();
      left.set_value();
    });
    entered.get_future().wait();
    meanwhile();
    release.set_value();
    left.get_future().wait();
  };
  busy([&](auto done) { store->ask_long({{"SELECT 1"}}, done); },
       [&] { CHECK(find(*store, id_of(1)).ok()); });
  busy([&](auto done) { store->ask({{"SELECT 1"}}, done); },
       [&] {
         CHECK(testing::sums(*store, "demo", {"2026-01-01", "2026-01-31"}).ok());
         CHECK(testing::gaps(*store, "demo", {"2026-01-01", "2026-01-31"}).ok());
       });
  store->close();
}
