#include "server-stub/api/principal.h"

#include <algorithm>

#include "server-stub/account/ticket.h"
#include "server-stub/api/api_keys.h"
#include "server-stub/api/auth.h"
#include "server-stub/api/gate.h"
#include "server-stub/api/guard.h"
#include "server-stub/http/problem.h"
#include "server-stub/store/api_keys.h"

namespace askus::api {
namespace {

using account::Right;
using account::Role;
using http::problem;
namespace problems = http::problems;

constexpr std::string_view kSecureCookie = "__Host-askus", kPlainCookie = "askus";

std::string_view cookie_name(const http::Request& request) {
  return request.secure ? kSecureCookie : kPlainCookie;
}

std::string cookie(const http::Request& request, std::string_view ticket, std::int64_t seconds) {
  std::string text(cookie_name(request));
  text.append("=").append(ticket).append("; Path=/; HttpOnly; SameSite=Strict; Max-Age=");
  text += std::to_string(seconds);
  if (request.secure) text += "; Secure";
  return text;
}

bool reads(const http::Request& request) {
  return request.method == "GET" || request.method == "HEAD";
}

// What changes something must say that it comes from our own page: every browser does, by Origin
// on all methods but GET, and newer ones by Sec-Fetch-Site. A program that cannot takes a key.
std::optional<http::Response> refuse_foreign(const http::Request& request) {
  const std::string_view site = request.headers.get("Sec-Fetch-Site");
  const auto refuse = [](std::string_view why) { return problem(problems::kCrossSite, why); };
  if (site == "cross-site" || site == "same-site") return refuse("sent by a page of another site");
  if (reads(request)) return std::nullopt;
  if (const std::string* origin = request.headers.find("Origin")) {
    const std::string own =
        (request.secure ? "https://" : "http://") + std::string(request.headers.get("Host"));
    if (*origin == own) return std::nullopt;
    return refuse("the Origin is not " + own);
  }
  if (site == "same-origin") return std::nullopt;
  return refuse("neither Origin nor Sec-Fetch-Site says that our own page sends it");
}

http::Response nobody() {
  return problem(problems::kUnauthorized, "log in, or show a key of this site");
}

std::optional<http::Response> refuse_role(const Principal& who, Right right) {
  if (who.role && account::may(*who.role, right)) return std::nullopt;
  return problem(problems::kNotAllowed,
                 "needs the right \"" + std::string(account::name_of(right)) + "\" at this site");
}

// Whose key it is, if it is one of the site's.
std::optional<Principal> key_of(const App& app, const http::Request& request) {
  const config::SiteConfig& site = app.site(request.args.at(0))->config;
  using Kind = Principal::Kind;
  if (auto name = key_holder(request, site.publisher_keys))
    return Principal{Kind::kPublisherKey, std::move(*name), Role::kPublisherKey, {}, {}, {}};
  if (auto name = key_holder(request, site.staff_keys))
    return Principal{Kind::kStaffKey, std::move(*name), Role::kStaffKey, {}, {}, {}};
  return std::nullopt;
}

// What looks like a key that is in the database.
bool shows_api_key(const http::Request& request) {
  return bearer(request).starts_with(kApiKeyPrefix);
}

Principal principal_by(const std::string& hash, const store::ApiKey& key) {
  constexpr std::size_t kDigits = 12;
  Principal who;
  who.kind = Principal::Kind::kApiKey;
  who.name = hash.substr(0, kDigits);
  who.role = key.scope == "answer" ? Role::kAnswerKey : Role::kReadKey;
  who.person.name = key.name;
  return who;
}

// Looks the key up. To what it is not for it is none, as with the other keys.
void judge_api_key(App& app, Right right, const std::shared_ptr<http::Request>& request,
                   const http::Verdict& verdict) {
  const std::string hash = account::ticket_hash(bearer(*request));
  store::find_api_key(*app.store, request->args.at(0), hash,
                      [right, request, verdict, hash](Result<std::optional<store::ApiKey>> found) {
                        if (!found.ok())
                          return verdict(problem(problems::kBusy, "the store does not answer"));
                        if (!found->has_value()) return verdict(nobody());
                        Principal who = principal_by(hash, **found);
                        if (!account::may(*who.role, right)) return verdict(nobody());
                        request->caller = std::make_shared<const Principal>(std::move(who));
                        verdict(std::nullopt);
                      });
}

Principal principal_by(const std::string& hash, store::FoundSession found) {
  Principal who;
  who.name = found.person.id;
  who.session = hash;
  who.person = std::move(found.person);
  who.memberships = std::move(found.memberships);
  return who;
}

// Looks the cookie's session up; then `judge` says whether its person may.
http::Judge by_session(
    App& app, std::function<std::optional<http::Response>(Principal&, http::Request&)> may) {
  return [&app, may = std::move(may)](const std::shared_ptr<http::Request>& request,
                                      const http::Verdict& verdict) {
    if (request->caller != nullptr) return verdict(std::nullopt);  // a key
    const std::string hash = account::ticket_hash(ticket_of(*request));
    const std::int64_t now = app.clock();
    store::find_session(
        *app.store, hash, now,
        [&app, may, request, verdict, hash, now](Result<std::optional<store::FoundSession>> found) {
          if (!found.ok()) return verdict(problem(problems::kBusy, "the store does not answer"));
          if (!found->has_value()) return verdict(nobody());
          if (now - (*found)->seen_at >= store::kSessionNoted)
            store::note_session(*app.store, hash, now);
          Principal who = principal_by(hash, std::move(**found));
          std::optional<http::Response> refusal = may(who, *request);
          if (!refusal) request->caller = std::make_shared<const Principal>(std::move(who));
          verdict(std::move(refusal));
        });
  };
}

// What needs no look into the store. A call with neither a key nor a cookie ends here.
std::optional<http::Response> admit_cookie(const http::Request& request) {
  if (ticket_of(request).empty()) return nobody();
  return refuse_foreign(request);
}

// Own checks of the route come last: they may not tell anything to who may not ask.
http::Judge then(http::Judge first, http::Admit next) {
  if (!next) return first;
  return [first = std::move(first), next = std::move(next)](
             const std::shared_ptr<http::Request>& request, const http::Verdict& verdict) {
    first(request, [request, next, verdict](std::optional<http::Response> refusal) {
      verdict(refusal ? std::move(refusal) : next(*request));
    });
  };
}

}  // namespace

const store::Membership* Principal::at(const std::string& site) const {
  const auto found = std::find_if(memberships.begin(), memberships.end(),
                                  [&site](const store::Membership& m) { return m.site == site; });
  return found == memberships.end() ? nullptr : &*found;
}

const Principal& principal_of(const http::Request& request) {
  return *static_cast<const Principal*>(request.caller.get());
}

void add_for_right(App& app, http::Router& router, Right right, http::Route route) {
  http::Admit own = std::move(route.admit);
  route.admit =
      for_site(app, [&app, right](const http::Request& request) -> std::optional<http::Response> {
        if (std::optional<http::Response> refusal = refuse_cross_site(app, request)) return refusal;
        if (bearer(request).empty()) return admit_cookie(request);
        if (shows_api_key(request)) return std::nullopt;  // judged below
        const std::optional<Principal> who = key_of(app, request);
        // A key is for what it is for: to anything else it is none.
        return who && account::may(*who->role, right) ? std::nullopt : std::optional(nobody());
      });
  // The request that is admitted is const: the key is looked at once more.
  http::Judge session = by_session(app, [right](Principal& who, http::Request& request) {
    if (const store::Membership* at = who.at(request.args[0]))
      who.role = account::person_role(at->role);
    return refuse_role(who, right);
  });
  route.judge = then(
      [&app, right, session = std::move(session)](const std::shared_ptr<http::Request>& request,
                                                  const http::Verdict& verdict) {
        if (shows_api_key(*request)) return judge_api_key(app, right, request, verdict);
        if (!bearer(*request).empty())
          if (std::optional<Principal> who = key_of(app, *request))
            request->caller = std::make_shared<const Principal>(std::move(*who));
        session(request, verdict);
      },
      std::move(own));
  router.add(std::move(route));
}

http::Handler handler(App& app, Work work) {
  return [&app, work](const RequestPtr& request, const http::Reply& reply) {
    work(app, request, reply);
  };
}

void add_site_route(App& app, http::Router& router, account::Right right, const char* method,
                    const std::string& path, std::size_t body, Work work, http::Admit admit) {
  add_for_right(app, router, right,
                {method, "/v1/sites/{site}/" + path, body, std::move(admit), handler(app, work)});
}

void add_for_people(App& app, http::Router& router, http::Route route) {
  http::Admit own = std::move(route.admit);
  route.admit = admit_cookie;
  route.judge = then(by_session(app,
                                [](Principal&, http::Request&) -> std::optional<http::Response> {
                                  return std::nullopt;
                                }),
                     std::move(own));
  router.add(std::move(route));
}

void add_for_own_pages(App& app, http::Router& router, http::Route route) {
  route.admit = [&app, own = std::move(route.admit)](const http::Request& request) {
    std::optional<http::Response> refusal = refuse_foreign(request);
    if (!refusal && !reads(request))
      if (const limit::Decision counted = app.limiter->attempt(request.client); !counted.allowed)
        refusal = rate_limited(counted);
    return refusal || !own ? refusal : own(request);
  };
  router.add(std::move(route));
}

std::string ticket_of(const http::Request& request) {
  std::string_view rest = request.headers.get("Cookie");
  while (!rest.empty()) {
    const std::size_t end = std::min(rest.find(';'), rest.size());
    std::string_view pair = rest.substr(0, end);
    rest.remove_prefix(std::min(rest.size(), end + 1));
    while (!pair.empty() && pair.front() == ' ') pair.remove_prefix(1);
    const std::size_t equals = pair.find('=');
    if (equals != std::string_view::npos && pair.substr(0, equals) == cookie_name(request))
      return std::string(pair.substr(equals + 1));
  }
  return {};
}

std::string session_cookie(const http::Request& request, std::string_view ticket) {
  return cookie(request, ticket, store::kSessionLife);
}

std::string no_session_cookie(const http::Request& request) {
  return cookie(request, "", 0);
}

store::Act act_of(const App& app, const http::Request& request, std::string actor,
                  std::string_view action, std::string subject, std::string site) {
  const std::int64_t now = app.clock();
  return {account::new_row_id(now),
          std::move(site),
          store::utc_text(now),
          std::move(actor),
          std::string(action),
          std::move(subject),
          http::address_text(request.client)};
}

}  // namespace askus::api
