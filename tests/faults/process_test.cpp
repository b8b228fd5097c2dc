// The program under kill -9, SIGTERM and its own duplicates, on both backends.
#include <algorithm>
#include <atomic>
#include <condition_variable>
#include <iostream>
#include <map>
#include <mutex>
#include <nlohmann/json.hpp>
#include <random>
#include <set>
#include <thread>

#include "server-stub/api/auth.h"
#include "tests/catch.h"
#include "tests/faults/counts.h"
#include "tests/faults/server_program.h"
#include "tests/server-stub/api/harness.h"
#include "tests/server-stub/postgres.h"

namespace {

using namespace askus;
using std::chrono::milliseconds;
using testing::Answer;
using testing::Client;
using testing::PostgresServer;
using testing::request_json;
using testing::ServerProgram;
using testing::uuid;

constexpr int kWriters = 64;

Answer post(Client& client, int n) {
  client.send(testing::request_text(
      "POST", "/v1/sites/demo/requests",
      {{"Content-Type", "application/json"}, {"Idempotency-Key", uuid(n)}}, request_json(uuid(n))));
  return client.receive();
}

Answer post_once(std::uint16_t port, int n) {
  Client client(port);
  return post(client, n);
}

// What was acknowledged: the body of the first 2xx by request.
class Ledger {
 public:
  // Whether all answers of the request were the same.
  void acknowledge(int n, const std::string& body) {
    const std::lock_guard lock(mutex_);
    const auto [entry, first] = bodies_.emplace(n, body);
    if (!first && entry->second != body) ++differing_;
    ++count_;
    more_.notify_all();
  }
  void wait_for(std::size_t more) {
    std::unique_lock lock(mutex_);
    const std::size_t then = count_ + more;
    more_.wait(lock, [&] { return count_ >= then; });
  }
  void wait_for_total(std::size_t count) {
    std::unique_lock lock(mutex_);
    more_.wait(lock, [&] { return count_ >= count; });
  }
  const std::map<int, std::string>& bodies() const { return bodies_; }
  int differing() const { return differing_; }

 private:
  std::mutex mutex_;
  std::condition_variable more_;
  std::map<int, std::string> bodies_;
  std::size_t count_ = 0;
  int differing_ = 0;
};

// Many clients that each send one request after the other until the server is gone.
class Load {
 public:
  Load(std::uint16_t port, std::atomic<int>& next, Ledger& ledger) {
    for (int i = 0; i < kWriters; ++i)
      threads_.emplace_back([port, &next, &ledger, this] {
        Client client(port);
        for (;;) {
          const int n = next++;
          const Answer answer = post(client, n);
          if (answer.status == 201) ledger.acknowledge(n, answer.body);
          if (answer.status == 0) return;  // gone
          if (answer.status != 201 && answer.status != 503) ++wrong_;
          if (const auto connection = answer.headers.find("connection");
              connection != answer.headers.end() && connection->second == "close")
            return;
        }
      });
  }
  ~Load() { join(); }
  void join() {
    for (std::thread& thread : threads_)
      if (thread.joinable()) thread.join();
  }
  int wrong() const { return wrong_; }

 private:
  std::vector<std::thread> threads_;
  std::atomic<int> wrong_{0};
};

// Sent again, every acknowledged request is answered as before: it was kept, once.
void check_all_kept(std::uint16_t port, Ledger& ledger) {
  Client client(port);
  for (const auto& [n, body] : ledger.bodies()) {
    const Answer again = post(client, n);
    CAPTURE(n);
    CHECK(again.status == 201);
    CHECK(again.body == body);
    CHECK(again.headers.count("idempotent-replayed") == 1);
  }
}

std::optional<store::PostgresOptions> database(bool postgres) {
  if (!postgres) return std::nullopt;
  return PostgresServer::instance().new_database();
}

}  // namespace

