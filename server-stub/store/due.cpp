#include "server-stub/store/due.h"

#include <vector>

#include "server-stub/store/transaction.h"
#include "shared/faq/dates.h"

namespace askus::store {
namespace {

// In one transaction: visitors' requests wait for it no longer than some ten milliseconds.
constexpr std::int64_t kAtOnce = 500;
constexpr std::string_view kRules = "SELECT rules FROM promises WHERE site = $1";
constexpr std::string_view kOpen =
    "SELECT number, id, category, created_at FROM requests WHERE site = $1 AND number > $2"
    " AND status IN ('received', 'in-work') ORDER BY number LIMIT $3";
// Another server may have given it to another department since it was read.
constexpr std::string_view kSetDue =
    "UPDATE requests SET due_at = $1 WHERE id = $2 AND category = $3";
constexpr std::string_view kSetRules =
    "INSERT INTO promises (site, rules) VALUES ($1, $2)"
    " ON CONFLICT (site) DO UPDATE SET rules = excluded.rules";

}  // namespace

Written renew_due(Session& session, const std::string& site, const std::string& rules,
                  const DueOf& due) {
  const Result<Rows> known = session.run(Query{kRules, {site}});
  if (!known.ok()) return {outcome_of(session.fault()), known.error().text};
  if (!known->empty() && known->front()[0] == rules) return {Outcome::kReplayed, {}};
  for (std::int64_t last = 0;;) {
    std::int64_t reached = last;
    Written written = transact(session, [&]() -> Result<Outcome> {
      const Result<Rows> open = session.run(Query{kOpen, {site, last, kAtOnce}});
      if (!open.ok()) return open.error();
      std::vector<Query> queries;
      for (const auto& c : *open) {
        reached = number_of(c[0]);
        if (const auto received = parse_time(c[3]))
          queries.push_back(
              {kSetDue, {due(c[2], static_cast<std::int64_t>(*received)), c[1], c[2]}});
      }
      return run_all(session, queries);
    });
    if (written.outcome != Outcome::kStored) return written;
    if (reached == last) break;
    last = reached;
  }
  return transact_all(session, {{kSetRules, {site, rules}}});
}

}  // namespace askus::store
