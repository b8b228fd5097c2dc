// Writes batches of requests through one connection; used by the writer thread alone.
#pragma once

#include <functional>
#include <span>
#include <utility>

#include "server-stub/store/sqlite.h"
#include "server-stub/store/store.h"

namespace askus::store {

struct AddJob {
  NewRequest request;
  std::function<void(AddResult)> done;
};

class RequestWriter {
 public:
  static Result<RequestWriter> open(Database database);

  // One transaction for all of them; `done` of each is called after the COMMIT (or the ROLLBACK).
  // Should a row make the transaction fail, each is tried in one of its own.
  void write(std::span<AddJob> jobs);

 private:
  RequestWriter(Database database, Statement find, Statement count, Statement insert);

  Result<AddResult> add(const NewRequest& request);
  Status add_all(std::span<AddJob> jobs, std::vector<AddResult>& results);
  AddResult failure(const Error& error) const;

  Database database_;
  Statement find_, count_, insert_;
};

}  // namespace askus::store
