// The marketers' drafts: one row a site.
#pragma once

#include <string>

#include "server-stub/store/session.h"
#include "server-stub/store/store.h"

namespace askus::store {

// Store::save_draft.
Written save_draft(Session& session, const std::string& site, const Draft& draft);

// The query behind Store::read_draft, and what its rows mean.
Query read_draft(const std::string& site);
Draft draft_of(const Rows& rows);

}  // namespace askus::store
