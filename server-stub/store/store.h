// Where requests are kept. Every call answers by a callback, later and from a thread of the store,
// so that rows may be gathered into one commit and a database be waited for across a network.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "server-stub/store/counters.h"
#include "shared/base/result.h"
#include "shared/request/request.h"

namespace askus::store {

struct NewRequest {
  std::string site;
  request::Request fields;   // validated; kept byte for byte
  std::string payload_hash;  // of everything the client sent, to tell a retry from another request
  std::string created_at;    // RFC 3339, UTC
  // The bytes of the answer to the client, given the request's number within its site. Stored in
  // the same transaction as the row and replayed for the same key as long as the row is there.
  // Must not throw. May be called again when a transaction has to be.
  std::function<std::string(std::int64_t number)> answer;
  // The site does not take it any more: only what was stored before may be replayed.
  bool replay_only = false;
};

enum class Outcome : std::uint8_t {
  kStored,     // durable: committed and synced before the callback is called
  kReplayed,   // was stored before with the same payload; `answer` is the first one's bytes
  kKeyReused,  // was stored before with another payload; nothing changed
  kInFlight,   // the same key is being stored now; ask again for its answer
  kRefused,    // replay_only, and it was not stored before
  kBusy,       // the queue is full or the database not to be had: nothing stored, try again
  kFull,       // no space left: nothing stored
  kUnknown,    // the commit's answer is lost: stored or not, the same again will tell
  kFailed,     // nothing stored; `text` says why
};

inline constexpr std::size_t kOutcomes = 9;

struct AddResult {
  Outcome outcome = Outcome::kFailed;
  std::string answer;
  std::string text;  // for the log
};

struct StoredRequest {
  std::string site;
  std::int64_t number = 0;
  std::string status, created_at, title, details, category;
};

using Found = Result<std::optional<StoredRequest>>;

// One thing that happened on a site. `seq` counts from 1 without a gap, in the order of the
// commits: who has read up to a seq has missed nothing below it.
struct Change {
  std::int64_t seq = 0;
  std::string kind;  // "received"
  std::string id;    // the request's
  std::string at;
};

using Changes = Result<std::vector<Change>>;
inline constexpr std::size_t kMostChanges = 1'000;  // a call at most

// What a store does, for whoever watches it.
inline constexpr std::array<std::size_t, 9> kGroupBuckets{1, 2, 4, 8, 16, 32, 64, 128, 256};
struct Activity {
  std::size_t waiting_writes = 0, waiting_reads = 0;  // jobs in the queues now
  // Since the start: requests by their Outcome; transactions by how many requests shared each, at
  // most kGroupBuckets[i] or more than any; the requests in all of them.
  std::array<std::uint64_t, kOutcomes> outcomes{};
  std::array<std::uint64_t, kGroupBuckets.size() + 1> groups{};
  std::uint64_t grouped_rows = 0;
};

// Thread-safe. Every callback is called exactly once, at the latest by close().
class Store {
 public:
  virtual ~Store() = default;

  virtual void add_request(NewRequest request, std::function<void(AddResult)> done) = 0;
  virtual void find_request(std::string id, std::function<void(Found)> done) = 0;
  // The site's changes behind `after`, oldest first, at most `limit` of them.
  virtual void read_changes(std::string site, std::int64_t after, std::size_t limit,
                            std::function<void(Changes)> done) = 0;
  // Spends a mark (a token, a signature, a webhook's id): true for exactly one of all who try it
  // before it expires, on whatever server. Times in Unix seconds. An error: it may be spent.
  virtual void use_once(std::string mark, std::int64_t now, std::int64_t expires_at,
                        std::function<void(Result<bool>)> done) = 0;
  // Counts a batch: kStored, kReplayed when its mark was spent before, or why it was not counted.
  // Requests go first: kBusy already when half of the queue is taken.
  virtual void count(NewCounts counts, std::function<void(AddResult)> done) = 0;
  // A site's sums over some days. Counts that are committed meanwhile may be in some of them.
  virtual void read_sums(std::string site, Days days, std::function<void(Result<Sums>)> done) = 0;
  // Whether the store can answer.
  virtual void check(std::function<void(Status)> done) = 0;
  virtual Activity activity() const = 0;
  // Finishes what is queued, then refuses everything as kBusy. May be called more than once.
  virtual void close() = 0;
};

}  // namespace askus::store
