// What is SQLite's alone.
#include "server-stub/store/sqlite.h"

#include "tests/catch.h"
#include "tests/server-stub/store/place.h"

using namespace askus;
using namespace askus::store;
using testing::add;
using testing::Backend;
using testing::Place;
using testing::sample;

TEST_CASE("a full disk is told, nothing half stored, and space makes it work again") {
  Place place(Backend::kSqlite);
  {
    place.options.max_pages = 160;
    auto store = place.open();
    AddResult result;
    int n = 0;
    do {
      NewRequest big = sample(n++);
      big.fields.details.assign(20'000, 'x');
      result = add(*store, std::move(big));
    } while (result.outcome == Outcome::kStored && n < 100);
    CHECK(result.outcome == Outcome::kFull);
    CHECK(n > 1);
    CHECK(place.value("SELECT count(*) FROM requests") == std::to_string(n - 1));
    CHECK(place.value("PRAGMA integrity_check") == "ok");
  }
  place.options.max_pages = 0;
  CHECK(add(*place.open(), sample(500)).outcome == Outcome::kStored);
}

TEST_CASE("a file that is no database is refused") {
  const Place place(Backend::kSqlite);
  place.folder.write("askus.db", std::string(4096, 'x'));
  CHECK_FALSE(open_store(place.options).ok());
}

TEST_CASE("a commit waits for the disk") {
  const Place place(Backend::kSqlite);
  auto database = Database::open(place.options.file);
  REQUIRE(database.ok());
  const auto pragma = [&](const char* name) {
    auto statement = Statement::prepare(*database, std::string("PRAGMA ") + name);
    REQUIRE(statement.ok());
    REQUIRE(*statement->step());
    return statement->text(0);
  };
  CHECK(pragma("journal_mode") == "wal");
  CHECK(pragma("synchronous") == "2");  // FULL
}
