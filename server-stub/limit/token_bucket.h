// A token bucket in one number: the time at which it will be full again. This is the generic cell
// rate algorithm (ITU-T I.371, annex A) with a burst of the whole hour's tokens.
#pragma once

#include <algorithm>
#include <chrono>
#include <cstddef>

#include "server-stub/limit/rates.h"

namespace askus::limit {

using Time = std::chrono::microseconds;  // of a clock that never goes back

// So many tokens, and as many again an hour. `per_hour` is not 0.
struct Rate {
  explicit Rate(std::size_t per_hour)
      : interval(std::max(Time(1), kHour / static_cast<Time::rep>(per_hour))),
        capacity(interval * static_cast<Time::rep>(per_hour)) {}
  Time interval;  // after which a token comes back
  Time capacity;  // from empty to full
};

struct Bucket {
  Time full_at{0};

  // Until a token is there: 0 when one is.
  Time wait(const Rate& rate, Time now) const {
    return std::max(Time(0), std::max(full_at, now) + rate.interval - now - rate.capacity);
  }
  void take(const Rate& rate, Time now) { full_at = std::max(full_at, now) + rate.interval; }
  void give_back(const Rate& rate) { full_at = std::max(Time(0), full_at - rate.interval); }
  // How much of it is taken, 0 to 1.
  double used(const Rate& rate, Time now) const {
    const Time missing = std::clamp(full_at - now, Time(0), rate.capacity);
    return static_cast<double>(missing.count()) / static_cast<double>(rate.capacity.count());
  }
};

}  // namespace askus::limit
