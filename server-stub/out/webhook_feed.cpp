#include "server-stub/out/webhook_feed.h"

#include <algorithm>
#include <array>
#include <nlohmann/json.hpp>

#include "server-stub/store/transaction.h"

namespace askus::out {
namespace {

using nlohmann::json;

constexpr std::array<std::pair<std::string_view, std::string_view>, 6> kEvents{
    {{"received", "request.received"},
     {"replied", "request.replied"},
     {"assigned", "request.assigned"},
     {"in-work", "request.status"},
     {"answered", "request.status"},
     {"closed", "request.status"}}};

constexpr std::string_view kCursor =
    "SELECT seq FROM webhook_cursors WHERE site = $1 AND webhook = $2";
constexpr std::string_view kBegin =
    "INSERT INTO webhook_cursors (site, webhook, seq) VALUES ($1, $2, coalesce((SELECT last_change"
    " FROM sites WHERE site = $3), 0)) ON CONFLICT (site, webhook) DO NOTHING";
// Never back: two servers may do it at once.
constexpr std::string_view kMove =
    "UPDATE webhook_cursors SET seq = $1 WHERE site = $2 AND webhook = $3 AND seq < $4";
constexpr std::string_view kChanges =
    "SELECT c.seq, c.kind, c.id, c.at, c.actor, r.number, r.kind, r.channel, r.category,"
    " r.language, r.status, r.assignee FROM changes c JOIN requests r ON r.id = c.id"
    " WHERE c.site = $1 AND c.seq > $2 ORDER BY c.seq LIMIT $3";

json message_of(std::string_view event, const std::string& site,
                const std::vector<std::string>& c) {
  return {{"type", event},
          {"timestamp", c[3]},
          {"data",
           {{"site", site},
            {"seq", store::number_of(c[0])},
            {"id", c[2]},
            {"number", store::number_of(c[5])},
            {"kind", c[6]},
            {"channel", c[7]},
            {"category", c[8]},
            {"language", c[9]},
            {"status", c[10]},
            {"assignee", c[11]},
            {"actor", c[4]}}}};
}

}  // namespace

std::string_view event_of(std::string_view change) {
  const auto* found = std::find_if(kEvents.begin(), kEvents.end(),
                                   [change](const auto& one) { return one.first == change; });
  return found == kEvents.end() ? std::string_view() : found->second;
}

Result<std::size_t> feed_webhook(store::Session& session, const std::string& site,
                                 const WebhookTarget& webhook, std::int64_t now) {
  std::size_t looked = 0;
  const store::Written written = store::transact(session, [&]() -> Result<store::Outcome> {
    looked = 0;
    const Result<store::Rows> cursor = session.run(store::Query{kCursor, {site, webhook.name}});
    if (!cursor.ok()) return cursor.error();
    if (cursor->empty()) {
      const Result<store::Rows> begun =
          session.run(store::Query{kBegin, {site, webhook.name, site}});
      return begun.ok() ? Result<store::Outcome>(store::Outcome::kStored)
                        : Result<store::Outcome>(begun.error());
    }
    const Result<store::Rows> changes = session.run(store::Query{
        kChanges,
        {site, store::number_of((*cursor)[0][0]), static_cast<std::int64_t>(kChangesAtOnce)}});
    if (!changes.ok()) return changes.error();
    if (changes->empty()) return store::Outcome::kReplayed;
    looked = changes->size();
    std::vector<store::Query> queries;
    for (const auto& c : *changes) {
      const std::string_view event = event_of(c[1]);
      if (std::find(webhook.events.begin(), webhook.events.end(), event) == webhook.events.end())
        continue;
      queries.push_back(store::put_outgoing(
          {webhook.name + "." + site + "." + c[0],
           site,
           std::string(store::outbox_channels::kWebhook),
           webhook.name,
           {},
           {},
           message_of(event, site, c).dump(-1, ' ', false, json::error_handler_t::replace),
           now}));
    }
    const std::int64_t last = store::number_of(changes->back()[0]);
    queries.push_back({kMove, {last, site, webhook.name, last}});
    const auto done = session.run(queries);
    return done.ok() ? Result<store::Outcome>(store::Outcome::kStored)
                     : Result<store::Outcome>(done.error());
  });
  if (written.outcome != store::Outcome::kStored && written.outcome != store::Outcome::kReplayed)
    return Error{Code::kUnavailable, written.text};
  return looked;
}

}  // namespace askus::out