TEST_CASE("killed under 64 writers: every acknowledged request is there, once") {
  const bool postgres = GENERATE(false, true);
  const int kills = testing::count_of("ASKUS_KILLS", 4);
  std::mt19937 random(static_cast<unsigned>(testing::count_of("ASKUS_FIRST_SEED", 7)));
  ServerProgram server(database(postgres));
  Ledger ledger;
  std::atomic<int> next{1};
  milliseconds slowest = server.start();
  for (int i = 0; i < kills; ++i) {
    Load load(server.port(), next, ledger);
    ledger.wait_for(20 + random() % 300);
    server.kill();
    load.join();
    CHECK(load.wrong() == 0);
    slowest = std::max(slowest, server.start());
  }
  check_all_kept(server.port(), ledger);
  const testing::Ended checked = server.check();
  INFO(checked.output);
  CHECK(checked.code == 0);
  CHECK(slowest < milliseconds(2'000));
  CHECK(server.terminate() == 0);
  std::cout << (postgres ? "PostgreSQL: " : "SQLite: ") << kills << " kills, "
            << ledger.bodies().size() << " acknowledged requests, none lost; slowest start "
            << slowest.count() << " ms\n";
}

TEST_CASE("stopped under load: everything open is answered or closed, nothing acknowledged lost") {
  const bool postgres = GENERATE(false, true);
  ServerProgram server(database(postgres));
  server.start();
  Ledger ledger;
  std::atomic<int> next{1};
  {
    Load load(server.port(), next, ledger);
    ledger.wait_for(200);
    CHECK(server.terminate() == 0);
    load.join();
    CHECK(load.wrong() == 0);
  }
  server.start();
  check_all_kept(server.port(), ledger);
  CHECK(server.check().code == 0);
}

TEST_CASE("duplicates over two servers on one database, with kills between: one row each") {
  const int keys = testing::count_of("ASKUS_KEYS", 60), duplicates = 20;
  const int restarts = testing::count_of("ASKUS_RESTARTS", 4);
  const auto options = PostgresServer::instance().new_database();
  ServerProgram first(options), second(options);
  first.start();
  second.start();
  const std::uint16_t ports[] = {first.port(), second.port()};
  Ledger ledger;
  std::atomic<int> in_flight{0}, wrong{0};
  std::vector<std::thread> threads;
  // Each of the 20 sends every key, at about the same time as the others, to one of the servers
  // by turns, until it is told that the request is stored.
  for (int t = 0; t < duplicates; ++t)
    threads.emplace_back([&, t] {
      for (int n = 1; n <= keys; ++n)
        for (int attempt = t;; ++attempt) {
          const Answer answer = post_once(ports[attempt % 2], n);
          if (answer.status == 201) {
            ledger.acknowledge(n, answer.body);
            break;
          }
          if (answer.status == 409) ++in_flight;
          if (answer.status != 0 && answer.status != 409 && answer.status != 503) ++wrong;
        }
    });
  for (int i = 0; i < restarts; ++i) {
    ledger.wait_for_total(static_cast<std::size_t>(keys * duplicates / (restarts + 1) * (i + 1)));
    ServerProgram& one = i % 2 == 0 ? first : second;
    one.kill();
    one.start();
  }
  for (std::thread& thread : threads) thread.join();
  CHECK(wrong == 0);
  CHECK(ledger.bodies().size() == static_cast<std::size_t>(keys));
  CHECK(ledger.differing() == 0);
  store::PostgresSession session(options);
  const auto rows = session.run(store::Query{"SELECT count(*), max(number) FROM requests"});
  REQUIRE(rows.ok());
  CHECK(rows->front()[0] == std::to_string(keys));
  CHECK(rows->front()[1] == std::to_string(keys));
  // A token is good on either server.
  const std::string token = api::request_token(std::string(32, 's'), uuid(1));
  for (const std::uint16_t port : ports) {
    Client client(port);
    client.send(testing::request_text("GET", "/v1/requests/" + uuid(1),
                                      {{"Authorization", "Bearer " + token}}, ""));
    CHECK(client.receive().status == 200);
  }
  CHECK(first.check().code == 0);
  std::cout << keys << " keys x " << duplicates << " duplicates over two servers, " << restarts
            << " kills between: " << rows->front()[0] << " rows, " << in_flight
            << " times in flight, all bodies of a key equal\n";
}
