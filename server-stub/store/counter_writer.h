// Counts batches through one session; used by the writer thread alone.
#pragma once

#include <functional>
#include <map>
#include <span>
#include <string>
#include <tuple>
#include <utility>
#include <vector>

#include "server-stub/store/counters.h"
#include "server-stub/store/session.h"
#include "server-stub/store/store.h"

namespace askus::store {

struct CountJob {
  NewCounts counts;
  std::function<void(AddResult)> done;
};

class CounterWriter {
 public:
  // The session must outlive the writer.
  explicit CounterWriter(Session& session) : session_(session) {}

  // One transaction for all of them, in which every counter's row is written once; `done` of each
  // is called after the COMMIT (or the ROLLBACK): kStored, or kReplayed for a batch that was
  // counted before, or why it was not.
  void add(std::span<CountJob> jobs);

 private:
  using Row = std::tuple<std::string, std::string, CounterKey>;  // site, day, what
  using Rows = std::map<Row, std::int64_t>;

  static std::vector<Value> values_of(const Row& row, std::int64_t n);
  Status transact(std::span<CountJob> jobs, std::vector<AddResult>& results);
  Status spend_marks(std::span<CountJob> jobs, std::vector<AddResult>& results);
  Status raise(Rows& rows);
  Status insert(const Rows& rows);
  Status bound(const Rows& rows, Rows& bounded);

  // How much of its room a site's day has taken.
  struct Size {
    std::int64_t rows = 0, queries = 0;
  };
  using Day = std::pair<std::string, std::string>;  // site, day
  bool is_full(const Row& row) const;

  Session& session_;
  std::int64_t purged_at_ = 0;                          // when marks were last cleared away
  std::map<std::string, std::string> purged_counters_;  // by site: the day when its old ones were
  // As last seen. A day only grows: what is full stays so, and need not be counted again for every
  // stranger who sends new queries.
  std::map<Day, Size> sizes_;
};

}  // namespace askus::store
