// What people write in communities, Pages and elsewhere, as requests: VK's Callback API, Facebook's
// Page webhooks, Standard Webhooks. Judged by their signature or secret alone, and answered only
// after the COMMIT: who gets another answer sends again.
#pragma once

#include "server-stub/api/app.h"
#include "server-stub/social/message.h"

namespace askus::api {

// Bytes of one delivery: a Facebook batch of 1,000 fits. So many are in memory at once.
inline constexpr std::size_t kInboundBody = 1u << 20;
inline constexpr std::size_t kInboundAtOnce = 16;
// How long an event is remembered, and the removal of what was not told yet: a week, in seconds.
// Facebook sends again for 36 hours.
inline constexpr std::int64_t kEventMemory = 604'800;

void add_inbound_routes(App& app, http::Router& router);

// A message as the store takes it. `channel`: vk, facebook, webhook, feed; `name`: of a webhook.
store::Delivery delivery_of(App& app, const Site& site, std::string_view channel,
                            std::string_view name, const social::Message& message);

// A text as title and details: its first line, cut at a word, and all of it unless that is the
// same.
struct TitleAndDetails {
  std::string title, details;
};
TitleAndDetails split_text(std::string_view text);

}  // namespace askus::api
