// By when requests are to be answered: a column of theirs, so that what is overdue is one indexed
// query. Who writes it knows the departments' hours; the store does not.
#pragma once

#include <cstdint>
#include <functional>
#include <string>

#include "server-stub/store/session.h"
#include "server-stub/store/store.h"

namespace askus::store {

// Of a category, and of when a request was received; Unix seconds.
using DueOf = std::function<std::int64_t(const std::string& category, std::int64_t received)>;

// Writes anew by when a site's open requests are due, unless that was done by the same `rules`
// before: a text that is another one when any of `due` is. What comes in meanwhile is not touched.
Written renew_due(Session& session, const std::string& site, const std::string& rules,
                  const DueOf& due);

}  // namespace askus::store
