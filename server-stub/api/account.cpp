#include "server-stub/api/account.h"

#include "server-stub/account/one_time.h"
#include "server-stub/account/password.h"
#include "server-stub/account/ticket.h"
#include "server-stub/api/answers.h"
#include "server-stub/api/fields.h"
#include "server-stub/api/session.h"
#include "server-stub/http/problem.h"
#include "server-stub/picture/picture.h"
#include "server-stub/publish/signature.h"

namespace askus::api {
namespace {

using http::problem;
namespace problems = http::problems;
using nlohmann::json;
using Need = Fields::Need;
using Kind = Fields::Kind;

constexpr std::size_t kMaxTicket = 64, kMaxCode = 16, kMaxSecret = 64;
// Of the staff's pages: web/staff/texts.
const std::vector<std::string_view> kLanguages{"uk", "ru", "en"};

// 204, or what went wrong.
store::Store::Done answer(App& app, const RequestPtr& request, const http::Reply& reply) {
  return [&app, id = request->id, reply](const store::Written& written) {
    reply(written.outcome == store::Outcome::kStored
              ? no_content()
              : failure_of(app, id, written.outcome, written.text));
  };
}

void put_profile(App& app, const RequestPtr& request, const http::Reply& reply) {
  Fields fields(*request);
  store::Profile profile{fields.text("name", kMaxPersonName),
                         fields.text("position", kMaxPosition, Need::kOptional),
                         fields.one_of("language", kLanguages)};
  if (auto refusal = fields.refusal()) return reply(std::move(*refusal));
  const Principal& who = principal_of(*request);
  store::set_profile(*app.store, who.person.id, std::move(profile),
                     act_of(app, *request, who.name, "profile"), answer(app, request, reply));
}

// The caller's password, asked again before what protects the account is changed. Counted as a try
// to log in.
void with_password(App& app, const RequestPtr& request, const http::Reply& reply,
                   std::string password, std::function<void(const store::LogIn&)> done) {
  const std::string email = store::email_key(principal_of(*request).person.email);
  if (const auto wait = app.log_ins.take(request->client, email))
    return reply(std::move(problem(problems::kRateLimited, "too many wrong tries")
                               .with("Retry-After", std::to_string(wait->count()))));
  store::find_log_in(
      *app.store, email,
      [&app, request, reply, email, password = std::move(password),
       done = std::move(done)](Result<std::optional<store::LogIn>> found) {
        if (!found.ok() || !found->has_value())
          return reply(problem(problems::kBusy, "the store does not answer"));
        const store::LogIn who = **found;
        check_password_later(
            app, password, who.password, reply,
            [&app, request, reply, email, who, done](bool right) {
              if (!right)
                return reply(problem(problems::kBadLogIn, "the present password is not right"));
              app.log_ins.right(request->client, email);
              done(who);
            });
      });
}

// Sets what protects the account, and gives the browser its new session.
void protect(App& app, const RequestPtr& request, const http::Reply& reply,
             const store::Protection& protection, std::string_view action) {
  const Principal& who = principal_of(*request);
  const std::string ticket = account::new_ticket();
  store::set_protection(
      *app.store, protection, {account::ticket_hash(ticket), who.person.id, app.clock()},
      act_of(app, *request, who.name, action),
      [&app, request, reply, ticket](const store::Written& written) {
        if (written.outcome != store::Outcome::kStored)
          return reply(failure_of(app, request->id, written.outcome, written.text));
        reply(std::move(no_content().with("Set-Cookie", session_cookie(*request, ticket))));
      });
}

void put_password(App& app, const RequestPtr& request, const http::Reply& reply) {
  Fields fields(*request);
  std::string before =
      fields.text("password", account::kMaxPassword, Need::kRequired, Kind::kSecret);
  std::string next =
      fields.text("new_password", account::kMaxPassword, Need::kRequired, Kind::kSecret);
  if (!next.empty() && !account::is_good_password(next, principal_of(*request).person.email))
    fields.fail("new_password", "at least " + std::to_string(account::kMinPassword) +
                                    " characters, and not all the same");
  if (auto refusal = fields.refusal()) return reply(std::move(*refusal));
  with_password(app, request, reply, std::move(before),
                [&app, request, reply, next](const store::LogIn&) {
                  hash_password_later(app, next, reply, [&app, request, reply](std::string hash) {
                    protect(app, request, reply, {std::move(hash), std::nullopt, 0}, "password");
                  });
                });
}

// A fresh secret for the page to show; nothing is stored before a code of it has come back.
void post_code_secret(App& app, const RequestPtr& request, const http::Reply& reply) {
  const Principal& who = principal_of(*request);
  const std::string secret = account::new_one_time_secret();
  const std::string host(request->headers.get("Host"));
  reply(json_response(200,
                      json{{"secret", secret},
                           {"address", account::one_time_address(secret, who.person.email, host)},
                           // So that what comes back is what was given out, and to whom.
                           {"sealed", account::seal_secret(app.secret, who.person.id, secret)}}
                          .dump()));
}

void put_codes(App& app, const RequestPtr& request, const http::Reply& reply) {
  Fields fields(*request);
  std::string password =
      fields.text("password", account::kMaxPassword, Need::kRequired, Kind::kSecret);
  const std::string sealed = fields.text("sealed", 4 * kMaxSecret);
  const std::string code = fields.text("code", kMaxCode);
  if (auto refusal = fields.refusal()) return reply(std::move(*refusal));
  const auto secret = account::open_secret(app.secret, principal_of(*request).person.id, sealed);
  const auto step = secret ? account::code_step(*secret, code, app.clock(), 0) : std::nullopt;
  if (!step) {
    fields.fail("code", "is not the secret's code of now");
    return reply(std::move(*fields.refusal()));
  }
  with_password(app, request, reply, std::move(password),
                [&app, request, reply, sealed, step](const store::LogIn&) {
                  protect(app, request, reply, {std::nullopt, sealed, *step}, "codes-on");
                });
}

void delete_codes(App& app, const RequestPtr& request, const http::Reply& reply) {
  Fields fields(*request);
  std::string password =
      fields.text("password", account::kMaxPassword, Need::kRequired, Kind::kSecret);
  if (auto refusal = fields.refusal()) return reply(std::move(*refusal));
  with_password(
      app, request, reply, std::move(password), [&app, request, reply](const store::LogIn& who) {
        protect(app, request, reply, {std::nullopt, std::string(), who.one_time_step}, "codes-off");
      });
}

void put_picture(App& app, const RequestPtr& request, const http::Reply& reply) {
  const Result<picture::Picture> found = picture::read_header(request->body);
  if (!found.ok())
    return reply(problem(problems::kUnsupportedMediaType, "the body " + found.error().text));
  if (found->width > kMaxPictureSide || found->height > kMaxPictureSide)
    return reply(problem(problems::kTooManyPixels,
                         "at most " + std::to_string(kMaxPictureSide) + " a side"));
  const Principal& who = principal_of(*request);
  const std::string sha256 = publish::sha256_hex(request->body);
  store::set_picture(*app.store, who.person.id, sha256, std::string(found->type), request->body,
                     act_of(app, *request, who.name, "picture", sha256),
                     answer(app, request, reply));
}

void get_picture(App& app, const RequestPtr& request, const http::Reply& reply) {
  store::find_picture(*app.store, request->args[0], [reply](store::FoundAttachment found) {
    if (!found.ok()) return reply(problem(problems::kBusy, "the store does not answer"));
    if (!found->has_value()) return reply(problem(problems::kNotFound, "no such picture"));
    http::Response response{200, {}, http::Body(std::move((*found)->bytes))};
    reply(std::move(response.with("Content-Type", (*found)->type)
                        .with("Content-Security-Policy", "default-src 'none'; sandbox")
                        .with("Cache-Control", "private, max-age=31536000, immutable")));
  });
}

// An invitation by its ticket, or the answer that there is none.
void with_invitation(App& app, const std::string& ticket, const http::Reply& reply,
                     std::function<void(const store::Invitation&)> done) {
  store::find_invitation(
      *app.store, account::ticket_hash(ticket), app.clock(),
      [reply, done = std::move(done)](const Result<std::optional<store::Invitation>>& found) {
        if (!found.ok()) return reply(problem(problems::kBusy, "the store does not answer"));
        if (!found->has_value()) return reply(problem(problems::kBadInvitation, "ask for another"));
        done(**found);
      });
}

bool joins(const store::Invitation& invitation) {
  return invitation.kind == store::InvitationKind::kJoin;
}

// What the page shows of it. A ticket is asked for in the body: addresses are kept by proxies.
void post_look(App& app, const RequestPtr& request, const http::Reply& reply) {
  Fields fields(*request);
  const std::string ticket = fields.text("ticket", kMaxTicket);
  if (auto refusal = fields.refusal()) return reply(std::move(*refusal));
  with_invitation(app, ticket, reply, [reply](const store::Invitation& i) {
    reply(json_response(200, json{{"email", i.email},
                                  {"site", i.site},
                                  {"role", i.role},
                                  {"kind", joins(i) ? "join" : "password"},
                                  {"known", i.known}}
                                 .dump()));
  });
}

struct Accepting {
  std::string ticket, password;
  store::Profile profile;
};

void accept(App& app, const RequestPtr& request, const http::Reply& reply, const Accepting& a,
            std::string password_hash) {
  store::Acceptance acceptance;
  const std::int64_t now = app.clock();
  acceptance.hash = account::ticket_hash(a.ticket);
  acceptance.person = {account::new_row_id(now), {},   a.profile.name, a.profile.position, {},
                       a.profile.language,       false};
  acceptance.password = std::move(password_hash);
  acceptance.now = now;
  store::accept_invitation(
      *app.store, std::move(acceptance), act_of(app, *request, {}, "accept-invitation"),
      [&app, request, reply](const store::Written& written) {
        if (written.outcome == store::Outcome::kMissing ||
            written.outcome == store::Outcome::kRefused)
          return reply(problem(problems::kBadInvitation, "look at it again"));
        if (written.outcome != store::Outcome::kStored)
          return reply(failure_of(app, request->id, written.outcome, written.text));
        reply(no_content());
      });
}

// Who is known shows their password and keeps it; who is not chooses one, and a name.
void post_accept(App& app, const RequestPtr& request, const http::Reply& reply) {
  Fields fields(*request);
  auto a = std::make_shared<Accepting>();
  a->ticket = fields.text("ticket", kMaxTicket);
  a->password = fields.text("password", account::kMaxPassword, Need::kRequired, Kind::kSecret);
  a->profile.name = fields.text("name", kMaxPersonName, Need::kOptional);
  a->profile.position = fields.text("position", kMaxPosition, Need::kOptional);
  a->profile.language = fields.one_of("language", kLanguages);
  if (auto refusal = fields.refusal()) return reply(std::move(*refusal));
  with_invitation(app, a->ticket, reply, [&app, request, reply, a](const store::Invitation& i) {
    if (i.known && joins(i)) {
      const std::string email = store::email_key(i.email);
      if (const auto wait = app.log_ins.take(request->client, email))
        return reply(std::move(problem(problems::kRateLimited, "too many wrong tries")
                                   .with("Retry-After", std::to_string(wait->count()))));
      return store::find_log_in(
          *app.store, email, [&app, request, reply, a, email](const auto& found) {
            if (!found.ok()) return reply(problem(problems::kBusy, "the store does not answer"));
            const std::string hash = found->has_value() ? (*found)->password : std::string();
            check_password_later(
                app, a->password, hash, reply, [&app, request, reply, a, email](bool right) {
                  if (!right)
                    return reply(problem(problems::kBadLogIn, "the password is not right"));
                  app.log_ins.right(request->client, email);
                  accept(app, request, reply, *a, {});
                });
          });
    }
    std::vector<http::FieldError> wrong;
    if (!account::is_good_password(a->password, i.email))
      wrong.push_back({"password", "at least " + std::to_string(account::kMinPassword) +
                                       " characters, and not all the same"});
    if (joins(i) && a->profile.name.empty()) wrong.push_back({"name", "is required"});
    if (!wrong.empty())
      return reply(problem(problems::kInvalidRequest, "nothing was changed", wrong));
    hash_password_later(app, a->password, reply, [&app, request, reply, a](std::string hash) {
      accept(app, request, reply, *a, std::move(hash));
    });
  });
}

}  // namespace

void add_account_routes(App& app, http::Router& router) {
  const auto own = [&](const char* method, const char* path, std::size_t body, Work work) {
    add_for_people(app, router, {method, path, body, {}, handler(app, work)});
  };
  own("PUT", "/v1/profile", kFieldsBody, put_profile);
  own("PUT", "/v1/profile/picture", store::kMaxPersonPicture, put_picture);
  own("PUT", "/v1/password", kFieldsBody, put_password);
  own("POST", "/v1/codes", 0, post_code_secret);
  own("PUT", "/v1/codes", kFieldsBody, put_codes);
  own("DELETE", "/v1/codes", kFieldsBody, delete_codes);
  own("GET", "/v1/pictures/{sha256}", 0, get_picture);
  const auto stranger = [&](const char* path, Work work) {
    add_for_own_pages(app, router, {"POST", path, kFieldsBody, {}, handler(app, work)});
  };
  stranger("/v1/invitation", post_look);
  stranger("/v1/invitation/acceptance", post_accept);
}

}  // namespace askus::api
