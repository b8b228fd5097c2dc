// The Store on three Sessions, whichever their backend: one writer thread with group commit, one
// reader thread, one for what takes long to read, a bounded queue before each.
#pragma once

#include <cstddef>
#include <memory>

#include "server-stub/store/session.h"
#include "server-stub/store/store.h"

namespace askus::store {

// Rows waiting for the writer; beyond it kBusy. At 32 rows a commit and a sync of 5 ms the whole
// queue is written in 160 ms.
inline constexpr std::size_t kWriteQueue = 1'024;
inline constexpr std::size_t kReadQueue = 1'024;
// Rows a commit at most. The next commit takes what has gathered during this one, so with fewer
// than there are clients half of them wait for two syncs; a row costs about 10 us, so 256 make the
// first wait 3 ms for the last.
inline constexpr std::size_t kRowsPerCommit = 256;
// Questions that share one round trip.
inline constexpr std::size_t kReadsPerTrip = 64;

struct QueueLimits {
  std::size_t write_queue = kWriteQueue;
  std::size_t read_queue = kReadQueue;
  std::size_t rows_per_commit = kRowsPerCommit;
};

struct Sessions {
  std::unique_ptr<Session> writer, reader, long_reader;
};
std::unique_ptr<Store> make_queued_store(Sessions sessions, const QueueLimits& limits);

}  // namespace askus::store
