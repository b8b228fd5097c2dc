#include "server-stub/store/sqlite_session.h"

namespace askus::store {
namespace {

// IMMEDIATE: the write lock is taken before anything is read, so that no transaction has to give
// up half-way.
constexpr Dialect kDialect{"SQLite",  "BEGIN IMMEDIATE",      "BEGIN",        "", "INTEGER", "BLOB",
                           " STRICT", "CAST(strftime('%s', ", ") AS INTEGER)"};

}  // namespace

const Dialect& SqliteSession::dialect() const {
  return kDialect;
}

Result<std::vector<Rows>> SqliteSession::run(std::span<const Query> queries) {
  std::vector<Rows> results;
  results.reserve(queries.size());
  for (const Query& query : queries) {
    Result<Rows> rows = run_one(query);
    if (!rows.ok()) {
      fault_ = classify(query.sql);
      return rows.error();
    }
    results.push_back(std::move(*rows));
  }
  return results;
}

Result<Rows> SqliteSession::run_one(const Query& query) {
  auto known = statements_.find(query.sql);
  if (known == statements_.end()) {
    Result<Statement> prepared = Statement::prepare(database_, query.sql);
    if (!prepared.ok()) return prepared.error();
    // $2 would be SQLite's first parameter where it stands before $1.
    for (std::size_t i = 1; i <= query.params.size(); ++i)
      if (prepared->parameter(static_cast<int>(i)) != "$" + std::to_string(i))
        return Error{Code::kInternal, "parameters out of order: " + std::string(query.sql)};
    known = statements_.emplace(query.sql, std::move(*prepared)).first;
  }
  Statement& statement = known->second;
  int index = 0;
  for (const Value& value : query.params) {
    ++index;
    if (const auto* text = std::get_if<std::string>(&value))
      statement.bind(index, *text);
    else if (const auto* blob = std::get_if<Blob>(&value))
      statement.bind_bytes(index, blob->bytes);
    else
      statement.bind(index, *std::get_if<std::int64_t>(&value));
  }
  Rows rows;
  for (;;) {
    Result<bool> row = statement.step();
    if (!row.ok()) return row.error();
    if (!*row) break;
    std::vector<std::string>& columns = rows.emplace_back();
    for (int column = 0; column < statement.columns(); ++column)
      columns.push_back(statement.text(column));
  }
  statement.reset();
  return rows;
}

Fault SqliteSession::classify(std::string_view sql) const {
  switch (database_.last_code() & 0xFF) {
    case SQLITE_FULL:
      return Fault::kFull;
    case SQLITE_BUSY:
    case SQLITE_LOCKED:
      return Fault::kBusy;
    case SQLITE_CONSTRAINT:
      return Fault::kConstraint;
    default:
      // After a failed sync the log may hold the whole transaction or not: a crash will tell.
      return sql == kCommit ? Fault::kUnknown : Fault::kOther;
  }
}

void SqliteSession::rollback() {
  // SQLite may have rolled back by itself (disk full). A ROLLBACK that fails leaves the
  // transaction open, and the next BEGIN says so.
  if (sqlite3_get_autocommit(database_.handle()) == 0) (void)run(Query{"ROLLBACK"});
}

}  // namespace askus::store
