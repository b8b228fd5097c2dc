#include "server-stub/store/sums.h"

#include "shared/faq/dates.h"

namespace askus::store {
namespace {

// PostgreSQL sums 64-bit numbers to a decimal: the cast makes it one of 64 bits again.
constexpr std::string_view kCounted =
    "SELECT day, counter, channel, category, CAST(sum(n) AS BIGINT) FROM counters"
    " WHERE site = $1 AND day >= $2 AND day <= $3"
    " GROUP BY day, counter, channel, category ORDER BY day, counter, channel, category";
// Times are compared as texts of one form; `$3` is the day after the last. Goes through all
// requests of the site: an index for it would cost every visitor's request a write.
constexpr std::string_view kRequests =
    "SELECT substr(created_at, 1, 10), channel, category, mood, count(*) FROM requests"
    " WHERE site = $1 AND created_at >= $2 AND created_at < $3"
    " AND kind IN ('question', 'problem', 'idea', 'thanks')"
    " GROUP BY 1, 2, 3, 4 ORDER BY 1, 2, 3, 4";
constexpr std::string_view kTopics =
    "SELECT topic, counter, CAST(sum(n) AS BIGINT) FROM counters"
    " WHERE site = $1 AND day >= $2 AND day <= $3 AND topic IN"
    " (SELECT topic FROM counters WHERE site = $1 AND day >= $2 AND day <= $3 AND topic <> ''"
    " GROUP BY topic ORDER BY sum(n) DESC, topic LIMIT $4)"
    " GROUP BY topic, counter ORDER BY topic, counter";
constexpr std::string_view kUnanswered =
    "SELECT query, language, CAST(sum(n) AS BIGINT) FROM counters"
    " WHERE site = $1 AND day >= $2 AND day <= $3 AND query <> ''"
    " GROUP BY query, language ORDER BY 3 DESC, query, language LIMIT $4";

}  // namespace

std::vector<Query> sum_queries(const std::string& site, const Days& days) {
  const std::string behind = format_date(parse_date(days.to).value_or(0) + 1);
  return {{kCounted, {site, days.from, days.to}},
          {kRequests, {site, days.from, behind}},
          {kTopics, {site, days.from, days.to, kTopTopics}},
          {kUnanswered, {site, days.from, days.to, kTopQueries}}};
}

Sums sums_of(const std::vector<Rows>& rows) {
  Sums sums;
  for (const auto& c : rows.at(0))
    sums.counted.push_back({c[0], c[1], c[2], c[3], number_of(c[4])});
  for (const auto& c : rows.at(1))
    sums.requests.push_back({c[0], c[1], c[2], c[3], number_of(c[4])});
  for (const auto& c : rows.at(2)) sums.topics.push_back({c[0], c[1], number_of(c[2])});
  for (const auto& c : rows.at(3)) sums.unanswered.push_back({c[0], c[1], number_of(c[2])});
  return sums;
}

}  // namespace askus::store
