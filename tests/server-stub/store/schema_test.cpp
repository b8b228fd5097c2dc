#include "server-stub/store/schema.h"

#include <barrier>
#include <thread>

#include "server-stub/store/sqlite_session.h"
#include "tests/catch.h"
#include "tests/server-stub/store/place.h"

namespace {

using namespace askus;
using namespace askus::store;
using testing::add;
using testing::Backend;
using testing::changes;
using testing::Place;
using testing::sample;

// A connection to a database that nobody has migrated yet.
std::unique_ptr<Session> bare(const Place& place) {
  if (place.options.postgres) return std::make_unique<PostgresSession>(*place.options.postgres);
  auto database = Database::open(place.options.file);
  REQUIRE(database.ok());
  return std::make_unique<SqliteSession>(std::move(*database));
}

}  // namespace

TEST_CASE("a new file may be opened by several at once") {
  constexpr int kRounds = 60;
  constexpr std::size_t kConnections = 8;
  for (int round = 0; round < kRounds; ++round) {
    const Place place(Backend::kSqlite);
    std::vector<std::string> errors(kConnections);
    std::barrier ready(kConnections);
    std::vector<std::thread> threads;
    for (std::size_t t = 0; t < kConnections; ++t)
      threads.emplace_back([&, t] {
        ready.arrive_and_wait();
        const auto database = Database::open(place.options.file);
        if (!database.ok()) errors[t] = database.error().text;
      });
    for (std::thread& thread : threads) thread.join();
    for (const std::string& error : errors) CHECK(error == "");
  }
}

TEST_CASE("two servers that start at once migrate once") {
  const Place place(GENERATE(Backend::kSqlite, Backend::kPostgres));
  constexpr std::size_t kServers = 6;
  std::vector<std::string> errors(kServers);
  std::vector<std::thread> threads;
  for (std::size_t t = 0; t < kServers; ++t)
    threads.emplace_back([&, t] {
      const auto store = open_store(place.options);
      if (!store.ok()) errors[t] = store.error().text;
    });
  for (std::thread& thread : threads) thread.join();
  for (const std::string& error : errors) CHECK(error == "");
  CHECK(add(*place.open(), sample(1)).outcome == Outcome::kStored);
}

TEST_CASE("an older database is brought forward with what it holds") {
  const Place place(GENERATE(Backend::kSqlite, Backend::kPostgres));
  {
    const auto session = bare(place);
    REQUIRE(migrate(*session, 1).ok());
    // As the first release wrote them.
    REQUIRE(session->run(Query{"INSERT INTO sites (site, last_number) VALUES ('demo', 2)"}).ok());
    for (const char* values : {"'"
                               "01890a5d-ac96-774b-bcce-000000000001', 'demo', 1",
                               "'"
                               "01890a5d-ac96-774b-bcce-000000000002', 'demo', 2"}) {
      const std::string sql = "INSERT INTO requests VALUES (" + std::string(values) +
                              ", 'question', 't', '', '', '', '', '', 'uk', 'site', '', '', '',"
                              " '', '', 'then', 'received', 'p', 'first answer')";
      const auto stored = session->run(Query{sql});
      REQUIRE(stored.ok());
    }
  }
  auto store = place.open();
  const AddResult replay = add(*store, sample(2));
  CHECK(replay.outcome == Outcome::kReplayed);
  CHECK(replay.answer == "first answer");
  CHECK(add(*store, sample(3)).answer == "answer 3 number 3");
  const Changes all = changes(*store, "demo", 0);
  REQUIRE(all.ok());
  REQUIRE(all->size() == 3);
  CHECK(all->front().at == "then");
}

TEST_CASE("a database of a newer version is refused and left alone") {
  const Place place(GENERATE(Backend::kSqlite, Backend::kPostgres));
  place.open().reset();
  {
    const auto session = bare(place);
    REQUIRE(session
                ->run(Query{place.options.postgres ? "UPDATE schema_version SET version = 999"
                                                   : "PRAGMA user_version = 999"})
                .ok());
  }
  const auto store = open_store(place.options);
  REQUIRE_FALSE(store.ok());
  CHECK(store.error().code == Code::kUnsupported);
}

TEST_CASE("the list of tables names every column there is") {
  const Place place(GENERATE(Backend::kSqlite, Backend::kPostgres));
  const auto session = place.session();
  std::size_t columns = 0;
  for (const Table& table : tables()) columns += table.columns.size();
  const std::string sql =
      place.options.postgres
          ? "SELECT count(*) FROM information_schema.columns WHERE table_schema = 'public' AND"
            " table_name NOT IN ('schema_version', 'request_times')"
          : "SELECT count(*) FROM sqlite_schema s, pragma_table_info(s.name) WHERE s.type='table'";
  const auto rows = session->run(Query{sql});
  REQUIRE(rows.ok());
  CHECK(rows->front().front() == std::to_string(columns));
  for (const Table& table : tables())
    for (const std::string_view column : table.columns) {
      const std::string one = "SELECT " + std::string(column) + " FROM " + std::string(table.name);
      CHECK(session->run(Query{one}).ok());
    }
}
