#include "server-stub/store/audit.h"

#include <algorithm>

#include "server-stub/store/clock.h"
#include "server-stub/store/transaction.h"

namespace askus::store {
namespace {

constexpr std::string_view kInsert =
    "INSERT INTO audit (id, site, at, actor, action, subject, address)"
    " VALUES ($1, $2, $3, $4, $5, $6, $7)";
constexpr std::string_view kRead =
    "SELECT id, site, at, actor, action, subject, address FROM audit WHERE (site = $1 OR (site = ''"
    " AND actor IN (SELECT person FROM memberships WHERE site = $1))) AND id < $2"
    " ORDER BY id DESC LIMIT $3";
constexpr std::string_view kSweep = "DELETE FROM audit WHERE at < $1";
// Behind every id, which is hexadecimal, in whatever order a database has for texts: in those of
// languages signs such as '~' stand before digits.
constexpr std::string_view kBehindAll = "g";

}  // namespace

Query insert_of(const Act& act) {
  return {kInsert, {act.id, act.site, act.at, act.actor, act.action, act.subject, act.address}};
}

Query sweep_audit(std::int64_t now) {
  constexpr std::int64_t kDay = 86'400;
  return {kSweep, {utc_text(now - kAuditDays * kDay)}};
}

void record(Store& store, Act act) {
  store.change(
      [act = std::move(act)](Session& session) { return transact_all(session, {insert_of(act)}); },
      [](const Written&) {});
}

void read_acts(Store& store, const std::string& site, const std::string& before, std::size_t limit,
               std::function<void(Result<std::vector<Act>>)> done) {
  store.ask({{kRead,
              {site, before.empty() ? std::string(kBehindAll) : before,
               static_cast<std::int64_t>(std::min(limit, kMostActs))}}},
            [done = std::move(done)](const Result<std::vector<Rows>>& rows) {
              if (!rows.ok()) return done(rows.error());
              std::vector<Act> acts;
              for (const auto& c : rows->front())
                acts.push_back({c[0], c[1], c[2], c[3], c[4], c[5], c[6]});
              done(std::move(acts));
            });
}

}  // namespace askus::store
