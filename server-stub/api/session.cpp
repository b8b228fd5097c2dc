#include "server-stub/api/session.h"

#include "server-stub/account/one_time.h"
#include "server-stub/account/password.h"
#include "server-stub/account/ticket.h"
#include "server-stub/api/answers.h"
#include "server-stub/api/fields.h"
#include "server-stub/http/problem.h"

namespace askus::api {
namespace {

using http::problem;
namespace problems = http::problems;
using nlohmann::json;
using RequestPtr = std::shared_ptr<const http::Request>;

// One try to log in.
struct Try {
  RequestPtr request;
  http::Reply reply;
  std::string email, password, code;
};

http::Response refused() {
  // The same words whatever was wrong.
  return problem(problems::kBadLogIn, "the address, the password or the code is not right");
}

// The password is right: the code, where the account has codes, and the session.
void enter(App& app, const Try& t, const store::LogIn& who) {
  std::int64_t step = 0;
  if (!who.one_time_secret.empty()) {
    if (t.code.empty()) {
      app.log_ins.right(t.request->client, t.email);
      return t.reply(problem(problems::kCodeNeeded, "the same again with a code"));
    }
    const auto secret = account::open_secret(app.secret, who.person, who.one_time_secret);
    const auto used =
        secret ? account::code_step(*secret, t.code, app.clock(), who.one_time_step) : std::nullopt;
    if (!used) {
      store::record(*app.store,
                    act_of(app, *t.request, who.person, "log-in-refused", "one-time code"));
      return t.reply(refused());
    }
    step = *used;
  }
  const std::string ticket = account::new_ticket();
  const std::string before = ticket_of(*t.request);
  store::NewSession session{account::ticket_hash(ticket), who.person, app.clock()};
  store::begin_session(
      *app.store, session, account::ticket_hash(before), step,
      act_of(app, *t.request, who.person, "log-in"),
      [&app, t, ticket](const store::Written& written) {
        if (written.outcome == store::Outcome::kRefused) return t.reply(refused());
        if (written.outcome != store::Outcome::kStored)
          return t.reply(failure_of(app, t.request->id, written.outcome, written.text));
        app.log_ins.right(t.request->client, t.email);
        t.reply(std::move(no_content().with("Set-Cookie", session_cookie(*t.request, ticket))));
      });
}

void log_in(App& app, const RequestPtr& request, const http::Reply& reply) {
  Fields fields(*request);
  Try t{request, reply, store::email_key(fields.text("email", kMaxEmail)),
        fields.text("password", account::kMaxPassword, Fields::Need::kRequired,
                    Fields::Kind::kSecret),
        fields.text("code", 16, Fields::Need::kOptional)};
  if (auto refusal = fields.refusal()) return reply(std::move(*refusal));
  if (const auto wait = app.log_ins.take(request->client, t.email))
    return reply(std::move(problem(problems::kRateLimited, "too many wrong tries")
                               .with("Retry-After", std::to_string(wait->count()))));
  store::find_log_in(*app.store, t.email, [&app, t](Result<std::optional<store::LogIn>> found) {
    if (!found.ok()) return t.reply(problem(problems::kBusy, "the store does not answer"));
    // Somebody who is nowhere active takes as long as somebody who is nowhere.
    const bool known = found->has_value() && (*found)->active;
    const store::LogIn who = known ? **found : store::LogIn();
    check_password_later(app, t.password, who.password, t.reply, [&app, t, who](bool right) {
      if (right) return enter(app, t, who);
      if (!who.person.empty())
        store::record(*app.store,
                      act_of(app, *t.request, who.person, "log-in-refused", "password"));
      t.reply(refused());
    });
  });
}

http::Handler ending(App& app, bool everywhere) {
  return [&app, everywhere](const RequestPtr& request, const http::Reply& reply) {
    const Principal& who = principal_of(*request);
    const auto done = [&app, request, reply](const store::Written& written) {
      if (written.outcome != store::Outcome::kStored)
        return reply(failure_of(app, request->id, written.outcome, written.text));
      reply(std::move(no_content().with("Set-Cookie", no_session_cookie(*request))));
    };
    if (everywhere)
      store::end_sessions(*app.store, who.person.id,
                          act_of(app, *request, who.name, "log-out-everywhere"), done);
    else
      store::end_session(*app.store, who.session, act_of(app, *request, who.name, "log-out"), done);
  };
}

}  // namespace

void check_password_later(App& app, std::string password, std::string hash,
                          const http::Reply& reply, const std::function<void(bool)>& done) {
  const bool taken =
      app.passwords.push([password = std::move(password), hash = std::move(hash), done] {
        done(hash.empty() ? account::check_no_password(password)
                          : account::check_password(password, hash));
      });
  if (!taken) reply(problem(problems::kBusy, "too many log in at once"));
}

void hash_password_later(App& app, std::string password, const http::Reply& reply,
                         const std::function<void(std::string)>& done) {
  const bool taken = app.passwords.push([password = std::move(password), done] {
    done(password.empty() ? std::string() : account::hash_password(password));
  });
  if (!taken) reply(problem(problems::kBusy, "too many log in at once"));
}

http::Response who_answer(const App& app, const store::Person& person,
                          const std::vector<store::Membership>& memberships) {
  json sites = json::array();
  for (const store::Membership& m : memberships) {
    const auto role = account::person_role(m.role);
    if (!role || app.site(m.site) == nullptr) continue;
    json rights = json::array();
    for (std::size_t i = 0; i < account::kRights; ++i)
      if (account::may(*role, static_cast<account::Right>(i)))
        rights.push_back(account::name_of(static_cast<account::Right>(i)));
    sites.push_back({{"site", m.site},
                     {"role", m.role},
                     {"rights", std::move(rights)},
                     {"categories", m.categories}});
  }
  return json_response(200, json{{"id", person.id},
                                 {"email", person.email},
                                 {"name", person.name},
                                 {"position", person.position},
                                 {"picture", person.picture},
                                 {"language", person.language},
                                 {"one_time_codes", person.one_time_codes},
                                 {"sites", std::move(sites)}}
                                .dump());
}

void add_session_routes(App& app, http::Router& router) {
  const std::string path = "/v1/session";
  add_for_own_pages(app, router,
                    {"POST", path, kFieldsBody, {}, [&app](const auto& request, const auto& reply) {
                       log_in(app, request, reply);
                     }});
  add_for_people(app, router,
                 {"GET", path, 0, {}, [&app](const RequestPtr& request, const auto& reply) {
                    const Principal& who = principal_of(*request);
                    reply(who_answer(app, who.person, who.memberships));
                  }});
  add_for_people(app, router, {"DELETE", path, 0, {}, ending(app, false)});
  add_for_people(app, router, {"DELETE", "/v1/sessions", 0, {}, ending(app, true)});
}

}  // namespace askus::api
