#include "server-stub/store/gaps.h"

#include "shared/faq/dates.h"

namespace askus::store {
namespace {

// PostgreSQL sums 64-bit numbers to a decimal: the cast makes it one of 64 bits again.
constexpr std::string_view kInVain =
    "SELECT CAST(coalesce(sum(n), 0) AS BIGINT) FROM counters"
    " WHERE site = $1 AND day >= $2 AND day <= $3 AND counter = 'zero'";
constexpr std::string_view kSearched =
    "SELECT query, language, CAST(sum(n) AS BIGINT) FROM counters"
    " WHERE site = $1 AND day >= $2 AND day <= $3 AND counter = 'zero' AND query <> ''"
    " GROUP BY query, language ORDER BY 3 DESC, query, language LIMIT $4";
// `$3` is the day after the last. Both go through all requests of the site, as Store::read_sums
// does.
constexpr std::string_view kAnyway =
    "SELECT count(*) FROM requests WHERE site = $1 AND created_at >= $2 AND created_at < $3"
    " AND kind IN ('question', 'problem') AND status <> 'erased'";
constexpr std::string_view kWritten =
    "SELECT title, language, name, contact FROM requests"
    " WHERE site = $1 AND created_at >= $2 AND created_at < $3"
    " AND kind IN ('question', 'problem') AND title <> '' ORDER BY number DESC LIMIT $4";
constexpr std::string_view kOpened =
    "SELECT topic, CAST(sum(n) AS BIGINT) FROM counters"
    " WHERE site = $1 AND day >= $2 AND day <= $3 AND counter = 'topic' AND topic <> ''"
    " GROUP BY topic ORDER BY topic LIMIT $4";

std::vector<Query> gap_queries(const std::string& site, const Days& days) {
  const std::string behind = format_date(parse_date(days.to).value_or(0) + 1);
  return {{kInVain, {site, days.from, days.to}},
          {kSearched, {site, days.from, days.to, kMostSearched}},
          {kAnyway, {site, days.from, behind}},
          {kWritten, {site, days.from, behind, kMostWritten}},
          {kOpened, {site, days.from, days.to, kMostOpened}}};
}

Gaps gaps_of(const std::vector<Rows>& rows) {
  Gaps gaps;
  gaps.searched_in_vain = number_of(rows.at(0).at(0).at(0));
  for (const auto& c : rows.at(1)) gaps.searched.push_back({c[0], c[1], number_of(c[2])});
  gaps.written_anyway = number_of(rows.at(2).at(0).at(0));
  for (const auto& c : rows.at(3)) gaps.written.push_back({c[0], c[1], c[2], c[3]});
  for (const auto& c : rows.at(4)) gaps.opened.push_back({c[0], number_of(c[1])});
  return gaps;
}

}  // namespace

void read_gaps(Store& store, const std::string& site, const Days& days,
               std::function<void(Result<Gaps>)> done) {
  store.ask_long(gap_queries(site, days),
                 [done = std::move(done)](const Result<std::vector<Rows>>& rows) {
                   done(rows.ok() ? Result<Gaps>(gaps_of(*rows)) : Result<Gaps>(rows.error()));
                 });
}

}  // namespace askus::store
