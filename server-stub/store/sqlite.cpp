#include "server-stub/store/sqlite.h"

#include <chrono>
#include <thread>

namespace askus::store {
namespace {

// How long a statement waits for another connection's lock before it gives up, in milliseconds.
constexpr int kBusyTimeout = 5'000;

Code code_of(int result) {
  switch (result & 0xFF) {
    case SQLITE_BUSY:
    case SQLITE_LOCKED:
    case SQLITE_FULL:
    case SQLITE_IOERR:
    case SQLITE_CANTOPEN:
    case SQLITE_READONLY:
      return Code::kUnavailable;
    case SQLITE_NOTADB:
    case SQLITE_CORRUPT:
      return Code::kMalformed;
    case SQLITE_CONSTRAINT:
      return Code::kConflict;
    default:
      return Code::kInternal;
  }
}

// Several who open a new file at once each hold it shared and want it alone: SQLite then refuses
// all but one at once, instead of letting them wait, which would be for each other.
Status begin_wal(Database& database) {
  constexpr std::chrono::milliseconds kPause{10};
  const auto end = std::chrono::steady_clock::now() + std::chrono::milliseconds(kBusyTimeout);
  for (;;) {
    Status status = database.run("PRAGMA journal_mode=WAL");
    if (status.ok() || (database.last_code() & 0xFF) != SQLITE_BUSY ||
        std::chrono::steady_clock::now() > end)
      return status;
    std::this_thread::sleep_for(kPause);
  }
}

}  // namespace

Result<Database> Database::open(const std::string& file, const std::string& vfs) {
  Database database;
  sqlite3* handle = nullptr;
  const int result = sqlite3_open_v2(
      file.c_str(), &handle,
      SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE | SQLITE_OPEN_NOMUTEX | SQLITE_OPEN_EXRESCODE,
      vfs.empty() ? nullptr : vfs.c_str());
  database.handle_.reset(handle);
  if (result != SQLITE_OK)
    return Error{code_of(result), "cannot open " + file + ": " + sqlite3_errstr(result)};
  sqlite3_busy_timeout(handle, kBusyTimeout);
  Status status = begin_wal(database);
  if (status.ok())
    status = database.run(
        "PRAGMA synchronous=FULL; PRAGMA foreign_keys=ON; PRAGMA trusted_schema=OFF;"
        "PRAGMA secure_delete=ON;");
  if (!status.ok()) return Error{status.error().code, file + ": " + status.error().text};
  return database;
}

Status Database::run(const std::string& sql) {
  if (sqlite3_exec(handle_.get(), sql.c_str(), nullptr, nullptr, nullptr) == SQLITE_OK) return {};
  return last_error();
}

Error Database::last_error() const {
  return {code_of(last_code()), std::string("SQLite: ") + sqlite3_errmsg(handle_.get())};
}

Result<Statement> Statement::prepare(const Database& database, std::string_view sql) {
  sqlite3_stmt* handle = nullptr;
  const int result = sqlite3_prepare_v3(database.handle(), sql.data(), static_cast<int>(sql.size()),
                                        SQLITE_PREPARE_PERSISTENT, &handle, nullptr);
  Statement statement;
  statement.handle_.reset(handle);
  if (result != SQLITE_OK) return database.last_error();
  return statement;
}

Statement& Statement::bind(int index, std::string_view text) {
  // A null pointer would bind NULL, not the empty text.
  const char* data = text.data() == nullptr ? "" : text.data();
  sqlite3_bind_text64(handle_.get(), index, data, text.size(), SQLITE_STATIC, SQLITE_UTF8);
  return *this;
}

Statement& Statement::bind(int index, std::int64_t number) {
  sqlite3_bind_int64(handle_.get(), index, number);
  return *this;
}

Statement& Statement::bind_bytes(int index, std::string_view bytes) {
  const char* data = bytes.data() == nullptr ? "" : bytes.data();
  sqlite3_bind_blob64(handle_.get(), index, data, bytes.size(), SQLITE_STATIC);
  return *this;
}

Result<bool> Statement::step() {
  const int result = sqlite3_step(handle_.get());
  if (result == SQLITE_ROW) return true;
  if (result == SQLITE_DONE) return false;
  Error error{code_of(result),
              std::string("SQLite: ") + sqlite3_errmsg(sqlite3_db_handle(handle_.get()))};
  reset();
  return error;
}

void Statement::reset() {
  sqlite3_reset(handle_.get());
  sqlite3_clear_bindings(handle_.get());
}

std::string_view Statement::parameter(int index) const {
  const char* name = sqlite3_bind_parameter_name(handle_.get(), index);
  return name == nullptr ? std::string_view() : name;
}

std::string Statement::text(int column) const {
  const bool bytes = sqlite3_column_type(handle_.get(), column) == SQLITE_BLOB;
  const void* value = bytes ? sqlite3_column_blob(handle_.get(), column)
                            : sqlite3_column_text(handle_.get(), column);
  if (value == nullptr) return {};
  const auto* data = static_cast<const char*>(value);
  return {data, static_cast<std::size_t>(sqlite3_column_bytes(handle_.get(), column))};
}

}  // namespace askus::store
