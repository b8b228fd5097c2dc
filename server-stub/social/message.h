// What people write in a community, a Page or elsewhere, as the platforms tell it, in one shape.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "server-stub/social/json.h"
#include "server-stub/store/deed.h"
#include "shared/base/result.h"

namespace askus::social {

using store::Deed;

struct Message {
  Deed deed = Deed::kWritten;
  // `place`: message, wall, topic, photo, comment; or what a webhook calls it. `item` is unique
  // within place and group, and the same through edits and removal.
  std::string place, group, item;
  std::string thread;  // of the place: the conversation, the post, the topic, the photo
  std::string author, author_name;
  std::string text;     // as written; empty when removed
  std::string link;     // where people read it
  std::int64_t at = 0;  // when this happened, Unix milliseconds; 0: the platform does not say
  // The same for every delivery of this very event, and for no other event of the site's channel.
  std::string event;
};

// One call of VK's Callback API.
struct VkCall {
  std::string type, group, secret;
  std::vector<Message> messages;  // one, or none: a type that is not followed, our own words
};
// kMalformed: not a JSON object with a type and a group.
Result<VkCall> read_vk_call(std::string_view body);

// A Facebook Page webhook: what its batch says of this page. What is not followed is left out.
// kMalformed: not a JSON object of a page, or over kMostEntries.
inline constexpr std::size_t kMostEntries = 1'000;
Result<std::vector<Message>> read_facebook_batch(std::string_view body, std::string_view page);

// A standard webhook's body: {"type": "<place>.created|edited|removed|restored", "timestamp",
// "data": {"id", "thread", "link", "author": {"id", "name"}, "text"}}; docs/http-api.md. `id`: of
// the header. kMalformed: what it has not, or too long.
Result<Message> read_webhook(std::string_view body, std::string_view id);

// RFC 3339 as Unix milliseconds; -1 for anything else.
std::int64_t parse_time(std::string_view text);

// The language that a text is most likely in: uk, ru or en, by letters that the others lack; a
// Cyrillic text without any is uk.
std::string_view guess_language(std::string_view text);

}  // namespace askus::social
