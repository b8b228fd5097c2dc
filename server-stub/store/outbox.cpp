#include "server-stub/store/outbox.h"

#include "server-stub/store/clock.h"
#include "server-stub/store/site_row.h"
#include "server-stub/store/transaction.h"

namespace askus::store {
namespace {

constexpr std::int64_t kThousand = 1'000;

constexpr std::string_view kPut =
    "INSERT INTO outbox (id, site, channel, place, request, reply, payload, state, part, tries,"
    " due_at, lease, created_at, changed_at, reason) VALUES ($1, $2, $3, $4, $5, $6, $7, 'waiting',"
    " 0, 0, $8, '', $9, $10, '') ON CONFLICT (id) DO NOTHING RETURNING id";
// The inner query may find a row that another server takes meanwhile: its due_at is a lease then,
// and the outer condition, looked at again under the row's lock, says no.
constexpr std::string_view kClaim =
    "UPDATE outbox SET state = 'sending', lease = $1, due_at = $2, tries = tries + 1,"
    " changed_at = $3 WHERE id = (SELECT o.id FROM outbox o WHERE o.channel = $4 AND"
    " o.state IN ('waiting', 'sending') AND o.due_at <= $5 AND NOT EXISTS (SELECT 1 FROM outbox e"
    " WHERE e.request = o.request AND e.request <> '' AND e.channel = o.channel AND"
    " e.state IN ('waiting', 'sending') AND (e.created_at < o.created_at OR"
    " (e.created_at = o.created_at AND e.id < o.id))) ORDER BY o.due_at, o.created_at LIMIT 1)"
    " AND due_at <= $6 AND state IN ('waiting', 'sending')"
    " RETURNING id, site, channel, place, request, reply, payload, created_at, part, tries";
constexpr std::string_view kFinish =
    "UPDATE outbox SET state = $1, reason = $2, due_at = $3, changed_at = $4, lease = '',"
    " payload = CASE WHEN $5 = 'waiting' THEN payload ELSE '' END WHERE id = $6 AND lease = $7"
    " RETURNING id";
constexpr std::string_view kAdvance =
    "UPDATE outbox SET part = $1, due_at = $2 WHERE id = $3 AND lease = $4 RETURNING id";
// The first condition on the state chooses the index (outbox_due).
constexpr std::string_view kPostpone =
    "UPDATE outbox SET due_at = $1 WHERE channel = $2 AND state IN ('waiting', 'sending')"
    " AND state = 'waiting' AND due_at < $3 AND site = $4 AND place = $5";
constexpr std::string_view kState = "SELECT state, site FROM outbox WHERE id = $1 AND request = $2";
constexpr std::string_view kRetry =
    "UPDATE outbox SET state = 'waiting', tries = 0, due_at = $1, created_at = $2, changed_at = $3,"
    " reason = '' WHERE id = $4 AND state = 'failed' RETURNING id";
constexpr std::string_view kCount =
    "SELECT count(*), coalesce(min(created_at), 0), coalesce(sum(CASE WHEN due_at <= $1 THEN 1"
    " ELSE 0 END), 0) FROM outbox WHERE channel = $2 AND state IN ('waiting', 'sending')";
constexpr std::string_view kOfRequest =
    "SELECT id, reply, channel, place, state, tries, reason, due_at, changed_at FROM outbox"
    " WHERE request = $1 ORDER BY created_at, id";
constexpr std::string_view kSweep =
    "DELETE FROM outbox WHERE request = '' AND state IN ('sent', 'failed') AND changed_at < $1";
constexpr std::string_view kForget = "DELETE FROM outbox WHERE request = $1";

// Runs the update and, when it changed the row, writes what has happened to its request.
Result<Outcome> change_with(Session& session, const std::string& site, const std::string& request,
                            Query update, const std::function<Query(SiteRow&)>& change) {
  std::optional<SiteRow> held;
  // The site's row before any other, as everywhere.
  if (!request.empty() && change) {
    const Result<SiteRow> row = hold_site(session, site);
    if (!row.ok()) return row.error();
    held = *row;
  }
  const Result<Rows> changed = session.run(std::move(update));
  if (!changed.ok()) return changed.error();
  if (changed->empty()) return Outcome::kMissing;
  if (!held) return Outcome::kStored;
  std::vector<Query> queries{change(*held)};
  queries.push_back(count_of(*held, site));
  return run_all(session, queries);
}

}  // namespace

Query put_outgoing(const OutgoingRow& row) {
  return {kPut,
          {row.id, row.site, row.channel, row.place, row.request, row.reply, row.payload,
           row.created_at, row.created_at, row.created_at}};
}

Result<std::optional<OutgoingRow>> claim_outgoing(Session& session, const Claim& claim) {
  const Result<Rows> rows = session.run(Query{
      kClaim, {claim.lease, claim.lease_until, claim.now, claim.channel, claim.now, claim.now}});
  if (!rows.ok()) return rows.error();
  if (rows->empty()) return std::optional<OutgoingRow>();
  const auto& c = (*rows)[0];
  OutgoingRow row{c[0], c[1], c[2], c[3], c[4], c[5], c[6], number_of(c[7])};
  row.state = outbox_states::kSending;
  row.lease = claim.lease;
  row.part = number_of(c[8]);
  row.tries = number_of(c[9]);
  return std::optional(std::move(row));
}

Written finish_outgoing(Session& session, const OutgoingRow& row, const Tried& tried,
                        std::int64_t now) {
  std::function<Query(SiteRow&)> change;
  if (tried.state != outbox_states::kWaiting)
    change = [&](SiteRow& site) {
      const bool sent = tried.state == outbox_states::kSent;
      return next_change(site, row.site, sent ? "delivered" : "undelivered", row.request,
                         utc_text(now / kThousand), {},
                         sent ? row.channel : row.channel + " " + tried.reason);
    };
  return transact(session, [&]() -> Result<Outcome> {
    return change_with(
        session, row.site, row.request,
        {kFinish, {tried.state, tried.reason, tried.due_at, now, tried.state, row.id, row.lease}},
        change);
  });
}

Written advance_outgoing(Session& session, const OutgoingRow& row, std::int64_t part,
                         std::int64_t lease_until) {
  return transact(session, [&]() -> Result<Outcome> {
    return change_with(session, row.site, {}, {kAdvance, {part, lease_until, row.id, row.lease}},
                       {});
  });
}

Query postpone_outgoing(const OutgoingRow& row, std::int64_t until) {
  return {kPostpone, {until, row.channel, until, row.site, row.place}};
}

Written retry_outgoing(Session& session, const std::string& request, const std::string& id,
                       std::int64_t now, const std::string& at, const std::string& actor) {
  return transact(session, [&]() -> Result<Outcome> {
    const Result<Rows> known = session.run(Query{kState, {id, request}});
    if (!known.ok()) return known.error();
    if (known->empty()) return Outcome::kMissing;
    const std::string& site = (*known)[0][1];
    const std::int64_t ms = now * kThousand;
    Result<Outcome> done =
        change_with(session, site, request, {kRetry, {ms, ms, ms, id}}, [&](SiteRow& row) {
          return next_change(row, site, "retried", request, at, actor,
                             id.substr(id.rfind('.') + 1));
        });
    if (done.ok() && *done == Outcome::kMissing) return Outcome::kRefused;
    return done;
  });
}

Query count_outgoing(const std::string& channel, std::int64_t now) {
  return {kCount, {now, channel}};
}

Outstanding outstanding_of(const Rows& rows) {
  if (rows.empty()) return {};
  return {number_of(rows[0][0]), number_of(rows[0][1]), number_of(rows[0][2])};
}

Query read_outgoing(const std::string& request) {
  return {kOfRequest, {request}};
}

std::vector<Outgoing> outgoing_of(const Rows& rows) {
  std::vector<Outgoing> all;
  for (const auto& c : rows)
    all.push_back(
        {c[0], c[1], c[2], c[3], c[4], c[6], number_of(c[5]), number_of(c[7]), number_of(c[8])});
  return all;
}

Query sweep_outgoing(std::int64_t now) {
  return {kSweep, {now * kThousand - kOutboxKept}};
}

Query forget_outgoing(const std::string& request) {
  return {kForget, {request}};
}

}  // namespace askus::store
