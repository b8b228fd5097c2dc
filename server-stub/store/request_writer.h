// Writes batches of requests, and marks, through one session; used by the writer thread alone.
#pragma once

#include <functional>
#include <map>
#include <memory>
#include <span>
#include <string>
#include <vector>

#include "server-stub/store/session.h"
#include "server-stub/store/site_row.h"
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

// What a tone is guessed from.
std::string tone_text(const request::Request& fields);

// Writes a new request's row, and its source where it has one. `said_at`: Delivery::at.
void append_insert(std::vector<Query>& queries, const NewRequest& request, std::int64_t number,
                   const std::string& answer, std::int64_t said_at = 0);

class RequestWriter {
 public:
  explicit RequestWriter(std::unique_ptr<Session> session) : session_(std::move(session)) {}

  // One transaction for all of them; `done` of each is called after the COMMIT (or the ROLLBACK).
  // Should a row make the transaction fail, each is tried in one of its own. No two of the jobs
  // may have the same id.
  void add(std::span<AddJob> jobs);
  void mark(MarkJob& job);

  Session& session() { return *session_; }

 private:
  // One transaction in the making.
  struct Batch {
    std::span<AddJob> jobs;
    std::map<std::string, SiteRow> sites;
    std::vector<AddResult> results;     // one a job
    std::vector<std::int64_t> earlier;  // one a job: the number of the same contact's same question
  };

  void append_mark(std::vector<Query>& queries, const Mark& mark);
  Status begin(Batch& batch);
  Status finish(Batch& batch);
  Status transact(Batch& batch);

  std::unique_ptr<Session> session_;
  std::int64_t purged_at_ = 0;  // when marks were last cleared away
};

}  // namespace askus::store
