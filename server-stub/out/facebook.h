// Replies to Facebook: comments and messages of a Page by the Graph API.
// https://developers.facebook.com/docs/graph-api/reference/object/comments
// https://developers.facebook.com/docs/messenger-platform/reference/send-api
#pragma once

#include <string>

#include "server-stub/out/platform.h"
#include "shared/base/result.h"

namespace askus::out {

struct FacebookAccess {
  std::string url;           // "https://graph.facebook.com", without a slash at its end
  std::string version;       // "v21.0"
  std::string page;          // its id
  std::string token;         // the Page's
  std::string app_secret;    // proves that the token is used by the app that has it
  bool human_agent = false;  // the app may answer for seven days instead of one
};

// Characters at most, as Facebook says.
inline constexpr std::size_t kFacebookMessage = 2'000, kFacebookComment = 8'000;

// Within a day of what they wrote last people are answered freely, within seven with the tag
// HUMAN_AGENT. Seconds.
inline constexpr std::int64_t kFreeWindow = 86'400, kAgentWindow = 7 * kFreeWindow;

// The call for a part. `silence`: seconds since the person wrote last. kRefused: no message may be
// sent any more; kTooLarge: a private answer to a comment is one message; kMalformed: the ids are
// none of Facebook's.
Result<publish::Exchange> facebook_call(const FacebookAccess& access, const Part& part,
                                        std::int64_t parts, std::int64_t silence);

// What Facebook has answered. `tries`: this one among them. `now`: Unix seconds.
Verdict facebook_verdict(const publish::Answer& answer, std::int64_t tries, std::int64_t now);

}  // namespace askus::out
