// A made-up quarter of a support department, whose every figure is known: the same on each run. It
// has people, departments with hours (a night shift among them), the end of summer time, comments,
// erased requests, requests that were closed and opened again, and days around it that do not
// count.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "server-stub/store/reports.h"

namespace askus::testing {

struct QuarterRequest {
  std::string id, kind, channel, language, category, mood, status = "received";
  std::int64_t created = 0, due = 0;  // this and what follows: Unix seconds
  std::vector<std::int64_t> replies;  // that visitors read
  std::optional<std::int64_t> responded, closed;
  std::string responder, closer;
  std::vector<std::string> tags;
};

struct QuarterCount {
  std::string day;
  store::CounterKey key;
  std::int64_t n = 0;
};

struct Quarter {
  std::vector<QuarterRequest> requests;
  std::vector<QuarterCount> counts;

  // Makes it up and does to `store` what visitors and staff would have done.
  static Quarter fill(store::Store& store);

  using Rows = std::map<std::vector<std::string>, std::vector<store::Figure>>;
  // What that table must have for those days, counted without any SQL.
  Rows rows(const std::string& report, const std::string& table, const store::Days& days) const;
};

inline const store::Days kQuarter{"2026-10-01", "2026-12-31"};
inline constexpr std::int64_t kQuarterNow = 1'798'815'600;  // 2027-01-01T15:00:00Z
inline constexpr std::int64_t kQuarterCall = 400, kQuarterWriting = 20;

}  // namespace askus::testing
