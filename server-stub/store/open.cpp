#include "server-stub/store/open.h"

#include "server-stub/store/schema.h"
#include "server-stub/store/sqlite_session.h"

namespace askus::store {
namespace {

Result<std::unique_ptr<Session>> connect(const StoreOptions& options) {
  if (options.postgres) {
    auto session = std::make_unique<PostgresSession>(*options.postgres);
    if (Status status = session->connect(); !status.ok()) return status.error();
    return std::unique_ptr<Session>(std::move(session));
  }
  Result<Database> database = Database::open(options.file, options.vfs);
  if (!database.ok()) return database.error();
  if (options.max_pages > 0)
    if (Status status = database->run("PRAGMA max_page_count=" + std::to_string(options.max_pages));
        !status.ok())
      return status.error();
  return std::unique_ptr<Session>(std::make_unique<SqliteSession>(std::move(*database)));
}

}  // namespace

StoreOptions for_maintenance(StoreOptions options) {
  constexpr std::chrono::hours kLongest{1};
  if (options.postgres) options.postgres->timeout = kLongest;
  return options;
}

Result<std::unique_ptr<Session>> open_session(const StoreOptions& options) {
  Result<std::unique_ptr<Session>> session = connect(options);
  if (!session.ok()) return session.error();
  if (Status status = migrate(**session); !status.ok())
    return Error{status.error().code,
                 (options.postgres ? options.postgres->database : options.file) + ": " +
                     status.error().text};
  return session;
}

Result<std::unique_ptr<Store>> open_store(const StoreOptions& options) {
  Result<std::unique_ptr<Session>> writer = open_session(options);
  if (!writer.ok()) return writer.error();
  Result<std::unique_ptr<Session>> reader = connect(options);
  if (!reader.ok()) return reader.error();
  Result<std::unique_ptr<Session>> long_reader = connect(options);
  if (!long_reader.ok()) return long_reader.error();
  return make_queued_store({std::move(*writer), std::move(*reader), std::move(*long_reader)},
                           options.queues);
}

}  // namespace askus::store
