// Replies to VK: https://dev.vk.com/method/wall.createComment, messages.send, board.createComment,
// photos.createComment.
#pragma once

#include <string>

#include "server-stub/out/platform.h"
#include "shared/base/result.h"

namespace askus::out {

struct VkAccess {
  std::string url;      // "https://api.vk.com/method/", with the slash
  std::string version;  // of the API
  std::string group;    // the community's number
  std::string token;    // the community's
  // An administrator's, for topics and photos, where VK takes no community's; empty: the same.
  std::string administrator_token;
};

// Characters of a message at most. VK says 4096 for messages and nothing for comments.
inline constexpr std::size_t kVkText = 4'096;

// The call for a part; kMalformed: the source's ids are none of VK's.
Result<publish::Exchange> vk_call(const VkAccess& access, const Part& part);

// What VK has answered. `now`: Unix seconds.
Verdict vk_verdict(const publish::Answer& answer, std::int64_t now);

}  // namespace askus::out
