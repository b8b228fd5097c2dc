#include "server-stub/store/sqlite_store.h"

#include <atomic>
#include <future>
#include <map>
#include <set>
#include <thread>

#include "server-stub/store/sqlite.h"
#include "tests/catch.h"
#include "tests/server-stub/temp_folder.h"

namespace {

using namespace askus;
using namespace askus::store;
using testing::TempFolder;

std::string id_of(int n) {
  std::string digits = std::to_string(n);
  return "01890a5d-ac96-774b-bcce-" + std::string(12 - digits.size(), '0') + digits;
}

NewRequest sample(int n, const std::string& payload = "p") {
  NewRequest request;
  request.site = "demo";
  request.fields.id = id_of(n);
  request.fields.kind = "question";
  request.fields.title = "Немає інтернету 🙁 \"'; DROP TABLE requests;--";
  request.fields.details = "line\nline\ttab <b>&amp;</b>";
  request.fields.language = "uk";
  request.payload_hash = payload;
  request.created_at = "2026-01-01T00:00:00Z";
  request.answer = [n](std::int64_t number) {
    return "answer " + std::to_string(n) + " number " + std::to_string(number);
  };
  return request;
}

AddResult add(Store& store, NewRequest request) {
  std::promise<AddResult> promise;
  store.add_request(std::move(request), [&](AddResult r) { promise.set_value(std::move(r)); });
  return promise.get_future().get();
}

Found find(Store& store, const std::string& id) {
  std::promise<Found> promise;
  store.find_request(id, [&](Found found) { promise.set_value(std::move(found)); });
  return promise.get_future().get();
}

std::unique_ptr<Store> open(const TempFolder& folder, SqliteOptions options = {}) {
  auto store = open_sqlite(folder.file("askus.db"), options);
  REQUIRE(store.ok());
  return std::move(*store);
}

std::string one_value(const TempFolder& folder, const std::string& sql) {
  auto database = Database::open(folder.file("askus.db"));
  REQUIRE(database.ok());
  auto statement = Statement::prepare(*database, sql);
  REQUIRE(statement.ok());
  auto row = statement->step();
  REQUIRE(row.ok());
  return *row ? statement->text(0) : "no row";
}

}  // namespace

TEST_CASE("a request is stored once, byte for byte, and its first answer replayed") {
  TempFolder folder;
  auto store = open(folder);
  const AddResult first = add(*store, sample(1));
  CHECK(first.outcome == Outcome::kStored);
  CHECK(first.answer == "answer 1 number 1");

  NewRequest again = sample(1);
  again.answer = [](std::int64_t) { return std::string("another answer"); };
  const AddResult replay = add(*store, std::move(again));
  CHECK(replay.outcome == Outcome::kReplayed);
  CHECK(replay.answer == first.answer);

  CHECK(add(*store, sample(1, "other payload")).outcome == Outcome::kKeyReused);
  CHECK(add(*store, sample(2)).answer == "answer 2 number 2");
  NewRequest elsewhere = sample(3);
  elsewhere.site = "other";
  CHECK(add(*store, std::move(elsewhere)).answer == "answer 3 number 1");

  CHECK(one_value(folder, "SELECT title FROM requests WHERE number=1 AND site='demo'") ==
        sample(1).fields.title);
  CHECK(one_value(folder, "SELECT details FROM requests WHERE id='" + id_of(1) + "'") ==
        sample(1).fields.details);
  CHECK(one_value(folder, "SELECT count(*) FROM requests") == "3");
}

TEST_CASE("an opened database goes on where it was") {
  TempFolder folder;
  CHECK(add(*open(folder), sample(1)).outcome == Outcome::kStored);
  auto store = open(folder);
  CHECK(add(*store, sample(1)).outcome == Outcome::kReplayed);
  CHECK(add(*store, sample(2)).answer == "answer 2 number 2");
  const Found found = find(*store, id_of(2));
  REQUIRE(found.ok());
  REQUIRE(found->has_value());
  CHECK((*found)->number == 2);
  CHECK((*found)->title == sample(2).fields.title);
  const Found missing = find(*store, id_of(9));
  REQUIRE(missing.ok());
  CHECK_FALSE(missing->has_value());
}

