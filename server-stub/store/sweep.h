// What goes by itself: pictures that nobody names, requests that were closed long ago.
#pragma once

#include "server-stub/store/session.h"
#include "server-stub/store/store.h"

namespace askus::store {

// Of each kind and site in one call: the writer is held up for no longer than a commit or two a
// row takes.
inline constexpr std::size_t kSweptAtOnce = 50;

Result<Swept> sweep(Session& session, const SweepRules& rules);

}  // namespace askus::store
