// The figures of GET /v1/sites/{site}/stats out of sums. docs/http-api.md has the formulas.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <nlohmann/json.hpp>
#include <string>

#include "server-stub/api/event_batch.h"
#include "server-stub/store/counters.h"
#include "shared/request/request.h"
#include "shared/snapshot/snapshot.h"

namespace askus::api {

// Totals of whatever part of the sums: a site, a channel, a department.
struct Totals {
  std::array<std::int64_t, kCounters.size()> counters{};
  std::int64_t requests = 0;
  std::array<std::int64_t, request::kMoods.size()> moods{};

  std::int64_t& counter(std::string_view name);
  std::int64_t counter(std::string_view name) const;
};

struct Figures {
  static constexpr std::int64_t kNone = -1;
  // In thousandths; kNone where there is nothing to divide by.
  std::int64_t found_alone = kNone, wrote_anyway = kNone, found_nothing = kNone, helped = kNone;
};
Figures figures_of(const Totals& totals);

// The whole answer. `snapshot` names the departments; may be null.
nlohmann::ordered_json stats_json(const std::string& site, const store::Days& days,
                                  const store::Sums& sums, const snapshot::Snapshot* snapshot);

}  // namespace askus::api
