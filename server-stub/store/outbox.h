// What is to leave the server, as rows: a reply's own, written in the same transaction as the
// reply, mail of other kinds, and webhooks. A row is taken by one server at a time under a lease
// that runs out by itself, so that any of several servers may be killed at any time. Times in Unix
// milliseconds.
#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "server-stub/store/store.h"

namespace askus::store {

namespace outbox_states {
inline constexpr std::string_view kWaiting = "waiting", kSending = "sending", kSent = "sent",
                                  kFailed = "failed";
}  // namespace outbox_states

namespace outbox_channels {
inline constexpr std::string_view kEmail = "email", kVk = "vk", kFacebook = "facebook",
                                  kWebhook = "webhook";
}  // namespace outbox_channels

// How long rows are kept that belong to no request, after they were sent or have failed.
inline constexpr std::int64_t kOutboxKept = std::int64_t{30} * 86'400'000;

struct OutgoingRow {
  std::string id;  // what makes it the same thing; of a reply "<reply's id>.<channel>"
  std::string site, channel;
  std::string place;           // as of Source; of a webhook its name
  std::string request, reply;  // of a reply; else empty
  std::string payload;         // of what is no reply: what is sent
  std::int64_t created_at = 0;
  // Filled in by the database.
  std::string state{outbox_states::kWaiting}, reason = {}, lease = {};
  std::int64_t part = 0;   // parts of a long text that have gone
  std::int64_t tries = 0;  // this one among them
};

// Writes a row that is due at once; nothing when one of its id is there.
Query put_outgoing(const OutgoingRow& row);

// Takes the row of the channel that has been due for longest, if there is one, until `lease_until`:
// its state is kSending. Of the replies to one request the earlier goes first.
struct Claim {
  std::string channel;
  std::string lease;  // random; names this claim
  std::int64_t now = 0, lease_until = 0;
};
Result<std::optional<OutgoingRow>> claim_outgoing(Session& session, const Claim& claim);

// How a try ended. Nothing happens when the lease has gone to somebody else meanwhile (kMissing) or
// the request was erased.
struct Tried {
  std::string state;        // kSent, kFailed, or kWaiting: again at due_at
  std::string reason = {};  // a short word and what the other side said, for staff
  std::int64_t due_at = 0;
};
// That a reply was sent or has failed is a change of its request.
Written finish_outgoing(Session& session, const OutgoingRow& row, const Tried& tried,
                        std::int64_t now);
// One more part has gone; the lease is longer.
Written advance_outgoing(Session& session, const OutgoingRow& row, std::int64_t part,
                         std::int64_t lease_until);

// Nothing that waits for the same place of the same site's channel is due before that time.
Query postpone_outgoing(const OutgoingRow& row, std::int64_t until);

// Makes a row that has failed wait again, as if it were new. kRefused: it has not failed. kMissing:
// the request has no such row. `now` in Unix seconds, as `at`.
Written retry_outgoing(Session& session, const std::string& request, const std::string& id,
                       std::int64_t now, const std::string& at, const std::string& actor);

// What of a channel is not over: how many rows, since when the oldest waits (0: none), how many are
// due now.
struct Outstanding {
  std::int64_t rows = 0, oldest = 0, due = 0;
};
Query count_outgoing(const std::string& channel, std::int64_t now);
Outstanding outstanding_of(const Rows& rows);

// Of a request, for find_request: oldest first.
Query read_outgoing(const std::string& request);
std::vector<Outgoing> outgoing_of(const Rows& rows);

// For sweep(): what is over and belongs to no request. `now` in Unix seconds.
Query sweep_outgoing(std::int64_t now);
// For an erasure.
Query forget_outgoing(const std::string& request);

}  // namespace askus::store
