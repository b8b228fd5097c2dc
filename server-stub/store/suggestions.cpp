#include "server-stub/store/suggestions.h"

#include "server-stub/store/change_request.h"
#include "server-stub/store/transaction.h"

namespace askus::store {
namespace {

constexpr std::string_view kKnown = "SELECT 1 FROM suggestions WHERE id = $1";
constexpr std::string_view kInsert =
    "INSERT INTO suggestions (id, site, kind, language, topic, category, title, phrasing, text,"
    " author, at, state) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, 'open')";
// Only the site's own can be named.
constexpr std::string_view kInsertAsker =
    "INSERT INTO askers (suggestion, request) SELECT $1, id FROM requests WHERE id = $2"
    " AND site = $3 AND status <> 'erased' ON CONFLICT (suggestion, request) DO NOTHING";
constexpr std::string_view kComment =
    "SELECT kind, topic, language, name, details FROM requests WHERE id = $1";
constexpr std::string_view kSetStatus =
    "UPDATE requests SET status = $1, closed_at = $2 WHERE id = $3";
constexpr std::string_view kOpen =
    "SELECT id, kind, language, topic, category, title, phrasing, text, author, at, state"
    " FROM suggestions WHERE site = $1 AND state = 'open' ORDER BY at, id LIMIT $2";
constexpr std::string_view kSettle =
    "UPDATE suggestions SET state = $1, topic = CASE WHEN kind = 'topic' THEN $2 ELSE topic END"
    " WHERE id = $3 AND site = $4 AND state <> 'told' RETURNING id";
constexpr std::string_view kUntold =
    "SELECT s.id, s.topic, a.request, r.language FROM suggestions s"
    " JOIN askers a ON a.suggestion = s.id JOIN requests r ON r.id = a.request"
    " WHERE s.id = $1 AND s.state = 'taken' AND a.told = 0 ORDER BY a.request LIMIT $2";
constexpr std::string_view kTaken =
    "SELECT id, topic FROM suggestions WHERE site = $1 AND state = 'taken' AND kind = 'topic'"
    " AND topic <> '' ORDER BY id";
constexpr std::string_view kTold =
    "UPDATE askers SET told = 1 WHERE suggestion = $1 AND request = $2";
constexpr std::string_view kAllTold =
    "UPDATE suggestions SET state = 'told' WHERE id = $1 AND NOT EXISTS"
    " (SELECT 1 FROM askers WHERE suggestion = $1 AND told = 0)";
constexpr std::string_view kForget = "DELETE FROM askers WHERE request = $1";
// A comment's suggestion has its request's id.
constexpr std::string_view kForgetComment = "DELETE FROM suggestions WHERE id = $1";

Query insert_of(const std::string& site, const Suggestion& s) {
  return {kInsert,
          {s.id, site, s.kind, s.language, s.topic, s.category, s.title, s.phrasing, s.text,
           s.author, s.at}};
}

}  // namespace

Written suggest_topic(Session& session, const std::string& request, const Suggestion& suggestion,
                      const Askers& askers, const std::string& actor) {
  return change_request(
      session, request, [&](Held& held, std::vector<Query>& queries) -> Result<Outcome> {
        if (held.is_gone()) return Outcome::kErased;
        const Result<Rows> known = session.run(Query{kKnown, {suggestion.id}});
        if (!known.ok()) return known.error();
        if (!known->empty()) return Outcome::kReplayed;
        queries.push_back(insert_of(held.site, suggestion));
        queries.push_back({kInsertAsker, {suggestion.id, request, held.site}});
        for (const std::string& asker : askers)
          queries.push_back({kInsertAsker, {suggestion.id, asker, held.site}});
        queries.push_back(
            next_change(held.row, held.site, "suggested", request, suggestion.at, actor));
        return Outcome::kStored;
      });
}

Written judge_comment(Session& session, const std::string& request, const Approval& approval) {
  return change_request(
      session, request, [&](Held& held, std::vector<Query>& queries) -> Result<Outcome> {
        if (held.is_gone()) return Outcome::kErased;
        const Result<Rows> comment = session.run(Query{kComment, {request}});
        if (!comment.ok()) return comment.error();
        const std::vector<std::string>& c = comment->at(0);
        if (c[0] != "comment" || held.status != statuses::kWaiting) return Outcome::kRefused;
        if (approval.is_approved)
          queries.push_back(
              insert_of(held.site,
                        {request, "comment", c[2], c[1], {}, {}, {}, c[4], c[3], approval.at, {}}));
        queries.push_back({kSetStatus, {std::string(statuses::kClosed), approval.now, request}});
        queries.push_back(next_change(held.row, held.site,
                                      approval.is_approved ? "approved" : "declined", request,
                                      approval.at, approval.actor));
        return Outcome::kStored;
      });
}

void read_suggestions(Store& store, const std::string& site,
                      std::function<void(Result<std::vector<Suggestion>>)> done) {
  store.ask({{kOpen, {site, static_cast<std::int64_t>(kMostSuggestions)}}},
            [done = std::move(done)](const Result<std::vector<Rows>>& rows) {
              if (!rows.ok()) return done(rows.error());
              std::vector<Suggestion> all;
              for (const auto& c : rows->front())
                all.push_back({c[0], c[1], c[2], c[3], c[4], c[5], c[6], c[7], c[8], c[9], c[10]});
              done(std::move(all));
            });
}

Written settle_suggestion(Session& session, const std::string& site, const std::string& id,
                          const std::string& state, const std::string& topic) {
  return transact(session, [&]() -> Result<Outcome> {
    const Result<Rows> settled = session.run(Query{kSettle, {state, topic, id, site}});
    if (!settled.ok()) return settled.error();
    return settled->empty() ? Outcome::kMissing : Outcome::kStored;
  });
}

Query read_taken(const std::string& site) {
  return {kTaken, {site}};
}

Query read_untold(const std::string& suggestion) {
  return {kUntold, {suggestion, static_cast<std::int64_t>(kMostAskers)}};
}

std::vector<Untold> untold_of(const Rows& rows) {
  std::vector<Untold> all;
  all.reserve(rows.size());
  for (const auto& c : rows) all.push_back({c[0], c[1], c[2], c[3]});
  return all;
}

Written set_told(Session& session, const Untold& untold) {
  return transact_all(
      session, {{kTold, {untold.suggestion, untold.request}}, {kAllTold, {untold.suggestion}}});
}

void append_forget_asker(std::vector<Query>& queries, const std::string& request) {
  queries.push_back({kForget, {request}});
  queries.push_back({kForgetComment, {request}});
}

}  // namespace askus::store
