// One transaction on the writer's session, tried again where that helps.
#pragma once

#include <functional>
#include <vector>

#include "server-stub/store/session.h"
#include "server-stub/store/store.h"

namespace askus::store {

// How often a transaction that lost against another one is tried.
inline constexpr int kAttempts = 5;

// What a session's last failure means for who asked: kBusy, kFull, kUnknown or kFailed.
Outcome outcome_of(Fault fault);

// Begins, works, commits; rolls back when any of it fails, and begins anew when it lost against
// another one. `work` says how it ends, if the COMMIT succeeds; it may be called more than once.
Written transact(Session& session, const std::function<Result<Outcome>()>& work);
// The same on the store's writer, when its turn has come.
void transact(Store& store, std::function<Result<Outcome>(Session&)> work, Store::Done done);

// Part of a transaction: kStored, when all of the queries could be run.
Result<Outcome> run_all(Session& session, const std::vector<Query>& queries);
// A transaction of these alone.
Written transact_all(Session& session, const std::vector<Query>& queries);

}  // namespace askus::store
