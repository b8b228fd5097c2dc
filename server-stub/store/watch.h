// A site's watch list, and the state of the feeds that are polled for it.
#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "server-stub/store/audit.h"
#include "server-stub/store/store.h"

namespace askus::store {

struct WatchList {
  std::vector<std::string> words, minus_words, ignored;
  bool operator==(const WatchList&) const = default;
};
// `ignored_count`: messages of ignored authors that were not stored, since ever.
struct StoredWatchList {
  WatchList list;
  std::int64_t ignored_count = 0;
};

void read_watch_list(Store& store, const std::string& site,
                     std::function<void(Result<StoredWatchList>)> done);
void save_watch_list(Store& store, const std::string& site, WatchList list, Act act,
                     Store::Done done);
void count_ignored(Store& store, const std::string& site, std::int64_t more, Store::Done done);

// How the last poll of a feed went.
struct FeedState {
  std::string url, problem;  // empty: well
  std::int64_t next_at = 0;  // Unix seconds
  std::int64_t failures = 0;
};
void read_feeds(Store& store, const std::string& site,
                std::function<void(Result<std::vector<FeedState>>)> done);

// A feed is polled by one server at a time: who has taken it, until `now + kFeedHeld` or until it
// is given back.
inline constexpr std::int64_t kFeedHeld = 180;  // seconds
struct TakenFeed {
  std::string etag, modified;
  std::int64_t failures = 0;
};
// Nothing: it is not due, or somebody else has it.
Result<std::optional<TakenFeed>> take_feed(Session& session, const std::string& site,
                                           const std::string& url, std::int64_t now);
struct PolledFeed {
  std::string site, url, etag, modified, problem;
  std::int64_t next_at = 0, failures = 0;
};
Written give_feed_back(Session& session, const PolledFeed& polled);

}  // namespace askus::store
