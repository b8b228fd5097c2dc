#include "server-stub/http/metrics.h"

#include <algorithm>

namespace askus::http {
namespace {

constexpr double kMicroseconds = 1e6;  // in a second

std::string seconds(std::uint64_t microseconds) {
  std::string text = std::to_string(static_cast<double>(microseconds) / kMicroseconds);
  text.erase(text.find_last_not_of('0') + 1);
  if (text.back() == '.') text.pop_back();
  return text;
}

}  // namespace

void Metrics::add_cell(std::string route, std::string method) {
  auto cell = std::make_unique<Cell>();
  cell->route = std::move(route);
  cell->method = std::move(method);
  cells_.push_back(std::move(cell));
}

void Metrics::watch(const Router& router) {
  for (const Route& route : router.routes()) add_cell(route.pattern, route.method);
  first_ = router.routes().data();
  add_cell("file", "GET");
  add_cell("none", "");
}

void Metrics::count(const Route* route, bool is_file, unsigned status, std::string_view problem,
                    std::size_t bytes, std::chrono::microseconds duration) {
  const std::size_t of_none = cells_.size() - 1;
  Cell& cell = *cells_.at(route != nullptr ? static_cast<std::size_t>(route - first_)
                                           : of_none - (is_file ? 1 : 0));
  ++cell.classes.at(std::clamp<std::size_t>(status / 100, 1, kClasses) - 1);
  const auto time = static_cast<std::uint64_t>(std::max<std::int64_t>(duration.count(), 0));
  const auto* bucket = std::lower_bound(kTimeBuckets.begin(), kTimeBuckets.end(), time);
  ++cell.times.at(static_cast<std::size_t>(bucket - kTimeBuckets.begin()));
  cell.microseconds += time;
  cell.bytes += bytes;
  if (problem.empty()) return;
  const std::lock_guard lock(mutex_);
  ++problems_[problem];
}

void Metrics::write(Exposition& to) const {
  constexpr std::array<std::string_view, kClasses> kNames{"1xx", "2xx", "3xx", "4xx", "5xx"};
  to.family("askus_http_requests_total", "counter", "Answered requests.");
  for (const auto& cell : cells_)
    for (std::size_t i = 0; i < kClasses; ++i)
      if (cell->classes[i] > 0)
        to.sample(cell->classes[i].load(),
                  {{"route", cell->route}, {"method", cell->method}, {"status", kNames[i]}});
  to.family("askus_http_response_bytes_total", "counter", "Bytes of bodies written.");
  for (const auto& cell : cells_)
    to.sample(cell->bytes.load(), {{"route", cell->route}, {"method", cell->method}});
  write_times(to);
  to.family("askus_http_problems_total", "counter", "Requests that were refused, by the problem.");
  {
    const std::lock_guard lock(mutex_);
    for (const auto& [problem, n] : problems_) to.sample(n, {{"problem", problem}});
  }
  to.family("askus_http_connections", "gauge", "Open connections.");
  to.sample(connections_.load());
  to.family("askus_http_connections_turned_away_total", "counter",
            "Connections closed at once, over a cap.");
  to.sample(turned_away_.load());
  to.family("askus_draining", "gauge", "1 once the server has been told to stop.");
  to.sample(std::uint64_t{draining_.load() ? 1u : 0u});
}

void Metrics::write_times(Exposition& to) const {
  to.family("askus_http_request_seconds", "histogram",
            "From a request's first byte to the last of its answer.");
  for (const auto& cell : cells_) {
    std::uint64_t below = 0;
    for (std::size_t i = 0; i < cell->times.size(); ++i) {
      below += cell->times[i];
      const std::string bound = i < kTimeBuckets.size() ? seconds(kTimeBuckets[i]) : "+Inf";
      to.sample(below, {{"route", cell->route}, {"method", cell->method}, {"le", bound}},
                "_bucket");
    }
    to.sample(static_cast<double>(cell->microseconds) / kMicroseconds,
              {{"route", cell->route}, {"method", cell->method}}, "_sum");
    to.sample(below, {{"route", cell->route}, {"method", cell->method}}, "_count");
  }
}

}  // namespace askus::http
