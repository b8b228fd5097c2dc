#include "server-stub/store/people.h"

#include <algorithm>

#include "server-stub/store/site_row.h"
#include "server-stub/store/transaction.h"

namespace askus::store {
namespace {

constexpr std::string_view kJoin = "join", kPassword = "password";
constexpr std::string_view kAdministrator = "administrator";

constexpr std::string_view kLogIn =
    "SELECT p.id, p.password, p.one_time_secret, p.one_time_step, (SELECT count(*) FROM memberships"
    " m WHERE m.person = p.id AND m.active = 1) FROM people p WHERE p.email_key = $1";
constexpr std::string_view kSetProfile =
    "UPDATE people SET name = $1, position = $2, language = $3 WHERE id = $4";
constexpr std::string_view kSetPicture = "UPDATE people SET picture = $1 WHERE id = $2";
constexpr std::string_view kPutPicture =
    "INSERT INTO person_pictures (sha256, type, bytes) VALUES ($1, $2, $3)"
    " ON CONFLICT (sha256) DO NOTHING";
constexpr std::string_view kDropPictures =
    "DELETE FROM person_pictures WHERE NOT EXISTS"
    " (SELECT 1 FROM people WHERE people.picture = person_pictures.sha256)";
constexpr std::string_view kPicture = "SELECT type, bytes FROM person_pictures WHERE sha256 = $1";
constexpr std::string_view kPeople =
    "SELECT p.id, p.email, p.name, p.position, p.picture, p.language, CASE"
    " WHEN p.one_time_secret = '' THEN 0 ELSE 1 END, m.role, m.active FROM memberships m JOIN "
    "people p ON"
    " p.id = m.person WHERE m.site = $1 ORDER BY p.name, p.id";
constexpr std::string_view kCategories =
    "SELECT person, category FROM person_categories WHERE site = $1 ORDER BY person, category";

constexpr std::string_view kMember =
    "SELECT role, active FROM memberships WHERE site = $1 AND person = $2";
constexpr std::string_view kOthers =
    "SELECT person FROM memberships WHERE site = $1 AND person <> $2 AND active = 1 AND role ="
    " 'administrator'";
constexpr std::string_view kPutMember =
    "INSERT INTO memberships (site, person, role, active, since) VALUES ($1, $2, $3, $4, $5)"
    " ON CONFLICT (site, person) DO UPDATE SET role = excluded.role, active = excluded.active";
constexpr std::string_view kDropCategories =
    "DELETE FROM person_categories WHERE site = $1 AND person = $2";
constexpr std::string_view kPutCategory =
    "INSERT INTO person_categories (site, person, category) VALUES ($1, $2, $3)"
    " ON CONFLICT (site, person, category) DO NOTHING";
constexpr std::string_view kEndSessions = "DELETE FROM sessions WHERE person = $1";
constexpr std::string_view kInHand =
    "SELECT id FROM requests WHERE site = $1 AND assignee = $2 AND assignee <> ''"
    " AND status IN ('received', 'in-work', 'answered') ORDER BY number";
constexpr std::string_view kLetGo =
    "UPDATE requests SET assignee = '', status = CASE WHEN status = 'in-work' THEN 'received' ELSE"
    " status END WHERE id = $1";

constexpr std::string_view kDropEarlier = "DELETE FROM invitations WHERE site = $1 AND email = $2";
constexpr std::string_view kWaiting =
    "SELECT count(*) FROM invitations WHERE site = $1 AND expires_at > $2";
constexpr std::string_view kInvite =
    "INSERT INTO invitations (hash, kind, site, email, role, categories, inviter, created_at,"
    " expires_at) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)";
constexpr std::string_view kInvitation =
    "SELECT hash, kind, site, email, role, categories, inviter, created_at, expires_at FROM"
    " invitations WHERE hash = $1 AND expires_at > $2";
constexpr std::string_view kInvitations =
    "SELECT hash, kind, site, email, role, categories, inviter, created_at, expires_at FROM"
    " invitations WHERE site = $1 AND expires_at > $2 ORDER BY created_at DESC, hash";
constexpr std::string_view kUse = "DELETE FROM invitations WHERE hash = $1 RETURNING hash";
constexpr std::string_view kWithdraw =
    "DELETE FROM invitations WHERE site = $1 AND hash = $2 RETURNING email";
constexpr std::string_view kByEmail = "SELECT id FROM people WHERE email_key = $1";
constexpr std::string_view kAddPerson =
    "INSERT INTO people (id, email, email_key, name, position, picture, language, password,"
    " one_time_secret, one_time_step, created_at) VALUES ($1, $2, $3, $4, $5, '', $6, $7, '', 0,"
    " $8)";
// Who has lost the telephone has lost the codes too: the operator's link is for both.
constexpr std::string_view kResetPassword =
    "UPDATE people SET password = $1, one_time_secret = '' WHERE id = $2";

std::vector<std::string> split(std::string_view text) {
  std::vector<std::string> parts;
  while (!text.empty()) {
    const std::size_t end = std::min(text.find(' '), text.size());
    if (end > 0) parts.emplace_back(text.substr(0, end));
    text.remove_prefix(std::min(text.size(), end + 1));
  }
  return parts;
}

std::string joined(const std::vector<std::string>& parts) {
  std::string text;
  for (const std::string& part : parts) text += (text.empty() ? "" : " ") + part;
  return text;
}

Invitation invitation_of(const std::vector<std::string>& c) {
  return {c[0],           c[1] == kJoin ? InvitationKind::kJoin : InvitationKind::kPassword,
          c[2],           c[3],
          c[4],           split(c[5]),
          c[6],           c[7],
          number_of(c[8])};
}

bool answers(const Membership& m) {
  return m.active && (m.role == "staff" || m.role == "lead" || m.role == kAdministrator);
}

// Whether somebody else who is active would be an administrator, if this one is one now.
Result<bool> keeps_administrator(Session& session, const Membership& m) {
  if (m.active && m.role == kAdministrator) return true;
  const Result<std::vector<Rows>> rows =
      session.run(std::vector<Query>{{kMember, {m.site, m.person}}, {kOthers, {m.site, m.person}}});
  if (!rows.ok()) return rows.error();
  const Rows& now = rows->front();
  const bool was = !now.empty() && now[0][0] == kAdministrator && number_of(now[0][1]) != 0;
  return !was || !rows->back().empty();
}

// Writes a membership while its site is held. Who does not answer any more lets go of what they had
// in hand: it is everybody's again, and its history says so.
Status append_membership(Session& session, std::vector<Query>& queries, SiteRow& site,
                         const Membership& m, const Act& act) {
  queries.push_back({kPutMember, {m.site, m.person, m.role, std::int64_t{m.active}, act.at}});
  queries.push_back({kDropCategories, {m.site, m.person}});
  for (const std::string& category : m.categories)
    queries.push_back({kPutCategory, {m.site, m.person, category}});
  if (answers(m)) return {};
  const Result<Rows> in_hand = session.run(Query{kInHand, {m.site, m.person}});
  if (!in_hand.ok()) return in_hand.error();
  for (const auto& c : *in_hand) {
    queries.push_back({kLetGo, {c[0]}});
    queries.push_back(next_change(site, m.site, "assigned", c[0], act.at, act.actor));
  }
  if (site.changed) queries.push_back(count_of(site, m.site));
  return {};
}

}  // namespace

std::string email_key(std::string_view email) {
  constexpr std::string_view kBlank = " \t\r\n";
  const std::size_t first = email.find_first_not_of(kBlank);
  if (first == std::string_view::npos) return {};
  email = email.substr(first, email.find_last_not_of(kBlank) - first + 1);
  std::string key(email);
  for (char& c : key) c = static_cast<char>(c >= 'A' && c <= 'Z' ? c + 32 : c);
  return key;
}

void find_log_in(Store& store, const std::string& email,
                 std::function<void(Result<std::optional<LogIn>>)> done) {
  store.ask({{kLogIn, {email_key(email)}}},
            [done = std::move(done)](const Result<std::vector<Rows>>& rows) {
              if (!rows.ok()) return done(rows.error());
              if (rows->front().empty()) return done(std::optional<LogIn>());
              const auto& c = rows->front()[0];
              done(std::optional(LogIn{c[0], c[1], c[2], number_of(c[3]), number_of(c[4]) > 0}));
            });
}

void set_profile(Store& store, const std::string& person, Profile profile, Act act,
                 Store::Done done) {
  transact(
      store,
      [person, profile = std::move(profile), act = std::move(act)](Session& session) {
        return run_all(session,
                       {{kSetProfile, {profile.name, profile.position, profile.language, person}},
                        insert_of(act)});
      },
      std::move(done));
}

void set_picture(Store& store, const std::string& person, std::string sha256, std::string type,
                 std::string bytes, Act act, Store::Done done) {
  transact(
      store,
      [person, sha256 = std::move(sha256), type = std::move(type), bytes = std::move(bytes),
       act = std::move(act)](Session& session) {
        return run_all(session, {{kPutPicture, {sha256, type, Blob{bytes}}},
                                 {kSetPicture, {sha256, person}},
                                 {kDropPictures},
                                 insert_of(act)});
      },
      std::move(done));
}

void find_picture(Store& store, const std::string& sha256,
                  std::function<void(FoundAttachment)> done) {
  store.ask({{kPicture, {sha256}}},
            [done = std::move(done)](const Result<std::vector<Rows>>& rows) {
              if (!rows.ok()) return done(rows.error());
              if (rows->front().empty()) return done(std::optional<AttachmentBytes>());
              const auto& c = rows->front()[0];
              done(std::optional(AttachmentBytes{c[0], c[1]}));
            });
}

void read_people(Store& store, const std::string& site, std::function<void(Colleagues)> done) {
  store.ask({{kPeople, {site}}, {kCategories, {site}}},
            [site, done = std::move(done)](const Result<std::vector<Rows>>& rows) {
              if (!rows.ok()) return done(rows.error());
              std::vector<Colleague> people;
              for (const auto& c : rows->front()) {
                Colleague one{{c[0], c[1], c[2], c[3], c[4], c[5], number_of(c[6]) != 0},
                              {site, c[0], c[7], number_of(c[8]) != 0, {}}};
                for (const auto& of : rows->back())
                  if (of[0] == c[0]) one.membership.categories.push_back(of[1]);
                people.push_back(std::move(one));
              }
              done(std::move(people));
            });
}

void set_membership(Store& store, Membership membership, Act act, Store::Done done) {
  transact(
      store,
      [m = std::move(membership), act = std::move(act)](Session& session) -> Result<Outcome> {
        // Two who take each other's right away wait for each other here.
        Result<SiteRow> held = hold_site(session, m.site);
        if (!held.ok()) return held.error();
        const Result<Rows> now = session.run(Query{kMember, {m.site, m.person}});
        if (!now.ok()) return now.error();
        if (now->empty()) return Outcome::kMissing;
        const Result<bool> keeps = keeps_administrator(session, m);
        if (!keeps.ok()) return keeps.error();
        if (!*keeps) return Outcome::kRefused;
        std::vector<Query> queries;
        if (const Status put = append_membership(session, queries, *held, m, act); !put.ok())
          return put.error();
        queries.push_back({kEndSessions, {m.person}});
        queries.push_back(insert_of(act));
        return run_all(session, queries);
      },
      std::move(done));
}

void invite(Store& store, Invitation invitation, std::int64_t now, Act act, Store::Done done) {
  transact(
      store,
      [i = std::move(invitation), now, act = std::move(act)](Session& session) -> Result<Outcome> {
        const bool joins = i.kind == InvitationKind::kJoin;
        const Result<std::vector<Rows>> known = session.run(
            std::vector<Query>{{kByEmail, {email_key(i.email)}}, {kWaiting, {i.site, now}}});
        if (!known.ok()) return known.error();
        if (!joins && known->front().empty()) return Outcome::kMissing;
        if (number_of(known->back()[0][0]) >= kMostInvitations) return Outcome::kFull;
        return run_all(session,
                       {{kDropEarlier, {i.site, i.email}},
                        {kInvite,
                         {i.hash, std::string(joins ? kJoin : kPassword), i.site, i.email, i.role,
                          joined(i.categories), i.inviter, i.created_at, i.expires_at}},
                        insert_of(act)});
      },
      std::move(done));
}

void find_invitation(Store& store, const std::string& hash, std::int64_t now,
                     std::function<void(Result<std::optional<Invitation>>)> done) {
  store.ask({{kInvitation, {hash, now}}},
            [&store, done = std::move(done)](const Result<std::vector<Rows>>& rows) {
              if (!rows.ok()) return done(rows.error());
              if (rows->front().empty()) return done(std::optional<Invitation>());
              Invitation found = invitation_of(rows->front()[0]);
              const std::string key = email_key(found.email);
              store.ask({{kByEmail, {key}}}, [found = std::move(found), done](
                                                 const Result<std::vector<Rows>>& people) mutable {
                if (!people.ok()) return done(people.error());
                found.known = !people->front().empty();
                done(std::optional(std::move(found)));
              });
            });
}

void read_invitations(Store& store, const std::string& site, std::int64_t now,
                      std::function<void(Result<std::vector<Invitation>>)> done) {
  store.ask({{kInvitations, {site, now}}},
            [done = std::move(done)](const Result<std::vector<Rows>>& rows) {
              if (!rows.ok()) return done(rows.error());
              std::vector<Invitation> all;
              for (const auto& row : rows->front()) all.push_back(invitation_of(row));
              done(std::move(all));
            });
}

void withdraw_invitation(Store& store, const std::string& site, const std::string& hash, Act act,
                         Store::Done done) {
  transact(
      store,
      [site, hash, act = std::move(act)](Session& session) mutable -> Result<Outcome> {
        const Result<Rows> gone = session.run(Query{kWithdraw, {site, hash}});
        if (!gone.ok()) return gone.error();
        if (gone->empty()) return Outcome::kMissing;
        act.subject = (*gone)[0][0];
        return run_all(session, {insert_of(act)});
      },
      std::move(done));
}

void accept_invitation(Store& store, Acceptance acceptance, Act act, Store::Done done) {
  transact(
      store,
      [a = std::move(acceptance),
       act = std::move(act)](Session& session) mutable -> Result<Outcome> {
        const Result<Rows> found = session.run(Query{kInvitation, {a.hash, a.now}});
        if (!found.ok()) return found.error();
        if (found->empty()) return Outcome::kMissing;
        const Invitation i = invitation_of((*found)[0]);
        const Result<Rows> known = session.run(Query{kByEmail, {email_key(i.email)}});
        if (!known.ok()) return known.error();
        const std::string person = known->empty() ? a.person.id : (*known)[0][0];
        // Somebody has taken the address, or given it up, since it was looked at.
        const bool joins = i.kind == InvitationKind::kJoin;
        if (known->empty() ? !joins || a.password.empty() : joins && !a.password.empty())
          return Outcome::kRefused;
        act.site = i.site;
        act.actor = person;
        act.subject = i.email;
        Result<SiteRow> held = hold_site(session, i.site);
        if (!held.ok()) return held.error();
        const Membership m{i.site, person, i.role, true, i.categories};
        const Result<bool> keeps = joins ? keeps_administrator(session, m) : Result<bool>(true);
        if (!keeps.ok()) return keeps.error();
        if (!*keeps) return Outcome::kRefused;
        // Of several who use it at once the row is gone for all but one.
        const Result<Rows> used = session.run(Query{kUse, {a.hash}});
        if (!used.ok()) return used.error();
        if (used->empty()) return Outcome::kMissing;
        std::vector<Query> queries;
        if (known->empty())
          queries.push_back({kAddPerson,
                             {person, i.email, email_key(i.email), a.person.name, a.person.position,
                              a.person.language, a.password, act.at}});
        else if (!joins)
          queries.push_back({kResetPassword, {a.password, person}});
        if (joins)
          if (const Status put = append_membership(session, queries, *held, m, act); !put.ok())
            return put.error();
        queries.push_back({kEndSessions, {person}});
        queries.push_back(insert_of(act));
        return run_all(session, queries);
      },
      std::move(done));
}

}  // namespace askus::store
