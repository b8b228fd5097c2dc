#include "server-stub/store/sessions.h"

#include "server-stub/store/transaction.h"

namespace askus::store {
namespace {

constexpr std::string_view kFind =
    "SELECT p.id, p.email, p.name, p.position, p.picture, p.language, CASE WHEN p.one_time_secret"
    " = '' THEN 0 ELSE 1 END, s.created_at, s.seen_at FROM sessions s JOIN people p ON"
    " p.id = s.person WHERE s.hash = $1 AND s.expires_at > $2 AND s.seen_at > $3";
constexpr std::string_view kMemberships =
    "SELECT m.site, m.person, m.role FROM sessions s JOIN memberships m ON m.person = s.person"
    " WHERE s.hash = $1 AND m.active = 1 ORDER BY m.site";
constexpr std::string_view kCategories =
    "SELECT c.site, c.category FROM sessions s JOIN person_categories c ON c.person = s.person"
    " WHERE s.hash = $1 ORDER BY c.site, c.category";
constexpr std::string_view kNote = "UPDATE sessions SET seen_at = $1 WHERE hash = $2";
constexpr std::string_view kBegin =
    "INSERT INTO sessions (hash, person, created_at, seen_at, expires_at)"
    " VALUES ($1, $2, $3, $4, $5)";
constexpr std::string_view kEnd = "DELETE FROM sessions WHERE hash = $1";
constexpr std::string_view kEndAll = "DELETE FROM sessions WHERE person = $1";
constexpr std::string_view kUseStep =
    "UPDATE people SET one_time_step = $1 WHERE id = $2 AND one_time_step < $3 RETURNING id";
constexpr std::string_view kSetPassword = "UPDATE people SET password = $1 WHERE id = $2";
constexpr std::string_view kSetSecret =
    "UPDATE people SET one_time_secret = $1, one_time_step = $2 WHERE id = $3";
constexpr std::string_view kSweepSessions = "DELETE FROM sessions WHERE expires_at <= $1";
constexpr std::string_view kSweepInvitations = "DELETE FROM invitations WHERE expires_at <= $1";
constexpr std::string_view kSweepOpenings = "DELETE FROM openings WHERE until <= $1";

Query begin_of(const NewSession& s) {
  return {kBegin, {s.hash, s.person, s.now, s.now, s.now + kSessionLife}};
}

// One transaction of these queries.
void change(Store& store, std::vector<Query> queries, Store::Done done) {
  store.change(
      [queries = std::move(queries)](Session& session) { return transact_all(session, queries); },
      std::move(done));
}

}  // namespace

void find_session(Store& store, const std::string& hash, std::int64_t now,
                  std::function<void(Result<std::optional<FoundSession>>)> done) {
  store.ask(
      {{kFind, {hash, now, now - kSessionIdle}}, {kMemberships, {hash}}, {kCategories, {hash}}},
      [done = std::move(done)](const Result<std::vector<Rows>>& rows) {
        if (!rows.ok()) return done(rows.error());
        const Rows& person = rows->at(0);
        const Rows& memberships = rows->at(1);
        if (person.empty() || memberships.empty()) return done(std::optional<FoundSession>());
        const auto& c = person[0];
        FoundSession found{{c[0], c[1], c[2], c[3], c[4], c[5], number_of(c[6]) != 0},
                           {},
                           number_of(c[7]),
                           number_of(c[8])};
        for (const auto& m : memberships) {
          Membership& one = found.memberships.emplace_back(Membership{m[0], m[1], m[2], true, {}});
          for (const auto& of : rows->at(2))
            if (of[0] == one.site) one.categories.push_back(of[1]);
        }
        done(std::optional(std::move(found)));
      });
}

void note_session(Store& store, const std::string& hash, std::int64_t now) {
  change(store, {{kNote, {now, hash}}}, [](const Written&) {});
}

void begin_session(Store& store, NewSession session, std::string before, std::int64_t one_time_step,
                   Act act, Store::Done done) {
  transact(
      store,
      [s = std::move(session), before = std::move(before), one_time_step,
       act = std::move(act)](Session& db) -> Result<Outcome> {
        if (one_time_step > 0) {
          const Result<Rows> used =
              db.run(Query{kUseStep, {one_time_step, s.person, one_time_step}});
          if (!used.ok()) return used.error();
          if (used->empty()) return Outcome::kRefused;
        }
        return run_all(db, {{kEnd, {before}}, begin_of(s), insert_of(act)});
      },
      std::move(done));
}

void end_session(Store& store, const std::string& hash, const Act& act, Store::Done done) {
  change(store, {{kEnd, {hash}}, insert_of(act)}, std::move(done));
}

void end_sessions(Store& store, const std::string& person, const Act& act, Store::Done done) {
  change(store, {{kEndAll, {person}}, insert_of(act)}, std::move(done));
}

void set_protection(Store& store, const Protection& p, const NewSession& session, const Act& act,
                    Store::Done done) {
  std::vector<Query> queries;
  if (p.password) queries.push_back({kSetPassword, {*p.password, session.person}});
  if (p.one_time_secret)
    queries.push_back({kSetSecret, {*p.one_time_secret, p.one_time_step, session.person}});
  queries.push_back({kEndAll, {session.person}});
  queries.push_back(begin_of(session));
  queries.push_back(insert_of(act));
  change(store, std::move(queries), std::move(done));
}

Query sweep_sessions(std::int64_t now) {
  return {kSweepSessions, {now}};
}

Query sweep_invitations(std::int64_t now) {
  return {kSweepInvitations, {now}};
}

Query sweep_openings(std::int64_t now) {
  return {kSweepOpenings, {now}};
}

}  // namespace askus::store
