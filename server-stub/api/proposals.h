// The routes of proposed phrasings (proposer.h).
#pragma once

#include "server-stub/api/app.h"

namespace askus::api {

// A topic: its answer, and phrasings, in JSON.
inline constexpr std::size_t kProposalBody = 262'144;

void add_proposal_routes(App& app, http::Router& router);

}  // namespace askus::api
