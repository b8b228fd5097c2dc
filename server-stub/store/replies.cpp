#include "server-stub/store/replies.h"

#include "server-stub/store/attachments.h"
#include "server-stub/store/change_request.h"
#include "server-stub/store/consulting.h"
#include "server-stub/store/flags.h"
#include "server-stub/store/merging.h"
#include "server-stub/store/outbox.h"
#include "server-stub/store/outgoing_way.h"
#include "server-stub/store/suggestions.h"
#include "server-stub/store/tags.h"
#include "shared/faq/dates.h"

namespace askus::store {
namespace {

constexpr std::string_view kAssign = "UPDATE requests SET assignee = $1, status = $2 WHERE id = $3";
constexpr std::string_view kSetCategory =
    "UPDATE requests SET category = $1, due_at = $2 WHERE id = $3";
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
    " merged_into = '', way = '', tone = '', tone_by = '', watched = '',"
    " status = 'erased' WHERE id = $1";
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

constexpr std::string_view kMergedInto =
    "SELECT id FROM requests WHERE merged_into = $1 ORDER BY number";

void append_row(std::vector<Query>& queries, const std::string& request, const std::string& id,
                const Reply& reply) {
  queries.push_back({kInsertReply,
                     {id, request, reply.author, reply.role, reply.text, reply.at,
                      std::int64_t{reply.is_public}}});
}

Result<Asked> read_asked(Session& session, const std::string& request) {
  const Result<Rows> rows = session.run(Query{kAsked, {request}});
  if (!rows.ok()) return rows.error();
  if (rows->empty()) return Asked{};
  const auto& c = (*rows)[0];
  return Asked{c[0], c[1], c[2], c[3], c[4], c[5]};
}

void append_row_out(std::vector<Query>& queries, const std::string& site, const OutgoingWay& out,
                    const std::string& request, const std::string& reply, std::int64_t now) {
  queries.push_back(put_outgoing(
      {reply + "." + out.channel, site, out.channel, out.place, request, reply, {}, now}));
}

// What goes out with a reply, and what it makes of the talk.
Status append_outgoing(Session& session, const std::string& request, const Reply& reply, Held& held,
                       std::vector<Query>& queries) {
  const Result<Asked> read = read_asked(session, request);
  if (!read.ok()) return read.error();
  const Asked& asked = *read;
  if (const std::string way = way_after(asked, reply.going); way != asked.way) {
    queries.push_back({kSetWay, {way, request}});
    queries.push_back(next_change(held.row, held.site, "moved", request, reply.at, reply.actor,
                                  way.empty() ? std::string(ways::kHere) : way));
  }
  if (std::optional<OutgoingWay> out = way_out(asked, reply.going))
    append_row_out(queries, held.site, *out, request, reply.id, reply.going.now);
  return {};
}

// Whether two ways lead to the same person at the same place. Who is not known is nobody's double.
bool is_same_way(const Asked& one, const std::optional<OutgoingWay>& way, const Asked& other,
                 const std::optional<OutgoingWay>& other_way) {
  const bool known = !(one.user.empty() && one.contact.empty() && one.identity_contact.empty());
  return known && way && other_way && way->channel == other_way->channel &&
         way->place == other_way->place && one.user == other.user && one.contact == other.contact &&
         one.identity_contact == other.identity_contact;
}

// Whoever wrote a duplicate reads what is answered to the request that it was merged into; it goes
// out to them too, unless it is the same person by the same way.
Status append_copies(Session& session, std::vector<Query>& queries, Held& held,
                     const std::string& request, const Reply& reply) {
  const Result<Rows> merged = session.run(Query{kMergedInto, {request}});
  if (!merged.ok()) return merged.error();
  if (merged->empty()) return {};
  const Result<Asked> first = read_asked(session, request);
  if (!first.ok()) return first.error();
  const std::optional<OutgoingWay> first_out = way_out(*first, reply.going);
  Reply::Going going = reply.going;
  going.way.clear();  // each goes where its own talk goes
  for (const auto& row : *merged) {
    const std::string id = copy_id(reply.id, row[0]);
    append_row(queries, row[0], id, reply);
    queries.push_back(next_change(held.row, held.site, "replied", row[0], reply.at, reply.actor));
    const Result<Asked> asked = read_asked(session, row[0]);
    if (!asked.ok()) return asked.error();
    const auto out = way_out(*asked, going);
    if (out && !is_same_way(*asked, out, *first, first_out))
      append_row_out(queries, held.site, *out, row[0], id, going.now);
  }
  return {};
}

}  // namespace

Result<bool> is_known_reply(Session& session, const std::string& id) {
  const Result<Rows> known = session.run(Query{kKnownReply, {id}});
  return known.ok() ? Result<bool>(!known->empty()) : Result<bool>(known.error());
}

void append_note(std::vector<Query>& queries, const std::string& request, const Reply& note) {
  append_row(queries, request, note.id, note);
}

Written add_reply(Session& session, const std::string& request, const Reply& reply) {
  return change_request(
      session, request, [&](Held& held, std::vector<Query>& queries) -> Result<Outcome> {
        if (held.status == statuses::kErased) return Outcome::kErased;
        const Result<bool> known = is_known_reply(session, reply.id);
        if (!known.ok()) return known.error();
        if (*known) return Outcome::kReplayed;
        const bool speaks = reply.is_public && !reply.actor.empty();
        // What is merged into another request is answered there.
        const bool is_free = held.assignee.empty() || held.assignee == reply.actor;
        if (speaks && !(is_free && held.merged_into.empty())) return Outcome::kRefused;
        if (speaks && reply.claims && held.assignee.empty()) {
          queries.push_back({kAssign, {reply.actor, held.status, request}});
          queries.push_back(next_change(held.row, held.site, "assigned", request, reply.at,
                                        reply.actor, reply.actor));
        }
        append_row(queries, request, reply.id, reply);
        const bool stays = held.status == statuses::kWaiting || held.status == statuses::kRemoved ||
                           (held.status == statuses::kClosed && !reply.reopens);
        if (reply.is_public && !stays)
          queries.push_back(
              {kSetStatus, {std::string(statuses::kAnswered), std::int64_t{0}, request}});
        if (reply.is_public && held.status != statuses::kRemoved)
          if (const Status out = append_outgoing(session, request, reply, held, queries); !out.ok())
            return out.error();
        queries.push_back(next_change(held.row, held.site, reply.is_public ? "replied" : "noted",
                                      request, reply.at, reply.actor));
        if (reply.is_public)
          if (Status copied = append_copies(session, queries, held, request, reply); !copied.ok())
            return copied.error();
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
        if (status != statuses::kClosed) append_undone(queries, held.site, held.number);
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
        if (!a.to.empty()) append_undone(queries, held.site, held.number, a.to);
        queries.push_back(
            next_change(held.row, held.site, "assigned", request, a.at, a.actor, a.to));
        return Outcome::kStored;
      });
}

Written set_category(Session& session, const std::string& request, const std::string& category,
                     const std::string& at, const std::string& actor, const DueOf& due) {
  return change_request(
      session, request, [&](Held& held, std::vector<Query>& queries) -> Result<Outcome> {
        if (held.status == statuses::kErased || held.status == statuses::kRemoved)
          return Outcome::kErased;
        if (held.category == category) return Outcome::kReplayed;
        const auto received = static_cast<std::int64_t>(parse_time(held.created_at).value_or(0));
        queries.push_back({kSetCategory, {category, due(category, received), request}});
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
        append_unflag(queries, held.site, held.number);
        append_forget_consultations(queries, request);
        append_unmerge(queries, request);
        append_forget_asker(queries, request);
        queries.push_back(forget_outgoing(request));
        append_unname(queries, held.site, request);
        append_untag(queries, request);
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
