#include "server-stub/store/postgres_session.h"

#include <poll.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <cstring>
#include <new>

namespace askus::store {
namespace {

using Clock = std::chrono::steady_clock;
using std::chrono::milliseconds;

// READ COMMITTED: behind the lock of a site's row each statement sees what was committed before.
constexpr Dialect kDialect{"PostgreSQL",
                           "BEGIN ISOLATION LEVEL READ COMMITTED",
                           "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY",
                           " FOR UPDATE",
                           "BIGINT",
                           "BYTEA",
                           "",
                           "CAST(extract(epoch FROM CAST(",
                           " AS timestamptz)) AS BIGINT)"};

// An acknowledged row must be on disk whatever the database's default is. A server that vanishes
// must not hold a site's row for longer than its clients would wait.
constexpr std::array<std::string_view, 4> kSettings{
    "SET synchronous_commit = on", "SET client_min_messages = error",
    "SET idle_in_transaction_session_timeout = 10000", "SET lock_timeout = 8000"};
// The same for a network that falls silent: given up after 10 s of unanswered data.
constexpr const char* kTcpUserTimeout = "10000";
constexpr const char* kKeepalive = "10";

// Object ids of PostgreSQL's built-in types, which never change (pg_type.dat).
constexpr Oid kBytes = 17, kInt8 = 20, kText = 25;

Fault classify(std::string_view state) {
  struct Known {
    std::string_view prefix;
    Fault fault;
  };
  // https://www.postgresql.org/docs/current/errcodes-appendix.html
  constexpr std::array<Known, 11> kStates{{{"40003", Fault::kUnknown},
                                           {"40", Fault::kRetry},
                                           {"53100", Fault::kFull},
                                           {"53", Fault::kBusy},
                                           {"55", Fault::kBusy},
                                           {"57", Fault::kBusy},
                                           {"08", Fault::kBusy},
                                           {"25006", Fault::kBusy},  // a standby, after a failover
                                           {"25P03", Fault::kBusy},  // idle in the transaction
                                           {"23", Fault::kConstraint},
                                           {"58", Fault::kBusy}}};
  for (const Known& known : kStates)
    if (state.starts_with(known.prefix)) return known.fault;
  return Fault::kOther;
}

// A column as Rows hold it: bytes come in one of PostgreSQL's own spellings.
std::string column_of(const PGresult* result, int row, int column) {
  const char* value = PQgetvalue(result, row, column);
  const auto length = static_cast<std::size_t>(PQgetlength(result, row, column));
  if (PQftype(result, column) != kBytes || length == 0) return {value, length};
  std::size_t size = 0;
  const std::unique_ptr<unsigned char, decltype(&PQfreemem)> bytes(
      PQunescapeBytea(reinterpret_cast<const unsigned char*>(value), &size), PQfreemem);
  if (bytes == nullptr) throw std::bad_alloc();
  return {reinterpret_cast<const char*>(bytes.get()), size};
}

int milliseconds_until(Clock::time_point deadline) {
  const auto left = std::chrono::ceil<milliseconds>(deadline - Clock::now()).count();
  return static_cast<int>(std::max<std::int64_t>(left, 0));
}

}  // namespace

PostgresSession::PostgresSession(PostgresOptions options) : options_(std::move(options)) {}

const Dialect& PostgresSession::dialect() const {
  return kDialect;
}

void PostgresSession::drop() {
  names_.clear();
  connection_.reset();
}

Error PostgresSession::lost(const std::string& what) {
  // libpq's text names the server and the cause, never a parameter.
  std::string text = "PostgreSQL: " + what;
  if (connection_ != nullptr)
    if (const std::string more = PQerrorMessage(connection_.get()); !more.empty())
      text += ": " + more.substr(0, more.find_last_not_of('\n') + 1);
  drop();
  fault_ = Fault::kBusy;
  return {Code::kUnavailable, text};
}

Error PostgresSession::failed(const PGresult* result) {
  const char* state = PQresultErrorField(result, PG_DIAG_SQLSTATE);
  // Of an error's fields only this one is sure to hold no data of a row.
  const char* message = PQresultErrorField(result, PG_DIAG_MESSAGE_PRIMARY);
  fault_ = classify(state == nullptr ? "08006" : state);
  const Code code = fault_ == Fault::kConstraint ? Code::kConflict
                    : fault_ == Fault::kOther    ? Code::kInternal
                                                 : Code::kUnavailable;
  return {code, "PostgreSQL: " + std::string(message == nullptr ? "connection lost" : message) +
                    " (" + (state == nullptr ? "08006" : state) + ")"};
}

Status PostgresSession::wait(short events, Deadline deadline) {
  pollfd poll{PQsocket(connection_.get()), events, 0};
  for (;;) {
    const int ready = ::poll(&poll, 1, milliseconds_until(deadline));
    if (ready > 0) return {};
    if (ready == 0) return lost("no answer in " + std::to_string(options_.timeout.count()) + " ms");
    if (errno != EINTR) return lost(std::strerror(errno));
  }
}

Status PostgresSession::start_connection(Deadline deadline) {
  const std::array<std::pair<const char*, const char*>, 13> settings{{
      {"host", options_.host.c_str()},
      {"port", options_.port.c_str()},
      {"dbname", options_.database.c_str()},
      {"user", options_.user.c_str()},
      {"password", options_.password.c_str()},
      {"passfile", "/dev/null/none"},  // nothing but the configuration says the password
      {"sslmode", options_.tls.c_str()},
      {"sslrootcert", options_.ca_file.c_str()},
      {"client_encoding", "UTF8"},
      {"application_name", "askus-server"},
      {"target_session_attrs", "read-write"},
      {"tcp_user_timeout", kTcpUserTimeout},
      {"keepalives_idle", kKeepalive},
  }};
  std::array<const char*, settings.size() + 1> names{}, values{};
  std::size_t count = 0;
  for (const auto& [name, value] : settings) {
    if (*value == '\0') continue;
    names[count] = name;
    values[count++] = value;
  }
  connection_.reset(PQconnectStartParams(names.data(), values.data(), 0));
  if (connection_ == nullptr) return lost("out of memory");
  if (PQstatus(connection_.get()) == CONNECTION_BAD) return lost("cannot connect");
  short events = POLLOUT;
  for (;;) {
    if (Status status = wait(events, deadline); !status.ok()) return status;
    const PostgresPollingStatusType state = PQconnectPoll(connection_.get());
    if (state == PGRES_POLLING_OK) return {};
    if (state == PGRES_POLLING_FAILED) return lost("cannot connect");
    events = state == PGRES_POLLING_READING ? POLLIN : POLLOUT;
  }
}

Status PostgresSession::connect() {
  drop();
  const Deadline deadline = Clock::now() + options_.timeout;
  if (Status status = start_connection(deadline); !status.ok()) return status;
  PGconn* connection = connection_.get();
  PQsetNoticeProcessor(
      connection, [](void*, const char*) {}, nullptr);
  const char* encoding = PQparameterStatus(connection, "server_encoding");
  if (encoding == nullptr || std::string_view(encoding) != "UTF8") {
    drop();
    return Error{Code::kRefused, "PostgreSQL: the database \"" + options_.database +
                                     "\" must be created with the encoding UTF8"};
  }
  if (PQsetnonblocking(connection, 1) != 0 || PQenterPipelineMode(connection) != 1)
    return lost("cannot pipeline");
  std::vector<Query> settings;
  settings.reserve(kSettings.size() + 1);
  for (const std::string_view sql : kSettings) settings.push_back({sql});
  // Nobody waits for it any longer.
  const std::string limit = "SET statement_timeout = " + std::to_string(options_.timeout.count());
  settings.push_back({limit});
  const Result<std::vector<Rows>> set = exchange(settings);
  return set.ok() ? Status() : Status(set.error());
}

Status PostgresSession::send_one(const Query& query, std::vector<bool>& prepared) {
  const std::size_t count = query.params.size();
  std::vector<Oid> types(count);
  std::vector<std::string> numbers(count);
  std::vector<const char*> values(count);
  std::vector<int> lengths(count), binary(count);
  for (std::size_t i = 0; i < count; ++i) {
    if (const auto* text = std::get_if<std::string>(&query.params[i])) {
      types[i] = kText;
      values[i] = text->c_str();
    } else if (const auto* blob = std::get_if<Blob>(&query.params[i])) {
      types[i] = kBytes;
      values[i] = blob->bytes.data();
      lengths[i] = static_cast<int>(blob->bytes.size());
      binary[i] = 1;
    } else {
      types[i] = kInt8;
      numbers[i] = std::to_string(*std::get_if<std::int64_t>(&query.params[i]));
      values[i] = numbers[i].c_str();
    }
  }
  auto known = names_.find(query.sql);
  prepared.push_back(known == names_.end());
  if (known == names_.end()) {
    const std::string sql(query.sql);
    known = names_.emplace(sql, "q" + std::to_string(next_name_++)).first;
    if (PQsendPrepare(connection_.get(), known->second.c_str(), sql.c_str(),
                      static_cast<int>(count), types.data()) != 1)
      return lost("cannot send");
  }
  if (PQsendQueryPrepared(connection_.get(), known->second.c_str(), static_cast<int>(count),
                          values.data(), lengths.data(), binary.data(), 0) != 1)
    return lost("cannot send");
  return {};
}

Status PostgresSession::send(std::span<const Query> queries, std::vector<bool>& prepared) {
  for (const Query& query : queries)
    if (Status status = send_one(query, prepared); !status.ok()) return status;
  return PQpipelineSync(connection_.get()) == 1 ? Status() : Status(lost("cannot send"));
}

Result<PostgresSession::PgResult> PostgresSession::next(Deadline deadline) {
  PGconn* connection = connection_.get();
  for (;;) {
    const int unsent = PQflush(connection);
    if (unsent < 0) return lost("cannot send");
    if (unsent == 0 && PQisBusy(connection) == 0) return PgResult(PQgetResult(connection));
    // The server may be waiting for its answers to be read before it reads on.
    const short events = static_cast<short>(POLLIN | (unsent > 0 ? POLLOUT : 0));
    if (Status status = wait(events, deadline); !status.ok()) return status.error();
    if (PQconsumeInput(connection) != 1) return lost("connection lost");
  }
}

Status PostgresSession::receive_one(bool was_prepared, Rows& rows, Deadline deadline) {
  Status status;
  for (int command = was_prepared ? 0 : 1; command < 2; ++command) {
    for (;;) {
      Result<PgResult> result = next(deadline);
      if (!result.ok()) return result.error();
      if (*result == nullptr) break;
      const PGresult* got = result->get();
      const ExecStatusType kind = PQresultStatus(got);
      if (kind == PGRES_PIPELINE_ABORTED) continue;  // the failure has been told before
      if (kind != PGRES_COMMAND_OK && kind != PGRES_TUPLES_OK) {
        status = failed(got);
        if (PQstatus(connection_.get()) == CONNECTION_BAD) {
          drop();
          return status;
        }
        continue;
      }
      for (int row = 0; row < PQntuples(got); ++row) {
        std::vector<std::string>& columns = rows.emplace_back();
        for (int column = 0; column < PQnfields(got); ++column)
          columns.push_back(column_of(got, row, column));
      }
    }
  }
  return status;
}

Status PostgresSession::receive(std::span<const Query> queries, const std::vector<bool>& prepared,
                                std::vector<Rows>& rows, Deadline deadline) {
  Status first;
  for (std::size_t i = 0; i < queries.size(); ++i) {
    const Status status = receive_one(prepared[i], rows.emplace_back(), deadline);
    if (!status.ok() && first.ok()) first = status;
    if (connection_ == nullptr) return first;
    // Whether it was prepared before it failed is not worth finding out.
    if (!first.ok() && prepared[i]) names_.erase(std::string(queries[i].sql));
  }
  const Result<PgResult> sync = next(deadline);
  if (!sync.ok()) return sync.error();
  return first;
}

Result<std::vector<Rows>> PostgresSession::exchange(std::span<const Query> queries) {
  const Deadline deadline = Clock::now() + options_.timeout;
  std::vector<bool> prepared;
  std::vector<Rows> rows;
  Status status = send(queries, prepared);
  if (status.ok()) status = receive(queries, prepared, rows, deadline);
  if (!status.ok()) return status.error();
  return rows;
}

Result<std::vector<Rows>> PostgresSession::run(std::span<const Query> queries) {
  const bool commits = !queries.empty() && queries.back().sql == kCommit;
  const bool inside = in_transaction_;
  // A transaction that was open is gone with its connection.
  if (connection_ == nullptr && inside) return lost("the transaction's connection is lost");
  const bool reused = connection_ != nullptr;
  if (!reused)
    if (Status status = connect(); !status.ok()) return status.error();
  Result<std::vector<Rows>> rows = exchange(queries);
  // The database may have been restarted since the last time: what changes nothing is tried again.
  if (connection_ == nullptr && reused && !inside && !commits) {
    if (Status status = connect(); !status.ok()) return status.error();
    rows = exchange(queries);
  }
  if (rows.ok()) in_transaction_ = PQtransactionStatus(connection_.get()) != PQTRANS_IDLE;
  if (connection_ == nullptr && commits) fault_ = Fault::kUnknown;
  return rows;
}

void PostgresSession::rollback() {
  in_transaction_ = false;
  if (connection_ == nullptr) return;
  if (PQtransactionStatus(connection_.get()) == PQTRANS_IDLE) return;
  const Fault fault = fault_;
  const Query query{"ROLLBACK"};
  if (!exchange({&query, 1}).ok()) drop();
  fault_ = fault;
}

}  // namespace askus::store
