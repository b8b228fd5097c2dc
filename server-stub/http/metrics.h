// What the HTTP front has done since its start, in numbers for whoever watches the server.
#pragma once

#include <array>
#include <atomic>
#include <chrono>
#include <cstdint>
#include <map>
#include <memory>
#include <mutex>
#include <string>
#include <string_view>
#include <vector>

#include "server-stub/http/exposition.h"
#include "server-stub/http/router.h"

namespace askus::http {

// Upper bounds of the histogram of a request's time, in microseconds: from its first byte read to
// its answer's last byte written, so a slow client counts as well.
inline constexpr std::array<std::uint64_t, 12> kTimeBuckets{
    500,    1'000,   2'500,   5'000,     10'000,    25'000,
    50'000, 100'000, 250'000, 1'000'000, 5'000'000, 30'000'000};

// Thread-safe after watch().
class Metrics {
 public:
  // Makes room for a router's routes; called once, before anything is counted. The router must
  // outlive what is counted.
  void watch(const Router& router);

  // One answered request. `route`: null for a file and for what no route matched.
  void count(const Route* route, bool is_file, unsigned status, std::string_view problem,
             std::size_t bytes, std::chrono::microseconds duration);
  void count_turned_away() { ++turned_away_; }  // a connection over a cap
  void connection_opened() { ++connections_; }
  void connection_closed() { --connections_; }
  void set_draining() { draining_ = true; }
  bool draining() const { return draining_; }

  void write(Exposition& to) const;

 private:
  static constexpr std::size_t kClasses = 5;  // 1xx to 5xx
  struct Cell {
    std::string route, method;
    std::array<std::atomic<std::uint64_t>, kClasses> classes{};
    std::array<std::atomic<std::uint64_t>, kTimeBuckets.size() + 1> times{};
    std::atomic<std::uint64_t> microseconds{0}, bytes{0};
  };
  void add_cell(std::string route, std::string method);
  void write_times(Exposition& to) const;

  const Route* first_ = nullptr;
  std::vector<std::unique_ptr<Cell>> cells_;  // of the routes, then of files, then of nothing
  std::atomic<std::uint64_t> turned_away_{0};
  std::atomic<std::uint64_t> connections_{0};
  std::atomic<bool> draining_{false};
  mutable std::mutex mutex_;
  std::map<std::string_view, std::uint64_t> problems_;  // names are the problem types' own
};

}  // namespace askus::http
