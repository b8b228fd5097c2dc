// What each role may do: one table, asked by every route.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string_view>

namespace askus::account {

// A person has one role at a site. The keys are no people's: programs show them.
enum class Role : std::uint8_t {
  kStaff,          // answers requests
  kLead,           // answers, and gives requests to others
  kMarketer,       // edits and publishes the FAQ; sees figures, and no visitor's data
  kAdministrator,  // everything, and who else may do what
  kPublisherKey,
  kStaffKey,
  kReadKey,    // another system that reads requests
  kAnswerKey,  // and replies to them
};
inline constexpr std::size_t kRoles = 8;

enum class Right : std::uint8_t {
  kAnswer,    // what people who answer do: claim, give advice, merge, tag, hand on
  kAssign,    // give a request to somebody else, take it away from somebody
  kFigures,   // read counters and reports
  kPublish,   // edit drafts, publish, roll back, read the history of publications
  kManage,    // invite people, change their roles, take their access away
  kAudit,     // read who has done what
  kOrganise,  // the tree of tags, the watch list
  kRead,      // read requests and what visitors say of themselves
  kReply,     // reply, set the status and the category: programs may, too
};
inline constexpr std::size_t kRights = 9;

bool may(Role role, Right right);

// Names as they stand in the database and in JSON: "staff", "lead", "marketer", "administrator";
// the keys have none, for no person can be given them.
std::string_view name_of(Role role);
std::string_view name_of(Right right);
std::optional<Role> person_role(std::string_view name);

}  // namespace askus::account
