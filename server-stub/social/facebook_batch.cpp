// https://developers.facebook.com/docs/graph-api/webhooks/reference/page
#include "server-stub/publish/signature.h"
#include "server-stub/social/message.h"
#include "server-stub/social/text.h"

namespace askus::social {
namespace {

constexpr std::int64_t kMillisecond = 1'000;

// Facebook names no event: the same content of the same entry is the same event.
std::string event_of(const Json& json) {
  return publish::sha256_hex(json.dump(-1, ' ', false, Json::error_handler_t::replace));
}

bool read_change(const Json& change, std::string_view page, Message& message) {
  const Json& value = object_of(change, "value");
  if (text_of(change, "field") != "feed" || text_of(value, "item") != "comment") return false;
  const std::string verb = text_of(value, "verb");
  if (verb == "add")
    message.deed = Deed::kWritten;
  else if (verb == "edit" || verb == "edited")
    message.deed = Deed::kEdited;
  else if (verb == "remove")
    message.deed = Deed::kRemoved;
  else
    return false;
  const Json& from = object_of(value, "from");
  message.place = "comment";
  message.item = id_of(value, "comment_id");
  message.thread = id_of(value, "post_id");
  message.author = id_of(from, "id");
  message.author_name = text_of(from, "name");
  if (message.deed != Deed::kRemoved) message.text = text_of(value, "message");
  message.link = "https://www.facebook.com/" + percent_encode(message.item);
  message.at = decimal(id_of(value, "created_time")).value_or(0) * kMillisecond;
  return message.author != page;  // the Page's own words are answers
}

bool read_private(const Json& messaging, std::string_view page, Message& message) {
  const bool edit = messaging.contains("message_edit");
  const Json& said = object_of(messaging, edit ? "message_edit" : "message");
  message.deed = edit ? Deed::kEdited : Deed::kWritten;
  if (said.contains("is_deleted") && said["is_deleted"] == true) message.deed = Deed::kRemoved;
  if (said.contains("is_echo") && said["is_echo"] == true) return false;
  message.place = "message";
  message.item = id_of(said, "mid");
  message.author = message.thread = id_of(object_of(messaging, "sender"), "id");
  if (message.deed != Deed::kRemoved) message.text = text_of(said, "text");
  message.link = "https://www.facebook.com/" + std::string(page) + "/inbox";
  message.at = decimal(id_of(messaging, "timestamp")).value_or(0);
  return message.author != page;
}

template <typename Read>
void read_list(const Json& list, std::string_view page, std::vector<Message>& messages, Read read) {
  for (const Json& one : list) {
    Message message;
    message.group = page;
    if (!one.is_object() || !read(one, page, message) || message.item.empty()) continue;
    message.event = event_of(one);
    messages.push_back(std::move(message));
  }
}

}  // namespace

Result<std::vector<Message>> read_facebook_batch(std::string_view body, std::string_view page) {
  const std::optional<Json> json = parse_object(body);
  if (!json || text_of(*json, "object") != "page")
    return Error{Code::kMalformed, "the body is not a JSON object of a page"};
  std::vector<Message> messages;
  for (const Json& entry : list_of(*json, "entry")) {
    if (id_of(entry, "id") != page) continue;
    read_list(list_of(entry, "changes"), page, messages, read_change);
    read_list(list_of(entry, "messaging"), page, messages, read_private);
    if (messages.size() > kMostEntries)
      return Error{Code::kTooLarge, "over " + std::to_string(kMostEntries) + " entries"};
  }
  return messages;
}

}  // namespace askus::social
