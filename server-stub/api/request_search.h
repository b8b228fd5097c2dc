// Finds requests by a text, with the visitors' own search (shared/search): misspellings, word
// forms, the wrong keyboard layout. The site's newest requests are compiled into a snapshot in
// memory.
#pragma once

#include <cstdint>
#include <functional>
#include <map>
#include <memory>
#include <string>
#include <vector>

#include "server-stub/api/worker.h"
#include "server-stub/store/feed.h"
#include "shared/search/search.h"

namespace askus::api {

// Requests that are looked at, the newest ones: 48 ms to compile (docs/staff.md). More take longer
// and memory; older ones are found by their filters.
inline constexpr std::size_t kSearchedRequests = 5'000;
// Bytes of a request's details that are looked at.
inline constexpr std::size_t kSearchedDetails = 2'000;
// Searches that wait; over it 503.
inline constexpr std::size_t kSearchQueue = 64;

class RequestSearch {
 public:
  explicit RequestSearch(store::Store& store);
  ~RequestSearch();

  // The numbers of the requests that fit best, at most store::kMostNumbers; called from a thread of
  // its own. A number alone ("10482", "№ 10482") finds that request.
  using Found = Result<std::vector<std::int64_t>>;
  void find(const std::string& site, const std::string& text,
            const std::function<void(Found)>& done);
  void close() { worker_.close(); }

 private:
  struct Searched;
  Result<Searched*> renew(const std::string& site);

  store::Store& store_;
  std::map<std::string, std::unique_ptr<Searched>> sites_;  // the worker's
  Worker worker_{kSearchQueue};
};

}  // namespace askus::api
