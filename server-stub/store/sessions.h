// Sessions of people who have logged in. A session is known by the hash of its ticket; every login
// and every change of what protects an account makes a new one, so that a ticket that somebody has
// planted or seen before is worth nothing.
#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "server-stub/store/people.h"

namespace askus::store {

// Unix seconds. Unused for so long it is over: a shift with its breaks. Longer leaves forgotten
// machines open, shorter asks people who answer all day for their password during it.
inline constexpr std::int64_t kSessionIdle = std::int64_t{8} * 3'600;
// However it is used.
inline constexpr std::int64_t kSessionLife = std::int64_t{7} * 86'400;
// It is noted that it was used, once in so long: a write is not owed to every call.
inline constexpr std::int64_t kSessionNoted = 60;

struct NewSession {
  std::string hash;
  std::string person;
  std::int64_t now = 0;
};

struct FoundSession {
  Person person;
  std::vector<Membership> memberships;  // the active ones, by site
  std::int64_t created_at = 0, seen_at = 0;
};
// None: unknown, over, or its person is nowhere active.
void find_session(Store& store, const std::string& hash, std::int64_t now,
                  std::function<void(Result<std::optional<FoundSession>>)> done);
void note_session(Store& store, const std::string& hash, std::int64_t now);

// Begins one; `before`: the session that the browser showed, which ends (empty: none).
// `one_time_step`: of the code that was used, 0: none. kRefused: that code has been used meanwhile.
void begin_session(Store& store, NewSession session, std::string before, std::int64_t one_time_step,
                   Act act, Store::Done done);
void end_session(Store& store, const std::string& hash, const Act& act, Store::Done done);
// All of a person's.
void end_sessions(Store& store, const std::string& person, const Act& act, Store::Done done);

// What protects the account. All sessions of the person end, and `session` begins.
struct Protection {
  std::optional<std::string> password;         // the new one's hash
  std::optional<std::string> one_time_secret;  // sealed; empty: codes are off
  std::int64_t one_time_step = 0;              // of the code that has shown the new secret to work
};
void set_protection(Store& store, const Protection& protection, const NewSession& session,
                    const Act& act, Store::Done done);

// Queries for sweep(): removes what is over.
Query sweep_sessions(std::int64_t now);
Query sweep_invitations(std::int64_t now);
Query sweep_openings(std::int64_t now);

}  // namespace askus::store
