// Whom a social network has vouched for, in a token of our own: signed, not stored, so that any of
// several servers with one secret can read it.
//
//   base64url(JSON) "." base64url(HMAC-SHA256(secret, context + "\n" + base64url(JSON)))
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace askus::api {

// The header field in which the panel shows its token with a request.
inline constexpr std::string_view kSocialHeader = "X-Askus-Social";

// Seconds. The panel's token: longer would be worth more to who steals it, shorter would store the
// request of who writes slowly without their account. The code is followed at once by the browser.
inline constexpr std::int64_t kSocialTokenLifetime = 7'200, kSocialCodeLifetime = 60;

struct SocialUser {
  std::string site, channel;  // vk or facebook
  std::string user;           // id, or empty: a Page's visitor who has not logged in to the app
  std::string group;          // id of the community or page, or empty
  std::string language;       // as the network names it
  bool is_admin = false;      // of the community or page
  bool operator==(const SocialUser&) const = default;
};

// What a token is for; one is worth nothing as the other.
enum class SocialUse : std::uint8_t { kPanel, kCode };

// `expires_at` in Unix seconds.
std::string issue_social_token(std::string_view secret, SocialUse use, const SocialUser& user,
                               std::int64_t expires_at);
// Nothing for what was not issued for this site and use under this secret, or has expired at `now`.
std::optional<SocialUser> read_social_token(std::string_view secret, SocialUse use,
                                            std::string_view site, std::string_view text,
                                            std::int64_t now);

}  // namespace askus::api
