// What other systems are told of a site's requests: made of the site's changes in their order, by a
// cursor that moves in the transaction that puts the messages into the outbox. So each change is
// told whatever server made it, and whichever is killed when.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "server-stub/store/outbox.h"

namespace askus::out {

struct WebhookTarget {
  std::string name, url;
  std::vector<std::string> keys;    // their bytes; each signs
  std::vector<std::string> events;  // request.received, ...
};

// The event that a change is told as; empty: none.
std::string_view event_of(std::string_view change);

// Puts what is new for one webhook of a site; how many changes it has looked at, at most
// kChangesAtOnce. The first time it begins with what happens from now on. `now`: Unix milliseconds.
inline constexpr std::size_t kChangesAtOnce = 100;
Result<std::size_t> feed_webhook(store::Session& session, const std::string& site,
                                 const WebhookTarget& webhook, std::int64_t now);

}  // namespace askus::out
