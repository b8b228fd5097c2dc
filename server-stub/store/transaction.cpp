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

}  // namespace askus::store
