// https://dev.vk.com/api/community-events/json-schema
#include <array>

#include "server-stub/social/message.h"
#include "server-stub/social/text.h"

namespace askus::social {
namespace {

constexpr std::int64_t kMillisecond = 1'000;

// A kind of comments: how its events and fields are named, and how its address is made.
struct Comments {
  std::string_view event, place;
  const char *thread, *owner, *link;  // `link` stands between "<owner>_<thread>" and the id
};
constexpr std::array<Comments, 3> kComments{{
    {"wall_reply_", "wall", "post_id", "post_owner_id", "?reply="},
    {"board_post_", "topic", "topic_id", "topic_owner_id", "?post="},
    {"photo_comment_", "photo", "photo_id", "photo_owner_id", "?reply="},
}};

bool deed_of(std::string_view name, Deed& deed) {
  constexpr std::array<std::pair<std::string_view, Deed>, 4> kDeeds{{{"new", Deed::kWritten},
                                                                     {"edit", Deed::kEdited},
                                                                     {"delete", Deed::kRemoved},
                                                                     {"restore", Deed::kRestored}}};
  for (const auto& [known, value] : kDeeds)
    if (known == name) {
      deed = value;
      return true;
    }
  return false;
}

std::string joined(const std::string& first, const std::string& second) {
  return first + "_" + second;
}

std::int64_t time_of(const Json& object) {
  return decimal(id_of(object, "date")).value_or(0) * kMillisecond;
}

// Of a comment's event; false: one that is not followed.
bool read_comment(std::string_view type, const Json& object, Message& message) {
  for (const Comments& one : kComments) {
    if (!type.starts_with(one.event) || !deed_of(type.substr(one.event.size()), message.deed))
      continue;
    const std::string thread = id_of(object, one.thread), id = id_of(object, "id");
    std::string owner = id_of(object, one.owner);
    if (owner.empty()) owner = id_of(object, "owner_id");
    if (owner.empty()) owner = "-" + message.group;
    message.place = one.place;
    message.thread = joined(owner, thread);
    message.item = joined(message.thread, id);
    message.link = "https://vk.com/" + message.place + message.thread + one.link + id;
    message.author = id_of(object, "from_id");
    message.text = text_of(object, "text");
    // An edit carries the date of the comment, not its own: edits count as they arrive.
    if (message.deed == Deed::kWritten) message.at = time_of(object);
    if (message.deed == Deed::kRemoved) message.text.clear();
    return !id.empty() && !thread.empty();
  }
  return false;
}

bool read_private(std::string_view type, const Json& object, Message& message) {
  if (type == "message_new")
    message.deed = Deed::kWritten;
  else if (type == "message_edit")
    message.deed = Deed::kEdited;
  else
    return false;
  // Since version 5.103 of the API within "message".
  const Json& said = object.contains("message") ? object_of(object, "message") : object;
  std::string id = id_of(said, "conversation_message_id");
  if (id.empty()) id = id_of(said, "id");
  message.place = "message";
  message.thread = id_of(said, "peer_id");
  message.item = joined(message.thread, id);
  message.link = "https://vk.com/gim" + message.group + "?sel=" + message.thread;
  message.author = id_of(said, "from_id");
  message.text = text_of(said, "text");
  if (message.deed == Deed::kWritten) message.at = time_of(said);
  return !id.empty() && !message.thread.empty() && id_of(said, "out") != "1";
}

}  // namespace

Result<VkCall> read_vk_call(std::string_view body) {
  const std::optional<Json> json = parse_object(body);
  if (!json) return Error{Code::kMalformed, "the body is not a JSON object"};
  VkCall call{text_of(*json, "type"), id_of(*json, "group_id"), text_of(*json, "secret"), {}};
  if (call.type.empty() || !is_number_id(call.group))
    return Error{Code::kMalformed, "\"type\" or \"group_id\" is missing"};
  const Json& object = object_of(*json, "object");
  Message message;
  message.group = call.group;
  message.event = text_of(*json, "event_id");
  const bool followed =
      read_comment(call.type, object, message) || read_private(call.type, object, message);
  // The community's own words are answers, not questions.
  if (followed && message.author != "-" + call.group) call.messages.push_back(std::move(message));
  return call;
}

}  // namespace askus::social
