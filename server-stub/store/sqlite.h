// The few calls of SQLite's C interface that the store needs, with owners and Results.
#pragma once

#include <sqlite3.h>

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>

#include "shared/base/result.h"

namespace askus::store {

// One connection. Not thread-safe: each thread has its own.
class Database {
 public:
  // Creates the file when it is missing, with WAL and synchronous=FULL; what is deleted is written
  // over with zeros. `vfs`: the name of a registered one, empty: the system's.
  static Result<Database> open(const std::string& file, const std::string& vfs = {});

  // One or several statements without results.
  Status run(const std::string& sql);
  // SQLite's extended result code of the last failure.
  int last_code() const { return sqlite3_extended_errcode(handle_.get()); }
  Error last_error() const;
  sqlite3* handle() const { return handle_.get(); }

 private:
  struct Close {
    void operator()(sqlite3* handle) const { sqlite3_close_v2(handle); }
  };
  std::unique_ptr<sqlite3, Close> handle_;
};

// A prepared statement: bind(), step(), columns, reset(). Must not outlive its database.
class Statement {
 public:
  static Result<Statement> prepare(const Database& database, std::string_view sql);

  // Parameters count from 1; texts and bytes must stay alive until the next reset().
  Statement& bind(int index, std::string_view text);
  Statement& bind(int index, std::int64_t number);
  Statement& bind_bytes(int index, std::string_view bytes);

  // True: a row is there. False: done. On an error the statement is reset.
  Result<bool> step();
  void reset();

  // A parameter's name as it stands in the text; empty when there is none of that number.
  std::string_view parameter(int index) const;
  int columns() const { return sqlite3_column_count(handle_.get()); }
  std::string text(int column) const;

 private:
  struct Finalize {
    void operator()(sqlite3_stmt* handle) const { sqlite3_finalize(handle); }
  };
  std::unique_ptr<sqlite3_stmt, Finalize> handle_;
};

}  // namespace askus::store
