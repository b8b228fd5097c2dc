// Who has done what, when and from where: one row for every act on an account and every
// publication, written in the transaction of the act itself where there is one.
#pragma once

#include <cstdint>
#include <functional>
#include <string>
#include <vector>

#include "server-stub/store/session.h"
#include "server-stub/store/store.h"

namespace askus::store {

struct Act {
  std::string id;       // UUIDv7
  std::string site;     // empty: of an account, whatever the site
  std::string at;       // RFC 3339
  std::string actor;    // a person's id, a key's name, operator
  std::string action;   // log-in, invite, publish, ...: docs/staff.md
  std::string subject;  // a person's id, an address invited, a version
  std::string address;  // where from
};

Query insert_of(const Act& act);
// Forgets what is older than kAuditDays.
inline constexpr std::int64_t kAuditDays = 800;  // as long as counters are kept
Query sweep_audit(std::int64_t now);
// On its own, for what is not an act of the database: a publication. Nobody waits for it.
void record(Store& store, Act act);

// A site's acts, and those of its people on their own accounts, newest first, older than the act
// `before` (empty: from the newest), at most `limit`.
inline constexpr std::size_t kMostActs = 200;
void read_acts(Store& store, const std::string& site, const std::string& before, std::size_t limit,
               std::function<void(Result<std::vector<Act>>)> done);

}  // namespace askus::store
