// Writes batches of requests and marks through one session; used by the writer thread alone.
#pragma once

#include <functional>
#include <map>
#include <memory>
#include <span>
#include <string>

#include "server-stub/store/session.h"
#include "server-stub/store/store.h"

namespace askus::store {

struct AddJob {
  NewRequest request;
  std::function<void(AddResult)> done;
};

struct MarkJob {
  std::string mark;
  std::int64_t now = 0, expires_at = 0;
  std::function<void(Result<bool>)> done;
};

// How often a transaction that lost against another one is tried.
inline constexpr int kAttempts = 5;

// What a failed transaction means for each of its jobs.
AddResult failed(Fault fault, const Error& error);

class RequestWriter {
 public:
  explicit RequestWriter(std::unique_ptr<Session> session) : session_(std::move(session)) {}

  // One transaction for all of them; `done` of each is called after the COMMIT (or the ROLLBACK).
  // Should a row make the transaction fail, each is tried in one of its own. No two of the jobs
  // may have the same id.
  void add(std::span<AddJob> jobs);
  void mark(MarkJob& job);

 private:
  struct SiteRow {
    std::int64_t number = 0, seq = 0;
    bool changed = false;
  };
  using Sites = std::map<std::string, SiteRow>;

  Status begin(std::span<AddJob> jobs, Sites& sites, std::vector<AddResult>& results);
  Status finish(std::span<AddJob> jobs, Sites& sites, std::vector<AddResult>& results);
  Status transact(std::span<AddJob> jobs, std::vector<AddResult>& results);

  std::unique_ptr<Session> session_;
  std::int64_t purged_at_ = 0;  // when marks were last cleared away
};

}  // namespace askus::store
