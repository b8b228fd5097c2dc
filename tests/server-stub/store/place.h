// A database of a test's own, of either backend, and the calls of a Store as if they blocked.
#pragma once

#include <memory>
#include <string>

#include "server-stub/store/open.h"
#include "tests/server-stub/temp_folder.h"

namespace askus::testing {

enum class Backend { kSqlite, kPostgres };

class Place {
 public:
  explicit Place(Backend backend);

  std::unique_ptr<store::Store> open(store::QueueLimits limits = {}) const;
  std::unique_ptr<store::Session> session() const;
  // The first column of a query's first row.
  std::string value(const std::string& sql) const;

  TempFolder folder;
  store::StoreOptions options;
};

std::string id_of(int n);
store::NewRequest sample(int n, const std::string& payload = "p");

store::AddResult add(store::Store& store, store::NewRequest request);
store::Found find(store::Store& store, const std::string& id);
store::Changes changes(store::Store& store, const std::string& site, std::int64_t after,
                       std::size_t limit = store::kMostChanges);
Result<bool> use_once(store::Store& store, const std::string& mark, std::int64_t now,
                      std::int64_t expires_at);
store::Outcome count(store::Store& store, store::NewCounts counts);
Result<store::Sums> sums(store::Store& store, const std::string& site, store::Days days);

}  // namespace askus::testing
