// A Session on SQLite.
#pragma once

#include <map>
#include <memory>

#include "server-stub/store/session.h"
#include "server-stub/store/sqlite.h"

namespace askus::store {

class SqliteSession final : public Session {
 public:
  explicit SqliteSession(Database database) : database_(std::move(database)) {}

  using Session::run;
  Result<std::vector<Rows>> run(std::span<const Query> queries) override;
  void rollback() override;
  Fault fault() const override { return fault_; }
  const Dialect& dialect() const override;

 private:
  Result<Rows> run_one(const Query& query);
  Fault classify(std::string_view sql) const;

  Database database_;
  std::map<std::string, Statement, std::less<>> statements_;
  Fault fault_ = Fault::kOther;
};

}  // namespace askus::store
