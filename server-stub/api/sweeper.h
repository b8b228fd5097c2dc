// Lets the store remove from time to time what has expired.
#pragma once

#include <chrono>
#include <condition_variable>
#include <cstdint>
#include <map>
#include <mutex>
#include <string>
#include <thread>

#include "server-stub/http/log.h"
#include "server-stub/store/clock.h"
#include "server-stub/store/store.h"

namespace askus::api {

// Between two sweeps: how much later than promised something goes.
inline constexpr std::chrono::minutes kSweepEvery{15};

class Sweeper {
 public:
  // Sweeps at once and then every kSweepEvery, in a thread of its own. `keep_closed` as in
  // store::SweepRules. Borrows the store and the log.
  Sweeper(store::Store& store, std::map<std::string, std::int64_t> keep_closed, store::Clock clock,
          http::Log& log);
  ~Sweeper() { close(); }
  Sweeper(const Sweeper&) = delete;
  Sweeper& operator=(const Sweeper&) = delete;

  // Sweeps now, until nothing is left that has expired; blocks. Thread-safe.
  void sweep();
  // Ends the thread; call it before the store is closed.
  void close();

 private:
  void run();

  store::Store& store_;
  const std::map<std::string, std::int64_t> keep_closed_;
  const store::Clock clock_;
  http::Log& log_;
  std::mutex mutex_;
  std::condition_variable ended_;
  bool end_ = false;
  std::thread thread_;
};

}  // namespace askus::api
