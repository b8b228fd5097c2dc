#include "server-stub/store/transaction.h"

namespace askus::store {
namespace {

Result<Outcome> try_once(Session& session, const std::function<Result<Outcome>()>& work) {
  if (const Result<Rows> begun = session.run(Query{session.dialect().begin}); !begun.ok())
    return begun.error();
  Result<Outcome> outcome = work();
  if (!outcome.ok()) return outcome;
  if (const Result<Rows> done = session.run(Query{kCommit}); !done.ok()) return done.error();
  return outcome;
}

}  // namespace

Outcome outcome_of(Fault fault) {
  switch (fault) {
    case Fault::kFull:
      return Outcome::kFull;
    case Fault::kBusy:
    case Fault::kRetry:
      return Outcome::kBusy;
    case Fault::kUnknown:
      return Outcome::kUnknown;
    case Fault::kConstraint:
    case Fault::kOther:
      break;
  }
  return Outcome::kFailed;
}

Written transact(Session& session, const std::function<Result<Outcome>()>& work) {
  for (int attempt = 1;; ++attempt) {
    const Result<Outcome> outcome = try_once(session, work);
    if (outcome.ok()) return {*outcome, {}};
    const Fault fault = session.fault();
    session.rollback();
    if (fault != Fault::kRetry || attempt == kAttempts)
      return {outcome_of(fault), outcome.error().text};
  }
}

void transact(Store& store, std::function<Result<Outcome>(Session&)> work, Store::Done done) {
  store.change([work = std::move(work)](
                   Session& session) { return transact(session, [&] { return work(session); }); },
               std::move(done));
}

Result<Outcome> run_all(Session& session, const std::vector<Query>& queries) {
  const Result<std::vector<Rows>> done = session.run(queries);
  return done.ok() ? Result<Outcome>(Outcome::kStored) : Result<Outcome>(done.error());
}

Written transact_all(Session& session, const std::vector<Query>& queries) {
  return transact(session, [&] { return run_all(session, queries); });
}

}  // namespace askus::store
