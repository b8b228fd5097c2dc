// Logging in and out. docs/http-api.md, "People".
#pragma once

#include <functional>
#include <optional>
#include <string>

#include "server-stub/api/app.h"
#include "server-stub/api/principal.h"

namespace askus::api {

inline constexpr std::size_t kMaxEmail = 254;

// Checks a password on the worker for passwords, and answers from there; `hash` empty: of nobody,
// which takes as long. Not called, and 503 answered, when too many wait.
void check_password_later(App& app, std::string password, std::string hash,
                          const http::Reply& reply, const std::function<void(bool)>& done);
// The hash of a new one, in the same way.
void hash_password_later(App& app, std::string password, const http::Reply& reply,
                         const std::function<void(std::string)>& done);

// What the page needs to know of who has logged in.
http::Response who_answer(const App& app, const store::Person& person,
                          const std::vector<store::Membership>& memberships);

void add_session_routes(App& app, http::Router& router);

}  // namespace askus::api
