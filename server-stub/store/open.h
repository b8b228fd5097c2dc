// Opens the store that a configuration names.
#pragma once

#include <memory>
#include <optional>
#include <string>

#include "server-stub/store/postgres_session.h"
#include "server-stub/store/queued_store.h"
#include "server-stub/store/session.h"
#include "server-stub/store/store.h"

namespace askus::store {

struct StoreOptions {
  QueueLimits queues;
  std::string file;  // SQLite's, when `postgres` is empty
  std::optional<PostgresOptions> postgres;
  // For tests of SQLite alone.
  std::size_t max_pages = 0;  // of the database file, 0: no limit
  std::string vfs;            // a registered one, empty: the system's
};

// One connection, with the tables brought up to date. kUnavailable when it cannot be had,
// kUnsupported when the database is newer than this build.
Result<std::unique_ptr<Session>> open_session(const StoreOptions& options);

// The same for work that reads or writes a whole database, which takes its time.
StoreOptions for_maintenance(StoreOptions options);

Result<std::unique_ptr<Store>> open_store(const StoreOptions& options);

}  // namespace askus::store
