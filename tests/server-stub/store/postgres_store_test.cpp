// What is PostgreSQL's alone: the connection.
#include "server-stub/store/postgres_session.h"

#include <array>
#include <thread>

#include "tests/catch.h"
#include "tests/server-stub/postgres.h"
#include "tests/server-stub/store/place.h"

using namespace askus;
using namespace askus::store;
using testing::add;
using testing::Backend;
using testing::find;
using testing::id_of;
using testing::Place;
using testing::PostgresServer;
using testing::sample;

TEST_CASE("a database that stops is busy, and the store goes on when it is back") {
  const Place place(Backend::kPostgres);
  auto store = place.open();
  REQUIRE(add(*store, sample(1)).outcome == Outcome::kStored);

  // Restarted between two requests nobody notices.
  PostgresServer::instance().restart();
  const AddResult after = add(*store, sample(2));
  INFO(after.text);
  CHECK(after.outcome == Outcome::kStored);
  CHECK(find(*store, id_of(1)).ok());

  PostgresServer::instance().stop();
  CHECK(add(*store, sample(3)).outcome == Outcome::kBusy);
  CHECK_FALSE(find(*store, id_of(1)).ok());
  PostgresServer::instance().start();
  CHECK(add(*store, sample(3)).answer == "answer 3 number 3");
  CHECK(find(*store, id_of(3)).ok());
}

TEST_CASE("a connection that dies inside of a transaction stores nothing") {
  const Place place(Backend::kPostgres);
  auto store = place.open();
  NewRequest request = sample(1);
  // While the answer is made, the transaction is open: its connection is cut then.
  request.answer = [&](const store::Given&) {
    const auto other = place.session();
    (void)other->run(
        Query{"SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE"
              " datname = current_database() AND state = 'idle in transaction'"});
    return std::string("never");
  };
  const AddResult cut = add(*store, std::move(request));
  // The COMMIT was on its way: nobody can say more than this.
  CHECK(cut.outcome == Outcome::kUnknown);
  CHECK(place.value("SELECT count(*) FROM requests") == "0");
  CHECK(add(*store, sample(1)).outcome == Outcome::kStored);
}

TEST_CASE("the durability of a commit does not depend on the database's default") {
  const Place place(Backend::kPostgres);
  const auto session = place.session();
  REQUIRE(session
              ->run(Query{"DO $x$ BEGIN EXECUTE 'ALTER DATABASE ' || current_database() ||"
                          " ' SET synchronous_commit = off'; END $x$"})
              .ok());
  CHECK(place.value("SELECT current_setting('synchronous_commit')") == "on");
}

TEST_CASE("a database in another encoding is refused, as is one that is not there") {
  StoreOptions options;
  options.postgres = PostgresServer::instance().new_database("SQL_ASCII");
  const auto other = open_store(options);
  REQUIRE_FALSE(other.ok());
  CHECK(other.error().code == Code::kRefused);

  options.postgres->database = "nowhere";
  const auto missing = open_store(options);
  REQUIRE_FALSE(missing.ok());
  CHECK(missing.error().code == Code::kUnavailable);
  CHECK(missing.error().text.find("nowhere") != std::string::npos);
}

TEST_CASE("a database that falls silent costs the timeout and no more") {
  const Place place(Backend::kPostgres);
  PostgresOptions options = *place.options.postgres;
  options.timeout = std::chrono::milliseconds(300);
  PostgresSession session(options);
  REQUIRE(session.connect().ok());
  const auto begin = std::chrono::steady_clock::now();
  const auto slow = session.run(Query{"SELECT pg_sleep(5)"});
  CHECK_FALSE(slow.ok());
  CHECK(session.fault() == Fault::kBusy);
  CHECK(std::chrono::steady_clock::now() - begin < std::chrono::seconds(4));
  CHECK(session.run(Query{"SELECT 1"}).ok());
}

TEST_CASE("a failed query leaves the session usable, its prepared ones too") {
  const Place place(Backend::kPostgres);
  const auto session = place.session();
  constexpr std::string_view kInsert = "INSERT INTO marks (mark, expires_at) VALUES ($1, $2)";
  constexpr std::string_view kRead = "SELECT mark FROM marks WHERE mark = $1";
  REQUIRE(session->run(Query{kInsert, {"a", std::int64_t{1}}}).ok());
  const std::array<Query, 3> queries{Query{session->dialect().begin},
                                     Query{kInsert, {"a", std::int64_t{1}}}, Query{kRead, {"a"}}};
  CHECK_FALSE(session->run(queries).ok());
  CHECK(session->fault() == Fault::kConstraint);
  session->rollback();
  CHECK(session->run(Query{kRead, {"a"}})->size() == 1);
  CHECK(session->run(Query{kInsert, {"b", std::int64_t{1}}}).ok());
  CHECK_FALSE(session->run(Query{"SELECT nonsense"}).ok());
  CHECK(session->run(Query{kRead, {"b"}})->size() == 1);
}
