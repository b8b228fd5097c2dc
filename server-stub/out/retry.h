// When something that was not sent is tried again.
#pragma once

#include <chrono>
#include <cstdint>
#include <optional>
#include <string_view>

namespace askus::out {

// The defaults of the configuration's "outbox" (docs/operations.md).
struct RetryTimes {
  // Before the second try; doubled before each one more. Shorter knocks at a door that has just
  // been shut, longer keeps a visitor waiting for the sake of one lost packet.
  std::chrono::milliseconds first{10'000};
  // Between two tries at most.
  std::chrono::milliseconds longest{3'600'000};
  // From when it was written; after that it is told as failed. An answer that is older has been
  // found elsewhere, or is not waited for any more.
  std::chrono::milliseconds give_up{259'200'000};
};

// How long to wait before the next try when `tries` have been made (1 and more). `random`: evenly
// in [0, 1): between half of the time and all of it, so that what failed together does not come
// again together. Never less than `after`.
std::chrono::milliseconds wait_before(const RetryTimes& times, std::int64_t tries, double random,
                                      std::chrono::milliseconds after);

// Retry-After (RFC 9110, 10.2.3): seconds, or an HTTP date; `now` in Unix seconds. At most a day; 0
// for anything else.
std::chrono::milliseconds retry_after(std::string_view header, std::int64_t now);

}  // namespace askus::out
