#include "server-stub/store/replies.h"

#include "server-stub/store/attachments.h"
#include "server-stub/store/outbox.h"
#include "server-stub/store/outgoing_way.h"
#include "server-stub/store/site_row.h"
#include "server-stub/store/transaction.h"

namespace askus::store {
namespace {

constexpr std::string_view kSite = "SELECT site FROM requests WHERE id = $1";
constexpr std::string_view kState =
    "SELECT status, closed_at, assignee, category FROM requests WHERE id = $1";
constexpr std::string_view kAssign = "UPDATE requests SET assignee = $1, status = $2 WHERE id = $3";
constexpr std::string_view kSetCategory = "UPDATE requests SET category = $1 WHERE id = $2";
constexpr std::string_view kAnswers =
    "SELECT role FROM memberships WHERE site = $1 AND person = $2 AND active = 1 AND role IN"
    " ('staff', 'lead', 'administrator')";
constexpr std::string_view kForgetDetails = "UPDATE changes SET detail = '' WHERE id = $1";
constexpr std::string_view kForgetOpenings =
    "DELETE FROM openings WHERE site = $1 AND request = $2";
constexpr std::string_view kKnownReply = "SELECT 1 FROM replies WHERE id = $1";
constexpr std::string_view kInsertReply =
    "INSERT INTO replies (id, request, author, role, text, at, public)"
    " VALUES ($1, $2, $3, $4, $5, $6, $7)";
constexpr std::string_view kSetStatus =
    "UPDATE requests SET status = $1, closed_at = $2 WHERE id = $3";
constexpr std::string_view kAsked =
    "SELECT coalesce(s.channel, ''), coalesce(s.place, ''), coalesce(s.user_id, ''), r.contact,"
    " r.identity_contact, r.way FROM requests r LEFT JOIN sources s ON s.request = r.id"
    " WHERE r.id = $1";
constexpr std::string_view kSetWay = "UPDATE requests SET way = $1 WHERE id = $2";
// What is left says that there was one, when, of what kind: nothing of who wrote or what.
constexpr std::string_view kErase =
    "UPDATE requests SET title = '', details = '', category = '', mood = '', name = '',"
    " contact = '', language = '', page = '', query = '', consent_version = '', consent_hash = '',"
    " consent_at = '', payload_hash = '', answer = '', topic = '', identity_user = '',"
    " identity_name = '', identity_contact = '', again_key = '', closed_at = 0, assignee = '',"
    " way = '', status = 'erased' WHERE id = $1";
constexpr std::string_view kDeleteReplies = "DELETE FROM replies WHERE request = $1";
// That somebody of a channel wrote it stays, as the channel does in the request.
constexpr std::string_view kForgetSource =
    "UPDATE sources SET group_id = '', user_id = '', thread = '', item = '', link = '', topics = ''"
    " WHERE request = $1";
constexpr std::string_view kOfUser =
    "SELECT request FROM sources WHERE site = $1 AND channel = $2 AND user_id = $3"
    " ORDER BY request LIMIT $4";
constexpr std::string_view kClosed =
    "SELECT id FROM requests WHERE site = $1 AND closed_at > 0 AND closed_at <= $2"
    " ORDER BY closed_at LIMIT $3";

// A request with its site held.
struct Held {
  std::string site, status, assignee, category;
  std::int64_t closed_at = 0;
  SiteRow row;
};

// None: there is no such request.
Result<std::optional<Held>> hold_request(Session& session, const std::string& request) {
  const Result<Rows> site = session.run(Query{kSite, {request}});  // which never changes
  if (!site.ok()) return site.error();
  if (site->empty()) return std::optional<Held>();
  Held held;
  held.site = (*site)[0][0];
  const Result<SiteRow> row = hold_site(session, held.site);
  if (!row.ok()) return row.error();
  held.row = *row;
  const Result<Rows> state = session.run(Query{kState, {request}});
  if (!state.ok()) return state.error();
  if (state->empty()) return std::optional<Held>();
  held.status = (*state)[0][0];
  held.closed_at = number_of((*state)[0][1]);
  held.assignee = (*state)[0][2];
  held.category = (*state)[0][3];
  return std::optional(std::move(held));
}

// A transaction on one request: `work` gives the queries, of which the changes are the last, or
// an outcome without any.
using Work = std::function<Result<Outcome>(Held&, std::vector<Query>&)>;

Written change_request(Session& session, const std::string& request, const Work& work) {
  return transact(session, [&]() -> Result<Outcome> {
    Result<std::optional<Held>> held = hold_request(session, request);
    if (!held.ok()) return held.error();
    if (!held->has_value()) return Outcome::kMissing;
    std::vector<Query> queries;
    Result<Outcome> outcome = work(**held, queries);
    if (!outcome.ok() || queries.empty()) return outcome;
    queries.push_back(count_of((*held)->row, (*held)->site));
    const Result<std::vector<Rows>> done = session.run(queries);
    return done.ok() ? outcome : Result<Outcome>(done.error());
  });
}

// What goes out with a reply, and what it makes of the talk.
Status append_outgoing(Session& session, const std::string& request, const Reply& reply, Held& held,
                       std::vector<Query>& queries) {
  const Result<Rows> rows = session.run(Query{kAsked, {request}});
  if (!rows.ok()) return rows.error();
  if (rows->empty()) return {};
  const auto& c = (*rows)[0];
  const Asked asked{c[0], c[1], c[2], c[3], c[4], c[5]};
  if (const std::string way = way_after(asked, reply.going); way != asked.way) {
    queries.push_back({kSetWay, {way, request}});
    queries.push_back(next_change(held.row, held.site, "moved", request, reply.at, reply.actor,
                                  way.empty() ? std::string(ways::kHere) : way));
  }
  if (std::optional<OutgoingWay> out = way_out(asked, reply.going))
    queries.push_back(put_outgoing({reply.id + "." + out->channel,
                                    held.site,
                                    out->channel,
                                    out->place,
                                    request,
                                    reply.id,
                                    {},
                                    reply.going.now}));
  return {};
}

}  // namespace

Written add_reply(Session& session, const std::string& request, const Reply& reply) {
  return change_request(
      session, request, [&](Held& held, std::vector<Query>& queries) -> Result<Outcome> {
        if (held.status == statuses::kErased) return Outcome::kErased;
        const Result<Rows> known = session.run(Query{kKnownReply, {reply.id}});
        if (!known.ok()) return known.error();
        if (!known->empty()) return Outcome::kReplayed;
        const bool speaks = reply.is_public && !reply.actor.empty();
        if (speaks && !held.assignee.empty() && held.assignee != reply.actor)
          return Outcome::kRefused;
        if (speaks && reply.claims && held.assignee.empty()) {
          queries.push_back({kAssign, {reply.actor, held.status, request}});
          queries.push_back(next_change(held.row, held.site, "assigned", request, reply.at,
                                        reply.actor, reply.actor));
        }
        queries.push_back({kInsertReply,
                           {reply.id, request, reply.author, reply.role, reply.text, reply.at,
                            std::int64_t{reply.is_public}}});
        if (reply.is_public && held.status != statuses::kWaiting &&
            held.status != statuses::kRemoved)
          queries.push_back(
              {kSetStatus, {std::string(statuses::kAnswered), std::int64_t{0}, request}});
        if (reply.is_public && held.status != statuses::kRemoved)
          if (const Status out = append_outgoing(session, request, reply, held, queries); !out.ok())
            return out.error();
        queries.push_back(next_change(held.row, held.site, reply.is_public ? "replied" : "noted",
                                      request, reply.at, reply.actor));
        return Outcome::kStored;
      });
}

Written set_status(Session& session, const std::string& request, const std::string& status,
                   std::int64_t now, const std::string& at, const std::string& actor) {
  if (status != statuses::kInWork && status != statuses::kAnswered && status != statuses::kClosed)
    return {Outcome::kFailed, "\"" + status + "\" is not a status to set"};
  return change_request(
      session, request, [&](Held& held, std::vector<Query>& queries) -> Result<Outcome> {
        if (held.status == statuses::kErased || held.status == statuses::kRemoved)
          return Outcome::kErased;
        if (held.status == status) return Outcome::kReplayed;
        queries.push_back({kSetStatus, {status, status == statuses::kClosed ? now : 0, request}});
        queries.push_back(next_change(held.row, held.site, status, request, at, actor));
        return Outcome::kStored;
      });
}

Written assign(Session& session, const std::string& request, const Assignment& a) {
  return change_request(
      session, request, [&](Held& held, std::vector<Query>& queries) -> Result<Outcome> {
        if (held.status == statuses::kErased || held.status == statuses::kRemoved)
          return Outcome::kErased;
        if (held.assignee == a.to) return Outcome::kReplayed;
        if (held.assignee != a.from) return Outcome::kRefused;
        if (!a.to.empty()) {
          const Result<Rows> answers = session.run(Query{kAnswers, {held.site, a.to}});
          if (!answers.ok()) return answers.error();
          if (answers->empty()) return Outcome::kMissing;
        }
        // The visitor sees that somebody has it in hand, and that nobody has it any more.
        std::string status = held.status;
        if (!a.to.empty() && status == statuses::kReceived) status = statuses::kInWork;
        if (a.to.empty() && status == statuses::kInWork) status = statuses::kReceived;
        queries.push_back({kAssign, {a.to, status, request}});
        queries.push_back(
            next_change(held.row, held.site, "assigned", request, a.at, a.actor, a.to));
        return Outcome::kStored;
      });
}

Written set_category(Session& session, const std::string& request, const std::string& category,
                     const std::string& at, const std::string& actor) {
  return change_request(
      session, request, [&](Held& held, std::vector<Query>& queries) -> Result<Outcome> {
        if (held.status == statuses::kErased || held.status == statuses::kRemoved)
          return Outcome::kErased;
        if (held.category == category) return Outcome::kReplayed;
        queries.push_back({kSetCategory, {category, request}});
        queries.push_back(
            next_change(held.row, held.site, "category", request, at, actor, category));
        return Outcome::kStored;
      });
}

Written erase_request(Session& session, const std::string& request, const std::string& at,
                      std::optional<std::int64_t> closed_before) {
  return change_request(
      session, request, [&](Held& held, std::vector<Query>& queries) -> Result<Outcome> {
        if (held.status == statuses::kErased) return Outcome::kReplayed;
        if (closed_before && (held.closed_at == 0 || held.closed_at > *closed_before))
          return Outcome::kRefused;
        queries.push_back({kErase, {request}});
        queries.push_back({kDeleteReplies, {request}});
        queries.push_back({kForgetSource, {request}});
        queries.push_back({kForgetDetails, {request}});
        queries.push_back({kForgetOpenings, {held.site, request}});
        queries.push_back(forget_outgoing(request));
        append_unname(queries, held.site, request);
        queries.push_back(next_change(held.row, held.site, statuses::kErased, request, at));
        return Outcome::kStored;
      });
}

Result<std::int64_t> erase_user(Session& session, const std::string& site,
                                const std::string& channel, const std::string& user,
                                const std::string& at) {
  std::int64_t erased = 0;
  for (;;) {
    const Result<Rows> some = session.run(
        Query{kOfUser, {site, channel, user, static_cast<std::int64_t>(kErasedAtOnce)}});
    if (!some.ok()) return some.error();
    if (some->empty()) return erased;
    for (const auto& row : *some) {
      // One that is erased is not the user's any more, so this comes to an end.
      const Written done = erase_request(session, row[0], at);
      if (done.outcome != Outcome::kStored) return Error{Code::kUnavailable, done.text};
      ++erased;
    }
  }
}

Result<std::int64_t> sweep_closed(Session& session, const std::string& site,
                                  std::int64_t closed_before, const std::string& at,
                                  std::size_t most) {
  const Result<Rows> closed =
      session.run(Query{kClosed, {site, closed_before, static_cast<std::int64_t>(most)}});
  if (!closed.ok()) return closed.error();
  std::int64_t erased = 0;
  for (const auto& row : *closed) {
    const Written done = erase_request(session, row[0], at, closed_before);
    if (done.outcome != Outcome::kStored && done.outcome != Outcome::kReplayed &&
        done.outcome != Outcome::kRefused)
      return Error{Code::kUnavailable, done.text};
    erased += done.outcome == Outcome::kStored ? 1 : 0;
  }
  return erased;
}

}  // namespace askus::store
