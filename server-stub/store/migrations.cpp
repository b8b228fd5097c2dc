#include "server-stub/store/migrations.h"

namespace askus::store {
namespace {

Result<std::int64_t> version_of(const Database& database) {
  Result<Statement> statement = Statement::prepare(database, "PRAGMA user_version");
  if (!statement.ok()) return statement.error();
  Result<bool> row = statement->step();
  if (!row.ok()) return row.error();
  return statement->number(0);
}

Status apply(Database& database) {
  const Result<std::int64_t> version = version_of(database);
  if (!version.ok()) return version.error();
  const auto newest = static_cast<std::int64_t>(kMigrations.size());
  if (*version > newest)
    return Error{Code::kUnsupported, "the database has version " + std::to_string(*version) +
                                         ", this askus-server knows up to " +
                                         std::to_string(newest) + ": run a newer one"};
  for (std::int64_t step = *version; step < newest; ++step)
    if (Status status = database.run(std::string(kMigrations[static_cast<std::size_t>(step)]));
        !status.ok())
      return status;
  return database.run("PRAGMA user_version=" + std::to_string(newest));
}

}  // namespace

Status migrate(Database& database) {
  // The version is read under the write lock: a second server waits here and finds it done.
  if (Status status = database.run("BEGIN IMMEDIATE"); !status.ok()) return status;
  if (Status status = apply(database); !status.ok()) {
    const Status rolled_back = database.run("ROLLBACK");
    return rolled_back.ok() ? status : rolled_back;
  }
  return database.run("COMMIT");
}

}  // namespace askus::store
