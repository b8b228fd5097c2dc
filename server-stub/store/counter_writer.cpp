#include "server-stub/store/counter_writer.h"

#include <algorithm>
#include <numeric>
#include <set>

#include "server-stub/store/marks.h"
#include "server-stub/store/transaction.h"
#include "shared/faq/dates.h"

namespace askus::store {
namespace {

constexpr std::string_view kRaise =
    "UPDATE counters SET n = n + $1 WHERE site = $2 AND day = $3 AND counter = $4 AND channel = $5"
    " AND language = $6 AND category = $7 AND topic = $8 AND query = $9 RETURNING n";
constexpr std::string_view kInsert =
    "INSERT INTO counters (n, site, day, counter, channel, language, category, topic, query)"
    " VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)"
    " ON CONFLICT (site, day, counter, channel, language, category, topic, query)"
    " DO UPDATE SET n = counters.n + excluded.n";
constexpr std::string_view kSizes =
    "SELECT count(*), coalesce(sum(CASE WHEN query <> '' THEN 1 ELSE 0 END), 0) FROM counters"
    " WHERE site = $1 AND day = $2";
constexpr std::string_view kPurge = "DELETE FROM counters WHERE site = $1 AND day < $2";

// Days whose sizes are remembered at once; beyond it they are looked at again.
constexpr std::size_t kKnownDays = 1'000;

std::string purge_before(const std::string& day) {
  const std::uint32_t today = parse_date(day).value_or(0);
  return format_date(today < kCounterDays ? 0 : today - static_cast<std::uint32_t>(kCounterDays));
}

}  // namespace

Status CounterWriter::spend_marks(std::span<CountJob> jobs, std::vector<AddResult>& results) {
  // By their order, so that two servers never wait for each other.
  std::vector<std::size_t> order(jobs.size());
  std::iota(order.begin(), order.end(), 0u);
  std::sort(order.begin(), order.end(), [&jobs](std::size_t a, std::size_t b) {
    return jobs[a].counts.mark < jobs[b].counts.mark;
  });
  std::vector<Query> queries{{session_.dialect().begin}};
  const NewCounts& first = jobs.front().counts;
  if (first.now >= purged_at_ + kPurgeEvery) queries.push_back({kPurgeMarks, {first.now}});
  std::map<std::string, std::string> days;  // by site, in their order
  for (const CountJob& job : jobs) days[job.counts.site] = job.counts.day;
  for (const auto& [site, day] : days)
    if (const auto purged = purged_counters_.find(site);
        purged == purged_counters_.end() || purged->second < day)
      queries.push_back({kPurge, {site, purge_before(day)}});
  const std::size_t begin = queries.size();
  for (const std::size_t i : order) {
    const NewCounts& counts = jobs[i].counts;
    queries.push_back({kSpendMark, {counts.mark, counts.expires_at, counts.now}});
  }
  const Result<std::vector<store::Rows>> spent = session_.run(queries);
  if (!spent.ok()) return spent.error();
  results.assign(jobs.size(), {});
  for (std::size_t i = 0; i < order.size(); ++i)
    results[order[i]].outcome = (*spent)[begin + i].empty() ? Outcome::kReplayed : Outcome::kStored;
  return {};
}

// Of kRaise and kInsert alike.
std::vector<Value> CounterWriter::values_of(const Row& row, std::int64_t n) {
  const auto& [site, day, key] = row;
  return {n, site, day, key.counter, key.channel, key.language, key.category, key.topic, key.query};
}

// Adds to the rows that are there and leaves the others in `rows`.
Status CounterWriter::raise(Rows& rows) {
  std::vector<Query> queries;
  for (const auto& [row, n] : rows) {
    queries.push_back({kRaise, values_of(row, n)});
  }
  const Result<std::vector<store::Rows>> raised = session_.run(queries);
  if (!raised.ok()) return raised.error();
  std::size_t at = 0;
  std::erase_if(rows, [&](const auto&) { return !(*raised)[at++].empty(); });
  return {};
}

// Whether the row's day is known to have no room for it.
bool CounterWriter::is_full(const Row& row) const {
  const auto& [site, day, key] = row;
  const auto known = sizes_.find({site, day});
  if (known == sizes_.end()) return false;
  return known->second.rows >= kCounterRowsPerDay ||
         (!key.query.empty() && known->second.queries >= kCounterQueriesPerDay);
}

// What a site's day has no room for any more is counted with less said about it. Two servers that
// add rows at once may go over the bounds by what one transaction holds.
Status CounterWriter::bound(const Rows& rows, Rows& bounded) {
  if (sizes_.size() > kKnownDays) sizes_.clear();
  std::set<Day> unknown;
  for (const auto& [row, n] : rows)
    if (!is_full(row)) unknown.insert({std::get<0>(row), std::get<1>(row)});
  std::vector<Query> queries;
  queries.reserve(unknown.size());
  for (const auto& [site, day] : unknown) queries.push_back({kSizes, {site, day}});
  const Result<std::vector<store::Rows>> counted = session_.run(queries);
  if (!counted.ok()) return counted.error();
  std::size_t at = 0;
  for (const Day& day : unknown) {
    const std::vector<std::string>& columns = (*counted)[at++].at(0);
    sizes_[day] = {number_of(columns[0]), number_of(columns[1])};
  }
  std::map<Day, Size> sizes = sizes_;  // with what this transaction adds, should it succeed
  for (const auto& [row, n] : rows) {
    auto [site, day, key] = row;
    Size& size = sizes[{site, day}];
    if (size.queries >= kCounterQueriesPerDay) key.query.clear();
    if (size.rows >= kCounterRowsPerDay) key = {key.counter, key.channel, {}, {}, {}, {}};
    ++size.rows;
    size.queries += key.query.empty() ? 0 : 1;
    bounded[{site, day, key}] += n;
  }
  return {};
}

Status CounterWriter::insert(const Rows& rows) {
  std::vector<Query> queries;
  for (const auto& [row, n] : rows) {
    queries.push_back({kInsert, values_of(row, n)});
  }
  const Result<std::vector<store::Rows>> inserted = session_.run(queries);
  return inserted.ok() ? Status() : Status(inserted.error());
}

Status CounterWriter::transact(std::span<CountJob> jobs, std::vector<AddResult>& results) {
  if (Status status = spend_marks(jobs, results); !status.ok()) return status;
  Rows rows;
  for (std::size_t i = 0; i < jobs.size(); ++i) {
    const NewCounts& counts = jobs[i].counts;
    if (results[i].outcome != Outcome::kStored) continue;
    for (const NewCounts::One& one : counts.counts)
      rows[{counts.site, counts.day, one.key}] += one.n;
  }
  if (!rows.empty())
    if (Status status = raise(rows); !status.ok()) return status;
  if (!rows.empty()) {
    Rows bounded;
    if (Status status = bound(rows, bounded); !status.ok()) return status;
    if (Status status = insert(bounded); !status.ok()) return status;
  }
  const Result<store::Rows> committed = session_.run(Query{kCommit});
  return committed.ok() ? Status() : Status(committed.error());
}

void CounterWriter::add(std::span<CountJob> jobs) {
  std::vector<AddResult> results;
  for (int attempt = 1;; ++attempt) {
    const Status status = transact(jobs, results);
    if (status.ok()) break;
    const Fault fault = session_.fault();
    session_.rollback();
    if (fault == Fault::kRetry && attempt < kAttempts) continue;
    results.assign(jobs.size(), AddResult{outcome_of(fault), {}, status.error().text});
    break;
  }
  const NewCounts& first = jobs.front().counts;
  if (results.front().outcome == Outcome::kStored ||
      results.front().outcome == Outcome::kReplayed) {
    if (first.now >= purged_at_ + kPurgeEvery) purged_at_ = first.now;
    for (const CountJob& job : jobs) {
      std::string& day = purged_counters_[job.counts.site];
      day = std::max(day, job.counts.day);
    }
  }
  for (std::size_t i = 0; i < jobs.size(); ++i) jobs[i].done(std::move(results[i]));
}

}  // namespace askus::store
