// Anonymous counters: how often something was done on a site on a day. One row a counter and day.
#pragma once

#include <cstdint>
#include <string>
#include <tuple>
#include <vector>

namespace askus::store {

// Rows of a site and day. Beyond it a new combination is counted without its language, category,
// topic and query, so that the totals stay right. 20,000 rows are about 4 MB.
inline constexpr std::int64_t kCounterRowsPerDay = 20'000;
// Of them, rows with the text of a query. Beyond it a new query is counted without its text.
inline constexpr std::int64_t kCounterQueriesPerDay = 2'000;
// Days that counters are kept: two years and the beginning of a third, to compare with.
inline constexpr std::int64_t kCounterDays = 800;

// What is counted; empty: does not apply or is not known.
struct CounterKey {
  std::string counter, channel, language, category, topic, query;
  // NOLINTNEXTLINE(modernize-use-nullptr): it means the 0 of the comparison that is made of this
  auto operator<=>(const CounterKey&) const = default;
};

// A batch, counted whole or not at all.
struct NewCounts {
  struct One {
    CounterKey key;
    std::int64_t n = 1;
  };
  std::string site, day;  // YYYY-MM-DD, UTC
  // Spent with the counts, in the same transaction: the same batch again is not counted again
  // before `expires_at`. Unix seconds.
  std::string mark;
  std::int64_t now = 0, expires_at = 0;
  std::vector<One> counts;
};

// Days of a site, both ends included, YYYY-MM-DD.
struct Days {
  std::string from, to;
};

// What was counted and stored, summed in the database. Requests are those of visitors: comments are
// not among them.
struct Sums {
  struct Counted {
    std::string day, counter, channel, category;
    std::int64_t n = 0;
  };
  struct Requests {
    std::string day, channel, category, mood;
    std::int64_t n = 0;
  };
  struct Topic {
    std::string topic, counter;
    std::int64_t n = 0;
  };
  struct Unanswered {
    std::string query, language;
    std::int64_t n = 0;
  };
  std::vector<Counted> counted;
  std::vector<Requests> requests;
  std::vector<Topic> topics;           // of the kTopTopics with the most counts, by topic
  std::vector<Unanswered> unanswered;  // the kTopQueries that were asked most, most first
};
inline constexpr std::int64_t kTopTopics = 200;
inline constexpr std::int64_t kTopQueries = 100;

}  // namespace askus::store
