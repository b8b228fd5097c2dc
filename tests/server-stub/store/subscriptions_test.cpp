// Reports by e-mail: each period once for each subscriber, with several servers.
#include "server-stub/store/subscriptions.h"

#include <atomic>
#include <thread>

#include "server-stub/store/awaited.h"
#include "shared/faq/dates.h"
#include "tests/catch.h"
#include "tests/server-stub/store/place.h"

namespace {

using namespace askus;
using namespace askus::store;
using testing::Backend;
using testing::Place;

std::int64_t at(const char* time) {
  return static_cast<std::int64_t>(parse_time(time).value_or(0));
}

void member(const Place& place, const std::string& id, const std::string& role,
            bool active = true) {
  const auto session = place.session();
  for (const std::string& sql :
       {"INSERT INTO people (id, email, email_key, name, position, picture, language, password,"
        " one_time_secret, one_time_step, created_at) VALUES ('" +
            id + "', '" + id + "@b.example', '" + id + "', 'Name', '', '', 'uk', '', '', 0, '')",
        "INSERT INTO memberships (site, person, role, active, since) VALUES ('demo', '" + id +
            "', '" + role + "', " + (active ? "1" : "0") + ", '')"})
    REQUIRE(session->run(Query{sql}).ok());
}

void subscribe(Store& store, const std::string& person, const std::vector<std::string>& periods,
               std::int64_t now) {
  const auto written = awaited<Written>([&](auto done) {
    store.change(
        [&](Session& session) { return set_subscriptions(session, "demo", person, periods, now); },
        done);
  });
  REQUIRE(written.outcome == Outcome::kStored);
}

std::string due(Store& store, const std::string& period, const std::string& from) {
  const auto found = awaited<Result<std::vector<Subscriber>>>(
      [&](auto done) { read_due_subscribers(store, "demo", period, from, done); });
  REQUIRE(found.ok());
  std::string text;
  for (const Subscriber& one : *found) text += one.person + " ";
  return text;
}

}  // namespace

TEST_CASE("the last period that is over") {
  const auto days = [](const char* period, const char* now) {
    const Days found = last_period(period, at(now));
    return found.from + " " + found.to;
  };
  CHECK(days("day", "2026-03-01T00:00:00Z") == "2026-02-28 2026-02-28");
  CHECK(days("week", "2026-11-22T23:59:59Z") == "2026-11-09 2026-11-15");  // a Sunday
  CHECK(days("week", "2026-11-23T00:00:00Z") == "2026-11-16 2026-11-22");  // a Monday
  CHECK(days("month", "2026-03-31T12:00:00Z") == "2026-02-01 2026-02-28");
  CHECK(days("month", "2026-01-01T00:00:00Z") == "2025-12-01 2025-12-31");
}

TEST_CASE("who subscribes is due when the next period is over, while they may see figures") {
  const Place place(GENERATE(Backend::kSqlite, Backend::kPostgres));
  auto store = place.open();
  member(place, "a", "lead");
  member(place, "b", "marketer");
  member(place, "c", "staff");
  member(place, "d", "administrator", false);
  for (const char* person : {"a", "b", "c", "d"})
    subscribe(*store, person, {"day", "month"}, at("2026-11-21T10:00:00Z"));
  subscribe(*store, "b", {"month"}, at("2026-11-21T10:00:00Z"));
  CHECK(due(*store, "day", "2026-11-20").empty());
  CHECK(due(*store, "day", "2026-11-21") == "a ");
  CHECK(due(*store, "month", "2026-11-01") == "a b ");
  CHECK(due(*store, "week", "2026-11-16").empty());
  const auto read = awaited<Result<std::vector<std::string>>>(
      [&](auto done) { read_subscriptions(*store, "demo", "a", done); });
  CHECK(*read == std::vector<std::string>{"day", "month"});
}

TEST_CASE("of several servers one sends a period, and a mail that is not put is not counted") {
  const Place place(GENERATE(Backend::kSqlite, Backend::kPostgres));
  auto store = place.open();
  member(place, "a", "lead");
  subscribe(*store, "a", {"day"}, at("2026-11-21T10:00:00Z"));
  const auto send = [](Store& by, const PutMail& put) {
    return awaited<Written>([&](auto done) {
             by.change(
                 [&](Session& session) {
                   return send_once(session, "demo", "a", "day", "2026-11-21", put);
                 },
                 done);
           })
        .outcome;
  };
  const PutMail refused = [](Session&) { return Result<Outcome>(Error{Code::kRefused, "no"}); };
  CHECK(send(*store, refused) == Outcome::kFailed);
  CHECK(due(*store, "day", "2026-11-21") == "a ");
  std::vector<std::unique_ptr<Store>> servers;
  for (int i = 0; i < 4; ++i) servers.push_back(place.open());
  std::atomic<int> put{0}, stored{0};
  std::vector<std::thread> threads;
  for (auto& server : servers)
    threads.emplace_back([&, by = server.get()] {
      const PutMail counted = [&put](Session&) {
        ++put;
        return Result<Outcome>(Outcome::kStored);
      };
      stored += send(*by, counted) == Outcome::kStored ? 1 : 0;
    });
  for (std::thread& thread : threads) thread.join();
  CHECK(stored == 1);
  CHECK(put == 1);
  CHECK(due(*store, "day", "2026-11-21").empty());
  CHECK(due(*store, "day", "2026-11-22") == "a ");
}
