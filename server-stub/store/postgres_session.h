// A Session on PostgreSQL by libpq: non-blocking and pipelined, so that the queries of one run()
// cost one round trip, and a server that falls silent costs no more than the timeout.
#pragma once

#include <libpq-fe.h>

#include <chrono>
#include <map>
#include <memory>
#include <string>

#include "server-stub/store/session.h"

namespace askus::store {

// How long a connection may take to come up, and how long one run().
inline constexpr std::chrono::milliseconds kPostgresTimeout{10'000};

struct PostgresOptions {
  std::string host;  // a name, an address, or the folder of a unix socket; several with commas
  std::string port = "5432";
  std::string database, user;
  std::string password;  // empty: none
  std::string tls;       // libpq's sslmode
  std::string ca_file;   // whom to trust for verify-ca and verify-full
  std::chrono::milliseconds timeout = kPostgresTimeout;
};

class PostgresSession final : public Session {
 public:
  explicit PostgresSession(PostgresOptions options);

  // kUnavailable when the database cannot be reached, kRefused when it is not one in UTF-8.
  // run() connects by itself; this is for an error at start.
  Status connect();

  using Session::run;
  Result<std::vector<Rows>> run(std::span<const Query> queries) override;
  void rollback() override;
  Fault fault() const override { return fault_; }
  const Dialect& dialect() const override;

 private:
  using Deadline = std::chrono::steady_clock::time_point;
  struct Close {
    void operator()(PGconn* connection) const { PQfinish(connection); }
  };
  struct Clear {
    void operator()(PGresult* result) const { PQclear(result); }
  };
  using PgResult = std::unique_ptr<PGresult, Clear>;

  Status wait(short events, Deadline deadline);
  Status start_connection(Deadline deadline);
  Result<std::vector<Rows>> exchange(std::span<const Query> queries);
  Status send(std::span<const Query> queries, std::vector<bool>& prepared);
  Status send_one(const Query& query, std::vector<bool>& prepared);
  // The next result, null where a query's results end.
  Result<PgResult> next(Deadline deadline);
  Status receive_one(bool was_prepared, Rows& rows, Deadline deadline);
  Status receive(std::span<const Query> queries, const std::vector<bool>& prepared,
                 std::vector<Rows>& rows, Deadline deadline);
  Error failed(const PGresult* result);
  Error lost(const std::string& what);
  void drop();

  const PostgresOptions options_;
  std::unique_ptr<PGconn, Close> connection_;
  std::map<std::string, std::string, std::less<>> names_;  // of the prepared statements
  unsigned next_name_ = 0;
  Fault fault_ = Fault::kOther;
  bool in_transaction_ = false;  // after the last run(), as its caller sees it
};

}  // namespace askus::store
