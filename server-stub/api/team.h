// Who is at a site and what they may do there: people, invitations, the audit. docs/http-api.md,
// "People".
#pragma once

#include "server-stub/api/app.h"

namespace askus::api {

// How long an invitation's link is good for, in seconds.
inline constexpr std::int64_t kInvitationLife = std::int64_t{7} * 86'400;
// The link's path; its ticket is in the fragment, which no server and no proxy sees.
std::string invitation_path(std::string_view ticket);

void add_team_routes(App& app, http::Router& router);

}  // namespace askus::api
