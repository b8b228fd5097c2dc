// The embedded backend: one file, one writer thread with group commit, one reader thread.
#pragma once

#include <cstddef>
#include <memory>
#include <string>

#include "server-stub/store/store.h"

namespace askus::store {

// Rows waiting for the writer; beyond it kBusy. At 32 rows a commit and a sync of 5 ms the whole
// queue is written in 160 ms.
inline constexpr std::size_t kWriteQueue = 1'024;
inline constexpr std::size_t kReadQueue = 1'024;
// Rows a commit at most: more gains little once the sync is shared by 32, and makes the first
// wait for the last.
inline constexpr std::size_t kRowsPerCommit = 64;

struct SqliteOptions {
  std::size_t write_queue = kWriteQueue;
  std::size_t read_queue = kReadQueue;
  std::size_t rows_per_commit = kRowsPerCommit;
  std::size_t max_pages = 0;  // of the database file, 0: no limit; tests fill the disk with it
};

// Opens or creates the database and brings its tables up to date.
Result<std::unique_ptr<Store>> open_sqlite(const std::string& file, SqliteOptions options = {});

}  // namespace askus::store
