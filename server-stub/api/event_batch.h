// A batch of anonymous counters as a panel sends it, and what of it is counted.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "server-stub/store/counters.h"
#include "shared/base/result.h"
#include "shared/snapshot/snapshot.h"

namespace askus::api {

// Limits of a batch. More events in one are more rows in one transaction: what a panel has
// gathered beyond that goes into the next batch.
inline constexpr std::size_t kEventsBody = 16'384;  // bytes
inline constexpr std::size_t kEvents = 64;
inline constexpr std::int64_t kEventCount = 100;  // how often one event may have happened

// What is counted; docs/http-api.md says when.
inline constexpr std::array<std::string_view, 9> kCounters{
    "search",     "zero",    "topic", "helpful-yes", "helpful-partly",
    "helpful-no", "offered", "write", "me-too"};

struct Event {
  std::string name;                    // of kCounters
  std::string topic, category, query;  // as sent; may be empty
  std::int64_t count = 1;              // 1 to kEventCount
};

struct Batch {
  std::string id;  // UUIDv7
  std::string channel, language;
  std::vector<Event> events;  // 1 to kEvents
};

// Strict: kMalformed for an unknown key, a wrong type, a value out of bounds.
Result<Batch> parse_batch(std::string_view json);

// A topic, a category or a language that `snapshot` does not have counts as none (a visitor may
// have an older one); a topic brings its own category. A query is kept of a "zero" event alone,
// with `keep_queries` and as kept_query() allows. `snapshot` may be null: nothing is known then.
std::vector<store::NewCounts::One> counts_of(const Batch& batch, const snapshot::Snapshot* snapshot,
                                             bool keep_queries);

}  // namespace askus::api