TEST_CASE("concurrent duplicates become one row and one answer") {
  constexpr int kKeys = 20, kThreads = 8;
  TempFolder folder;
  auto store = open(folder);
  std::vector<std::vector<AddResult>> results(kThreads);
  std::vector<std::thread> threads;
  for (int t = 0; t < kThreads; ++t)
    threads.emplace_back([&, t] {
      for (int key = 0; key < kKeys; ++key)
        results[static_cast<std::size_t>(t)].push_back(add(*store, sample(key)));
    });
  for (std::thread& thread : threads) thread.join();
  std::map<int, std::set<std::string>> answers;
  int stored = 0;
  for (const auto& of_thread : results)
    for (int key = 0; key < kKeys; ++key) {
      const AddResult& result = of_thread[static_cast<std::size_t>(key)];
      stored += result.outcome == Outcome::kStored ? 1 : 0;
      CHECK((result.outcome == Outcome::kStored || result.outcome == Outcome::kReplayed));
      answers[key].insert(result.answer);
    }
  CHECK(stored == kKeys);
  for (const auto& [key, of_key] : answers) CHECK(of_key.size() == 1);
  CHECK(one_value(folder, "SELECT count(*) FROM requests") == std::to_string(kKeys));
  CHECK(one_value(folder, "SELECT max(number) FROM requests") == std::to_string(kKeys));
}

TEST_CASE("a full queue refuses, and what it took is still stored") {
  TempFolder folder;
  SqliteOptions options;
  options.write_queue = 2;
  options.rows_per_commit = 1;
  auto store = open(folder, options);
  // The first row's answer holds the writer until the queue behind it is full.
  std::promise<void> entered, release;
  NewRequest slow = sample(0);
  slow.answer = [&, go = release.get_future().share()](std::int64_t) {
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
  release.set_value();
  for (std::size_t i = 0; i < 3; ++i)
    CHECK(promises[i].get_future().get().outcome == Outcome::kStored);
  CHECK(one_value(folder, "SELECT count(*) FROM requests") == "3");
}

TEST_CASE("a closed store refuses and has answered everything before") {
  TempFolder folder;
  auto store = open(folder);
  std::atomic<int> answered{0};
  for (int i = 0; i < 50; ++i)
    store->add_request(sample(i), [&](const AddResult& r) {
      if (r.outcome == Outcome::kStored) ++answered;
    });
  store->close();
  CHECK(answered == 50);
  CHECK(add(*store, sample(99)).outcome == Outcome::kBusy);
  CHECK_FALSE(find(*store, id_of(1)).ok());
}

TEST_CASE("a full disk is told, nothing half stored, and space makes it work again") {
  TempFolder folder;
  SqliteOptions options;
  options.max_pages = 20;
  {
    auto store = open(folder, options);
    AddResult result;
    int n = 0;
    do {
      NewRequest big = sample(n++);
      big.fields.details.assign(20'000, 'x');
      result = add(*store, std::move(big));
    } while (result.outcome == Outcome::kStored && n < 100);
    CHECK(result.outcome == Outcome::kFull);
    CHECK(one_value(folder, "SELECT count(*) FROM requests") == std::to_string(n - 1));
    CHECK(one_value(folder, "PRAGMA integrity_check") == "ok");
  }
  auto store = open(folder);
  CHECK(add(*store, sample(500)).outcome == Outcome::kStored);
}

TEST_CASE("a database of a newer version is refused") {
  TempFolder folder;
  {
    auto database = Database::open(folder.file("askus.db"));
    REQUIRE(database.ok());
    REQUIRE(database->run("PRAGMA user_version=999").ok());
  }
  const auto store = open_sqlite(folder.file("askus.db"));
  REQUIRE_FALSE(store.ok());
  CHECK(store.error().code == Code::kUnsupported);
}

TEST_CASE("a file that is no database is refused") {
  TempFolder folder;
  folder.write("askus.db", std::string(4096, 'x'));
  CHECK_FALSE(open_sqlite(folder.file("askus.db")).ok());
}
