// A harness whose site "demo" has every channel, and what its platforms would send.
#pragma once

#include <string>

#include "tests/server-stub/api/harness.h"

namespace askus::testing {

inline constexpr const char *kVkKey = "vk-protected-key", *kVkCallback = "vk-callback-secret",
                            *kFacebookSecret = "facebook-app-secret",
                            *kFacebookVerify = "facebook-verify-token",
                            *kShopKey = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";

// App 11 of VK in community 77, app 12 of Facebook on page 42, the webhook "shop".
Setup with_channels();
void add_channels(config::Config& config, const TempFolder& folder);

// The query of a launch of app 11; `more` is put before and sorted already, "" for none.
std::string vk_launch(std::int64_t at, const std::string& group = "77",
                      const std::string& more = {});
std::string vk_signed(const std::string& parameters);

// A form with a signed_request; `members` of its JSON beside the algorithm.
std::string facebook_form(const std::string& members, const std::string& secret = kFacebookSecret);
std::string facebook_tab(std::int64_t at, const std::string& user = "9001", bool admin = false);

Answer post_vk(Harness& h, const std::string& body);
Answer post_facebook(Harness& h, const std::string& body,
                     const std::string& secret = kFacebookSecret);
Answer post_shop(Harness& h, const std::string& id, std::int64_t at, const std::string& body,
                 const std::string& key = kShopKey);
Answer post_form(Harness& h, const std::string& path, const std::string& form);

// A comment on the community's wall.
std::string vk_comment(int id, const std::string& text, const std::string& type = "wall_reply_new",
                       const std::string& event = {}, const std::string& secret = kVkCallback);
// A comment on the page, alone in its batch.
std::string facebook_comment(int id, const std::string& text, const std::string& verb = "add",
                             std::int64_t at = kStart);
std::string shop_review(const std::string& id, const std::string& text,
                        const std::string& deed = "created",
                        const std::string& time = "2026-11-21T10:00:00Z");

}  // namespace askus::testing
