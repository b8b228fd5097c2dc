// A transaction on one request: what the modules that change requests share. On the writer's
// session.
#pragma once

#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "server-stub/store/session.h"
#include "server-stub/store/site_row.h"
#include "server-stub/store/store.h"

namespace askus::store {

// A request with its site held.
struct Held {
  std::string site, status, assignee, category, merged_into, created_at;
  std::int64_t number = 0, closed_at = 0;
  SiteRow row;

  // Nothing of it can be answered any more; of a removed one only restoring it brings it back.
  bool is_gone() const { return status == statuses::kErased || status == statuses::kRemoved; }
};

// Within a transaction. None: there is no such request.
Result<std::optional<Held>> hold_request(Session& session, const std::string& request);

// `work` gives the queries, of which the changes are the last, or an outcome without any. It may be
// called more than once. kMissing: there is no such request.
using Work = std::function<Result<Outcome>(Held&, std::vector<Query>&)>;
Written change_request(Session& session, const std::string& request, const Work& work);

}  // namespace askus::store
