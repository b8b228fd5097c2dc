// People who have logged in, for tests of the interface.
#pragma once

#include <string>
#include <vector>

#include "tests/server-stub/api/harness.h"

namespace askus::testing {

inline constexpr const char* kPassword = "correct horse battery";

// Makes somebody a member by an invitation, as the store does it; their id. Nobody can log in with
// that account: there is no password that fits it. `name` is theirs.
std::string add_person(Harness& h, const std::string& email, const std::string& role,
                       const std::string& site = "demo", const std::string& name = "Олена",
                       const std::vector<std::string>& categories = {});
// The ticket of an invitation that waits.
std::string invite(Harness& h, const std::string& email, const std::string& role,
                   const std::string& site = "demo");
// A session of theirs that has just begun: its ticket.
std::string begin_session(Harness& h, const std::string& person);
// What their page's calls carry.
Fields by(const Harness& h, const std::string& ticket, Fields more = {});
// The same with a JSON body.
Answer send(Harness& h, const std::string& ticket, const std::string& method,
            const std::string& path, const std::string& json = {});

// The whole way by a browser: an invitation accepted with kPassword, and a log-in. The ticket.
std::string join(Harness& h, const std::string& email, const std::string& role);
// POST /v1/session; the ticket is in the answer's cookie.
Answer log_in(Harness& h, const std::string& email, const std::string& password,
              const std::string& code = {}, const Fields& more = {});
std::string ticket_in(const Answer& answer);

}  // namespace askus::testing
