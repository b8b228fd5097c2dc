// What is done with a request after it is stored: replies, its status, its erasure. On the
// writer's session; each call is a transaction of its own and leaves a change.
#pragma once

#include <optional>
#include <string>

#include "server-stub/store/due.h"
#include "server-stub/store/session.h"
#include "server-stub/store/store.h"

namespace askus::store {

// kRefused: it is in somebody else's hand, or merged into another request, where it is answered.
// What was merged into the request gets a copy of a public reply.
Written add_reply(Session& session, const std::string& request, const Reply& reply);
// For the modules that write notes in transactions of their own.
Result<bool> is_known_reply(Session& session, const std::string& id);
void append_note(std::vector<Query>& queries, const std::string& request, const Reply& note);
// `actor`: a person, or empty.
Written set_status(Session& session, const std::string& request, const std::string& status,
                   std::int64_t now, const std::string& at, const std::string& actor = {});

// Gives a request from one hand to another; empty is nobody's. A received one is in work then, and
// back again. kRefused: it is not in the hand of `from`; of several who claim it, all but one get
// this. kReplayed: it is there already. kMissing: no such request, or `to` does not answer at the
// site. kErased: also of one that was removed where it was written.
struct Assignment {
  std::string from, to;   // persons
  std::string at, actor;  // as of a Change
};
Written assign(Session& session, const std::string& request, const Assignment& assignment);
// By when it is to be answered is what `due` says of the new one.
Written set_category(Session& session, const std::string& request, const std::string& category,
                     const std::string& at, const std::string& actor, const DueOf& due);

// `closed_before`: only if it is closed, since this time (Unix seconds) at the latest; else
// kRefused.
Written erase_request(Session& session, const std::string& request, const std::string& at,
                      std::optional<std::int64_t> closed_before = {});

// Erases every request of one user of a channel; how many. kUnavailable: not all of them, and the
// same again goes on.
inline constexpr std::size_t kErasedAtOnce = 50;  // asked of the database
Result<std::int64_t> erase_user(Session& session, const std::string& site,
                                const std::string& channel, const std::string& user,
                                const std::string& at);

// Erases requests of the site that were closed before, at most `most` of them; how many.
Result<std::int64_t> sweep_closed(Session& session, const std::string& site,
                                  std::int64_t closed_before, const std::string& at,
                                  std::size_t most);

}  // namespace askus::store
