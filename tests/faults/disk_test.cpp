// SQLite's store on a disk that loses what was not synced, fails at every single operation, fills.
#include <algorithm>
#include <cstdlib>
#include <iostream>
#include <map>

#include "server-stub/backup/check.h"
#include "tests/catch.h"
#include "tests/faults/counts.h"
#include "tests/faults/fault_disk.h"
#include "tests/server-stub/store/place.h"

namespace {

using namespace askus;
using namespace askus::store;
using testing::add;
using testing::Backend;
using testing::FaultDisk;
using testing::find;
using testing::Place;

NewRequest sized(int n, std::size_t bytes) {
  NewRequest request = testing::sample(n);
  request.fields.details.assign(bytes, 'x');
  return request;
}

// Every acknowledged request is there with its answer, and all that must hold between rows does.
void check_kept(const Place& place, const std::map<int, std::string>& acknowledged) {
  {
    const auto session = place.session();
    backup::Report report;
    REQUIRE(backup::check_database(*session, report).ok());
    for (const std::string& problem : report.problems) FAIL_CHECK(problem);
  }
  auto store = place.open();
  for (const auto& [n, answer] : acknowledged) {
    NewRequest again = testing::sample(n);
    again.replay_only = true;
    const AddResult kept = add(*store, std::move(again));
    CAPTURE(n);
    CHECK(kept.outcome == Outcome::kReplayed);
    CHECK(kept.answer == answer);
  }
}

// Sends requests until the power goes; what was acknowledged is added to `acknowledged`.
void write_until_crash(const Place& place, int& next, std::size_t rows_per_commit,
                       std::map<int, std::string>& acknowledged) {
  StoreOptions options = place.options;
  options.queues.rows_per_commit = rows_per_commit;
  auto store = open_store(options);
  if (!store.ok()) return;  // the power went while it was opened
  std::mutex mutex;
  for (int i = 0; i < 250; ++i) {
    const int n = next++;
    (*store)->add_request(sized(n, 12'000), [&, n](const AddResult& result) {
      if (result.outcome != Outcome::kStored) return;
      const std::lock_guard lock(mutex);
      acknowledged[n] = result.answer;
    });
  }
  (*store)->close();
}

}  // namespace

TEST_CASE("unsynced writes are dropped at a random moment: no acknowledged request is lost") {
  const int seeds = testing::count_of("ASKUS_CRASH_SEEDS", 12);
  constexpr int kCrashes = 3;  // of one database, one after the other
  const int first = testing::count_of("ASKUS_FIRST_SEED", 1);
  std::size_t kept = 0, crashes = 0;
  for (int seed = first; seed < first + seeds; ++seed) {
    CAPTURE(seed);
    std::mt19937 random(static_cast<unsigned>(seed));
    FaultDisk disk;
    Place place(Backend::kSqlite);
    place.options.vfs = disk.name();
    std::map<int, std::string> acknowledged;
    int next = 1;
    for (int crash = 0; crash < kCrashes; ++crash) {
      const std::size_t rows = 1 + random() % 16;
      disk.crash_after(1 + static_cast<int>(random() % (crash == 0 && seed % 4 == 0 ? 60 : 1'800)));
      write_until_crash(place, next, rows, acknowledged);
      crashes += disk.crashed() ? 1 : 0;
      disk.crash_after(0);
      disk.restart(random);
      check_kept(place, acknowledged);
    }
    kept += acknowledged.size();
  }
  CHECK(kept > 0);
  CHECK(crashes > 0);
  std::cout << seeds << " seeds: " << crashes << " power cuts, " << kept
            << " acknowledged requests, none lost\n";
}

TEST_CASE("the campaign sees a loss: on a disk that only claims to sync, requests go") {
  std::mt19937 random(1);
  FaultDisk disk;
  Place place(Backend::kSqlite);
  place.open().reset();
  place.options.vfs = disk.name();
  disk.ignore_syncs();
  std::map<int, std::string> acknowledged;
  int next = 1;
  disk.crash_after(500);
  write_until_crash(place, next, 1, acknowledged);
  REQUIRE(disk.crashed());
  REQUIRE_FALSE(acknowledged.empty());
  disk.restart(random);
  const auto session = open_session(place.options);
  if (!session.ok()) return;  // not even readable
  const auto rows = (*session)->run(Query{"SELECT count(*) FROM requests"});
  CHECK((!rows.ok() ||
         number_of(rows->front().front()) < static_cast<std::int64_t>(acknowledged.size())));
}

TEST_CASE("every write, sync and open that fails: never stored is said of what is not") {
  for (const auto kind :
       {FaultDisk::Kind::kWrite, FaultDisk::Kind::kSync, FaultDisk::Kind::kOpen}) {
    int n = 0;
    for (bool met = true; met;) {
      ++n;
      CAPTURE(static_cast<int>(kind), n);
      FaultDisk disk;
      Place place(Backend::kSqlite);
      place.options.vfs = disk.name();
      disk.fail(kind, n);
      std::map<int, std::string> acknowledged;
      auto store = open_store(place.options);
      // A failure while it opens is told; the next start is a new one.
      if (!store.ok()) store = open_store(place.options);
      REQUIRE(store.ok());
      for (int i = 1; i <= 6; ++i) {
        AddResult result = add(**store, sized(i, 5'000));
        // The failure was of one moment: the same again is taken.
        if (result.outcome != Outcome::kStored) {
          CHECK(disk.failed());
          result = add(**store, sized(i, 5'000));
        }
        CAPTURE(i, result.text);
        CHECK((result.outcome == Outcome::kStored || result.outcome == Outcome::kReplayed));
        acknowledged[i] = result.answer;
      }
      store->reset();
      met = disk.failed();
      disk.fail(kind, 0);
      check_kept(place, acknowledged);
      REQUIRE(n < 2'000);
    }
    std::cout << "kind " << static_cast<int>(kind) << ": clean from operation " << n << " on\n";
    CHECK(n > 1);
  }
}

TEST_CASE("a full disk is told, and the next request after space returns is accepted") {
  FaultDisk disk;
  Place place(Backend::kSqlite);
  place.options.vfs = disk.name();
  std::map<int, std::string> acknowledged;
  {
    auto store = place.open();
    acknowledged[1] = add(*store, sized(1, 100)).answer;
    disk.set_full(true);
    for (int i = 2; i < 5; ++i) CHECK(add(*store, sized(i, 100)).outcome == Outcome::kFull);
    disk.set_full(false);
    const AddResult after = add(*store, sized(2, 100));
    CHECK(after.outcome == Outcome::kStored);
    CHECK(after.answer == "answer 2 number 2");
    acknowledged[2] = after.answer;
  }
  check_kept(place, acknowledged);
}
