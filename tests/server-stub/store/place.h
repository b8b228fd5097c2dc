// A database of a test's own, of either backend, and the calls of a Store as if they blocked.
#pragma once

#include <map>
#include <memory>
#include <string>

#include "server-stub/store/drafts.h"
#include "server-stub/store/gaps.h"
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
Result<store::Gaps> gaps(store::Store& store, const std::string& site, store::Days days);

// A picture of `size` bytes, all values among them, under a made-up hash.
store::NewAttachment picture(int n, std::size_t size, std::int64_t expires_at = 1'000);
store::Written put(store::Store& store, store::NewAttachment attachment);
store::FoundAttachment find_picture(store::Store& store, const std::string& request,
                                    const std::string& sha256);
store::Written reply(store::Store& store, const std::string& request, store::Reply reply);
store::Written set_status(store::Store& store, const std::string& request,
                          const std::string& status, std::int64_t now);
store::Written erase(store::Store& store, const std::string& request);
Result<std::int64_t> erase_user(store::Store& store, const std::string& site,
                                const std::string& channel, const std::string& user);
store::Received receive(store::Store& store, std::vector<store::Delivery> deliveries);
Result<store::Swept> sweep(store::Store& store, std::int64_t now,
                           std::map<std::string, std::int64_t> keep_closed = {});
store::WaitingComments waiting(store::Store& store, const std::string& site, std::int64_t after = 0,
                               std::size_t limit = store::kMostComments);
store::Outcome save(store::Store& store, const std::string& site, store::Draft draft);
Result<store::Draft> draft(store::Store& store, const std::string& site);
std::int64_t me_too(store::Store& store, const std::string& site, const std::string& topic);

}  // namespace askus::testing
