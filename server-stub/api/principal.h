// Who calls, and whether they may: the one place that every route of people and of keys goes
// through. account/roles.h is the table of what each role may do.
//
//   route.handle = ...; add_for_right(app, router, account::Right::kPublish, std::move(route));
//   ... in the handler: const Principal& who = principal_of(*request);
//
// (A visitor's token for their own request is looked at by own_request.h.)
#pragma once

#include <memory>
#include <optional>
#include <string>

#include "server-stub/account/roles.h"
#include "server-stub/api/app.h"
#include "server-stub/store/sessions.h"

namespace askus::api {

struct Principal {
  enum class Kind : std::uint8_t { kPublisherKey, kStaffKey, kApiKey, kSession };
  Kind kind = Kind::kSession;
  // For the log, the audit and the history of requests: a person's id; of a key the first twelve
  // digits of its SHA-256.
  std::string name;
  // At the site of the route; none on routes of no site.
  std::optional<account::Role> role;
  // Of kSession; else empty.
  std::string session;                         // hash of its ticket
  store::Person person;                        // of kApiKey: its name alone
  std::vector<store::Membership> memberships;  // the active ones

  // Of the route's site; null: a key, or a route of no site.
  const store::Membership* at(const std::string& site) const;
};

// The caller of a route that was added by one of the two functions below.
const Principal& principal_of(const http::Request& request);

// Adds a route whose first placeholder is the site, for whoever may do that there: a key in
// "Authorization: Bearer", else the session of the cookie. Before the body is read: 404
// unknown-site, 401 unauthorized, 403 not-allowed (the role may not), 403 cross-site (a page of
// another site, or a call that changes something without saying that it comes from our own page).
void add_for_right(App& app, http::Router& router, account::Right right, http::Route route);
// The way of most routes: a function of the app.
using RequestPtr = std::shared_ptr<const http::Request>;
using Work = void (*)(App& app, const RequestPtr& request, const http::Reply& reply);
http::Handler handler(App& app, Work work);
// add_for_right of /v1/sites/{site}/`path`. `body`: bytes it may have; 0: none.
void add_site_route(App& app, http::Router& router, account::Right right, const char* method,
                    const std::string& path, std::size_t body, Work work, http::Admit admit = {});
// Adds a route of no site, for everybody who has logged in.
void add_for_people(App& app, http::Router& router, http::Route route);
// Adds a route for who has not logged in yet, of our own pages alone.
void add_for_own_pages(App& app, http::Router& router, http::Route route);

// The session's ticket in the cookie, or empty.
std::string ticket_of(const http::Request& request);
// Set-Cookie. By TLS the cookie is Secure, and its name begins with __Host-, so that no other host
// and no page without TLS can plant one.
std::string session_cookie(const http::Request& request, std::string_view ticket);
std::string no_session_cookie(const http::Request& request);

// An act of the caller, now, from where the request came.
store::Act act_of(const App& app, const http::Request& request, std::string actor,
                  std::string_view action, std::string subject = {}, std::string site = {});

}  // namespace askus::api
