#include "server-stub/api/team.h"

#include <algorithm>

#include "server-stub/account/ticket.h"
#include "server-stub/api/answers.h"
#include "server-stub/api/fields.h"
#include "server-stub/api/session.h"
#include "server-stub/http/problem.h"
#include "shared/request/request.h"
#include "shared/request/uuid.h"

namespace askus::api {
namespace {

using account::Right;
using http::problem;
namespace problems = http::problems;
using nlohmann::json;

constexpr std::size_t kMostCategories = 100, kMaxCategory = 100;
const std::vector<std::string_view> kPersonRoles{"staff", "lead", "marketer", "administrator"};

// Colleagues see who there is; what protects an account and where it is reached, who manages it.
json colleague_json(const store::Colleague& one, bool manages) {
  json row{{"id", one.person.id},
           {"name", one.person.name},
           {"position", one.person.position},
           {"picture", one.person.picture},
           {"role", one.membership.role},
           {"active", one.membership.active},
           {"categories", one.membership.categories}};
  if (manages) {
    row["email"] = one.person.email;
    row["one_time_codes"] = one.person.one_time_codes;
  }
  return row;
}

void get_people(App& app, const RequestPtr& request, const http::Reply& reply) {
  const auto role = principal_of(*request).role;
  const bool manages = role && account::may(*role, Right::kManage);
  store::read_people(*app.store, request->args[0],
                     [reply, manages](const store::Colleagues& people) {
                       if (!people.ok())
                         return reply(problem(problems::kBusy, "the store does not answer"));
                       json list = json::array();
                       for (const store::Colleague& one : *people)
                         if (manages || one.membership.active)
                           list.push_back(colleague_json(one, manages));
                       reply(json_response(200, list.dump()));
                     });
}

std::vector<std::string> read_categories(Fields& fields) {
  std::vector<std::string> all = fields.list("categories", kMostCategories, kMaxCategory);
  for (const std::string& one : all)
    if (one.empty() || one.find(' ') != std::string::npos)
      fields.fail("categories", "has what is no category's id");
  return all;
}

void put_person(App& app, const RequestPtr& request, const http::Reply& reply) {
  Fields fields(*request);
  store::Membership m{request->args[0], request->args[1], fields.one_of("role", kPersonRoles),
                      fields.flag("active", true), read_categories(fields)};
  if (auto refusal = fields.refusal()) return reply(std::move(*refusal));
  const std::string what = m.person + " " + m.role + (m.active ? "" : " inactive");
  store::set_membership(
      *app.store, std::move(m),
      act_of(app, *request, principal_of(*request).name, "set-person", what, request->args[0]),
      [&app, request, reply](const store::Written& written) {
        if (written.outcome == store::Outcome::kRefused)
          return reply(problem(problems::kLastAdministrator, "make somebody else one before"));
        if (written.outcome == store::Outcome::kMissing)
          return reply(problem(problems::kNotFound, "nobody of that id is at the site"));
        if (written.outcome != store::Outcome::kStored)
          return reply(failure_of(app, request->id, written.outcome, written.text));
        app.live->poke();  // of what they had in hand
        reply(json_response(200, json::object()));
      });
}

json invitation_json(const store::Invitation& i) {
  return {{"id", i.hash},
          {"email", i.email},
          {"role", i.role},
          {"categories", i.categories},
          {"inviter", i.inviter},
          {"created_at", i.created_at},
          {"expires_at", store::utc_text(i.expires_at)}};
}

void post_invitation(App& app, const RequestPtr& request, const http::Reply& reply) {
  Fields fields(*request);
  const std::string email = store::email_key(fields.text("email", kMaxEmail));
  if (!email.empty() && !request::is_email(email)) fields.fail("email", "is not an address");
  const std::string role = fields.one_of("role", kPersonRoles);
  std::vector<std::string> categories = read_categories(fields);
  if (auto refusal = fields.refusal()) return reply(std::move(*refusal));
  const std::string ticket = account::new_ticket();
  const std::int64_t now = app.clock();
  const std::string& who = principal_of(*request).name;
  store::Invitation invitation{account::ticket_hash(ticket),
                               store::InvitationKind::kJoin,
                               request->args[0],
                               email,
                               role,
                               std::move(categories),
                               who,
                               store::utc_text(now),
                               now + kInvitationLife,
                               false};
  json answer = invitation_json(invitation);
  answer["link"] = invitation_path(ticket);
  store::invite(*app.store, std::move(invitation), now,
                act_of(app, *request, who, "invite", email + " " + role, request->args[0]),
                [&app, request, reply, text = answer.dump()](const store::Written& written) {
                  if (written.outcome == store::Outcome::kFull)
                    return reply(problem(problems::kRateLimited, "too many invitations wait"));
                  if (written.outcome != store::Outcome::kStored)
                    return reply(failure_of(app, request->id, written.outcome, written.text));
                  reply(json_response(201, text));
                });
}

void get_invitations(App& app, const RequestPtr& request, const http::Reply& reply) {
  store::read_invitations(*app.store, request->args[0], app.clock(),
                          [reply](const Result<std::vector<store::Invitation>>& all) {
                            if (!all.ok())
                              return reply(problem(problems::kBusy, "the store does not answer"));
                            json list = json::array();
                            for (const store::Invitation& one : *all)
                              list.push_back(invitation_json(one));
                            reply(json_response(200, list.dump()));
                          });
}

void delete_invitation(App& app, const RequestPtr& request, const http::Reply& reply) {
  store::withdraw_invitation(
      *app.store, request->args[0], request->args[1],
      act_of(app, *request, principal_of(*request).name, "withdraw-invitation", {},
             request->args[0]),
      [&app, request, reply](const store::Written& written) {
        if (written.outcome == store::Outcome::kMissing)
          return reply(problem(problems::kBadInvitation, "there is none of that id"));
        if (written.outcome != store::Outcome::kStored)
          return reply(failure_of(app, request->id, written.outcome, written.text));
        reply(no_content());
      });
}

void get_audit(App& app, const RequestPtr& request, const http::Reply& reply) {
  const std::string before = http::query_value(request->query, "before");
  if (!before.empty() && !request::is_uuid7(before))
    return reply(problem(problems::kBadQuery, "before is the id of an act"));
  store::read_acts(*app.store, request->args[0], before, store::kMostActs,
                   [reply](const Result<std::vector<store::Act>>& acts) {
                     if (!acts.ok())
                       return reply(problem(problems::kBusy, "the store does not answer"));
                     json list = json::array();
                     for (const store::Act& act : *acts)
                       list.push_back({{"id", act.id},
                                       {"at", act.at},
                                       {"actor", act.actor},
                                       {"action", act.action},
                                       {"subject", act.subject},
                                       {"address", act.address}});
                     reply(json_response(200, list.dump()));
                   });
}

}  // namespace

std::string invitation_path(std::string_view ticket) {
  return "/staff#invitation=" + std::string(ticket);
}

void add_team_routes(App& app, http::Router& router) {
  const auto add = [&](Right right, const char* method, const char* path, std::size_t body,
                       Work work) { add_site_route(app, router, right, method, path, body, work); };
  add(Right::kAnswer, "GET", "people", 0, get_people);
  add(Right::kManage, "PUT", "people/{person}", kFieldsBody, put_person);
  add(Right::kManage, "GET", "invitations", 0, get_invitations);
  add(Right::kManage, "POST", "invitations", kFieldsBody, post_invitation);
  add(Right::kManage, "DELETE", "invitations/{invitation}", 0, delete_invitation);
  add(Right::kAudit, "GET", "audit", 0, get_audit);
}

}  // namespace askus::api
