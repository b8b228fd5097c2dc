// Signed inputs whose verdict is known. `ok` speaks of the signature alone: most carry no time, or
// an old one. Official ones are those that the platforms publish; synthetic ones were signed with
// openssl for these tests.
#pragma once

#include <array>
#include <string_view>

namespace askus::testing {

struct Vector {
  std::string_view name, secret, input;
  bool ok;
};

inline constexpr std::string_view kVkSecret = "wvl68m4dR1UpLrVRli";
// A whole launch of app 6736218 at 1700000000.
inline constexpr std::string_view kVkLaunch =
    "vk_access_token_settings=friends%2Cstories&vk_app_id=6736218&vk_are_notifications_enabled=0"
    "&vk_group_id=166562603&vk_is_app_user=1&vk_is_favorite=0&vk_language=ru"
    "&vk_platform=desktop_web&vk_ref=other&vk_ts=1700000000&vk_user_id=494075"
    "&vk_viewer_group_role=admin&sign=4bsy2QPuhUkj7ML0CJy7zSA1GgzHHnjWg4jOdVEGcho";

inline constexpr std::array<Vector, 4> kVkVectors{{
    {"official (github.com/VKCOM/vk-apps-launch-params)", kVkSecret,
     "vk_user_id=494075&vk_app_id=6736218&vk_is_app_user=1&vk_are_notifications_enabled=1"
     "&vk_language=ru&vk_access_token_settings=&vk_platform=android"
     "&sign=htQFduJpLxz7ribXRZpDFUH-XEUhC9rBPTJkjUFEkRA",
     true},
    {"a published sample with a typing error", kVkSecret,
     "vk_user_id=4940751&vk_app_id=6736218&vk_is_app_user=1&vk_are_notifications_enabled=1"
     "&vk_language=ru&vk_access_token_settings=&vk_platform=android"
     "&sign=htQFduJpLxz7ribXRZpDFUH-XEUhC9rBPTJkjUFEkRA",
     false},
    {"a published sample whose signature has 44 characters", kVkSecret,
     "vk_user_id=494075&vk_app_id=6736218&vk_is_app_user=1&vk_are_notifications_enabled=1"
     "&vk_language=ru&vk_access_token_settings=&vk_platform=android"
     "&sign=exTIBPYTrAKDTHLLm2AwJkmcVcvFCzQUNyoa6wAjvW6k",
     false},
    {"synthetic, with an encoded comma", kVkSecret, kVkLaunch, true},
}};

// Of page 130634540372728, its admin, issued at 1319488107; a payload that Facebook published.
inline constexpr std::string_view kFacebookTab =
    "XpbwsxlUrGGgZzF2d2BAG3bk2mOuiOpVHKuya2xLxqU."
    "eyJhbGdvcml0aG0iOiJITUFDLVNIQTI1NiIsImlzc3VlZF9hdCI6MTMxOTQ4ODEwNywicGFnZSI6eyJpZCI6IjEzMDYz"
    "NDU0MDM3MjcyOCIsImxpa2VkIjpmYWxzZSwiYWRtaW4iOnRydWV9LCJ1c2VyIjp7ImNvdW50cnkiOiJjYSIsImxvY2Fs"
    "ZSI6ImVuX1VTIiwiYWdlIjp7Im1pbiI6MjF9fX0";
// Of user 218471, issued at 1700000000.
inline constexpr std::string_view kFacebookDeletion =
    "_byaVZ8IQNOE0tdleIN-KpINYuN-psDf_k35VhN7OlQ."
    "eyJ1c2VyX2lkIjoiMjE4NDcxIiwiYWxnb3JpdGhtIjoiSE1BQy1TSEEyNTYiLCJpc3N1ZWRfYXQiOjE3MDAwMDAwMDAs"
    "ImV4cGlyZXMiOjE3MDAwMDM2MDB9";

inline constexpr std::array<Vector, 4> kFacebookVectors{{
    {"documented by Facebook", "secret",
     "vlXgu64BQGFSQrY0ZcJBZASMvYvTHu9GQ0YM9rjPSso."
     "eyJhbGdvcml0aG0iOiJITUFDLVNIQTI1NiIsIjAiOiJwYXlsb2FkIn0",
     true},
    {"another payload under that signature, padded (DNN's test data)", "secret",
     "vlXgu64BQGFSQrY0ZcJBZASMvYvTHu9GQ0YM9rjPSso."
     "eyJhbGdvcml0aG0iOiJITUFDLVNIQTI1NiIsIjAiOiJwYXlsb2FkIiwidXNlcl9pZCI6ICIxIiwiZXhwaXJlcyI6IjEz"
     "MjUzNzU5OTkifQ==",
     false},
    {"a tab, synthetic signature", "secret", kFacebookTab, true},
    {"a deletion, synthetic", "secret", kFacebookDeletion, true},
}};

struct HubVector {
  std::string_view name, secret, body, hex;
};
inline constexpr std::array<HubVector, 2> kHubVectors{{
    {"documented by GitHub, whose scheme is the same", "It's a Secret to Everybody",
     "Hello, World!", "757107ea0eb2509fc211221cce984b8a37570b6d7586c22c46f4379c8b043e17"},
    {"synthetic", "secret", R"({"object":"page","entry":[]})",
     "550e646d4869f9eaf9e56ccc2b73b528c8d3aac4a24ff137e0a26e3e45bbd075"},
}};

// The example that the reference libraries of Standard Webhooks test themselves with.
inline constexpr std::string_view kWebhookKey = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw",
                                  kWebhookId = "msg_p5jXN8AQM9LWM0D4loKWxJek",
                                  kWebhookTime = "1614265330",
                                  kWebhookBody = R"({"test": 2432232314})",
                                  kWebhookSignature =
                                      "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=";

}  // namespace askus::testing
