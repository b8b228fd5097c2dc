// People who log in, what they may do at each site, and invitations. Every call that changes
// something is one transaction with its row of the audit.
#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "server-stub/store/audit.h"
#include "server-stub/store/store.h"

namespace askus::store {

struct Person {
  std::string id, email, name, position, picture, language;
  bool one_time_codes = false;
  bool operator==(const Person&) const = default;
};

struct Membership {
  std::string site, person, role;
  bool active = true;
  std::vector<std::string> categories;  // whose questions they answer; in order
  bool operator==(const Membership&) const = default;
};

// The same address however it is written: in lower case (ASCII), no white space around it.
std::string email_key(std::string_view email);

// What checking a log-in needs. None: nobody has that address.
struct LogIn {
  std::string person, password, one_time_secret;  // hash; sealed
  std::int64_t one_time_step = 0;
  bool active = false;  // at some site
};
void find_log_in(Store& store, const std::string& email,
                 std::function<void(Result<std::optional<LogIn>>)> done);

struct Profile {
  std::string name, position, language;
};
void set_profile(Store& store, const std::string& person, Profile profile, Act act,
                 Store::Done done);

// A picture of a person, a small one; replaces the one before.
inline constexpr std::size_t kMaxPersonPicture = 262'144;  // bytes
void set_picture(Store& store, const std::string& person, std::string sha256, std::string type,
                 std::string bytes, Act act, Store::Done done);
void find_picture(Store& store, const std::string& sha256,
                  std::function<void(FoundAttachment)> done);

// Everybody who is or was at the site, by name.
struct Colleague {
  Person person;
  Membership membership;
};
using Colleagues = Result<std::vector<Colleague>>;
void read_people(Store& store, const std::string& site, std::function<void(Colleagues)> done);

// Changes what somebody may do at a site, and ends their sessions, so that what they could do is
// over at once. Who does not answer there any more lets go of what they had in hand and is not
// closed. kMissing: is not at the site. kRefused: nobody active would be an administrator.
void set_membership(Store& store, Membership membership, Act act, Store::Done done);

enum class InvitationKind : std::uint8_t { kJoin, kPassword };
struct Invitation {
  std::string hash;  // of the link's ticket; names the invitation
  InvitationKind kind = InvitationKind::kJoin;
  std::string site, email, role;
  std::vector<std::string> categories;
  std::string inviter, created_at;
  std::int64_t expires_at = 0;  // Unix seconds
  bool known = false;           // as found: somebody has that address already
};
// Replaces what the same address was sent for the same site before. kMissing (of kPassword): nobody
// has that address. kFull: kMostInvitations wait at that site.
inline constexpr std::int64_t kMostInvitations = 200;
void invite(Store& store, Invitation invitation, std::int64_t now, Act act, Store::Done done);
void find_invitation(Store& store, const std::string& hash, std::int64_t now,
                     std::function<void(Result<std::optional<Invitation>>)> done);
void read_invitations(Store& store, const std::string& site, std::int64_t now,
                      std::function<void(Result<std::vector<Invitation>>)> done);
// kMissing: it is not there any more.
void withdraw_invitation(Store& store, const std::string& site, const std::string& hash, Act act,
                         Store::Done done);

// Uses an invitation up: makes the person, or finds them by their address, and makes them a member.
// `password`: the hash of a new person's, or of the new one of kPassword; empty: somebody who is
// known joins, whose password has been checked. All their sessions end. The act's actor, site and
// subject are found here. kMissing: the invitation is used, withdrawn or too old. kRefused: whether
// the person is known has changed meanwhile, or they are the site's last administrator and would
// not be one; nothing has changed.
struct Acceptance {
  std::string hash;
  Person person;  // the id is the one to take when they are new
  std::string password;
  std::int64_t now = 0;
};
void accept_invitation(Store& store, Acceptance acceptance, Act act, Store::Done done);

}  // namespace askus::store
