#include "server-stub/out/vk.h"

#include <algorithm>
#include <array>
#include <chrono>

#include "server-stub/social/json.h"
#include "server-stub/social/text.h"

namespace askus::out {
namespace {

using std::chrono::milliseconds;

// "<owner>_<thread>" in two; nothing: it is not that.
struct Pair {
  std::string owner, id;
};
bool split(std::string_view text, Pair& into) {
  const std::size_t line = text.rfind('_');
  if (line == std::string_view::npos) return false;
  into = {std::string(text.substr(0, line)), std::string(text.substr(line + 1))};
  std::string_view owner = into.owner;
  if (owner.starts_with('-')) owner.remove_prefix(1);
  return social::is_number_id(owner) && social::is_number_id(into.id);
}

// What a method takes for a comment, and with which of the tokens.
struct Method {
  std::string_view place, name, thread;
  bool by_administrator = false, replies_to_comment = false;
};
constexpr std::array<Method, 3> kMethods{{
    {"wall", "wall.createComment", "post_id", false, true},
    {"topic", "board.createComment", "topic_id", true, false},
    {"photo", "photos.createComment", "photo_id", true, true},
}};

constexpr std::chrono::minutes kSoon{10};
constexpr std::chrono::hours kLater{1};

// https://dev.vk.com/reference/errors
constexpr auto kAgain = Verdict::Kind::kAgain, kNever = Verdict::Kind::kNever;
const std::array<KnownError, 19> kKnown{{
    {1, kAgain, "unreachable", milliseconds(0), false},      // unknown error
    {5, kAgain, "credentials", kSoon, true},                 // authorization failed
    {6, kAgain, "busy", std::chrono::seconds(1), true},      // too many requests per second
    {9, kAgain, "busy", kSoon, true},                        // flood control
    {10, kAgain, "unreachable", milliseconds(0), false},     // internal server error
    {14, kAgain, "busy", kLater, true},                      // captcha needed
    {17, kAgain, "credentials", kLater, true},               // validation required
    {27, kAgain, "credentials", kSoon, true},                // group authorization failed
    {29, kAgain, "busy", kLater, true},                      // rate limit reached
    {7, kNever, "not-permitted", milliseconds(0), false},    // permission denied
    {15, kNever, "not-permitted", milliseconds(0), false},   // access denied
    {18, kNever, "gone", milliseconds(0), false},            // user deleted or banned
    {212, kNever, "not-permitted", milliseconds(0), false},  // no access to comments
    {213, kNever, "not-permitted", milliseconds(0), false},  // no access to status replies
    {900, kNever, "not-wanted", milliseconds(0), false},     // user is in the blacklist
    {901, kNever, "not-wanted", milliseconds(0), false},     // has not allowed messages
    {902, kNever, "not-wanted", milliseconds(0), false},     // by privacy settings
    {914, kNever, "too-long", milliseconds(0), false},       // message is too long
    {936, kNever, "gone", milliseconds(0), false},           // contact not found
}};

Result<publish::Exchange> comment_call(const VkAccess& access, const Method& method,
                                       const Part& part) {
  Pair thread;
  // "<owner>_<thread>_<comment>"
  const std::string comment = part.source.item.substr(part.source.item.rfind('_') + 1);
  if (!split(part.source.thread, thread) || !social::is_number_id(comment))
    return Error{Code::kMalformed, "the comment's ids are not VK's"};
  const std::string& token = method.by_administrator && !access.administrator_token.empty()
                                 ? access.administrator_token
                                 : access.token;
  FormFields fields{{"access_token", token}, {"v", access.version}};
  if (method.place == "topic")
    fields.emplace_back("group_id", access.group);
  else
    fields.emplace_back("owner_id", thread.owner);
  fields.emplace_back(method.thread, thread.id);
  // The wall's is a community's number, the others' are a switch.
  fields.emplace_back("from_group", method.place == "wall" ? access.group : "1");
  fields.emplace_back("message", part.text);
  if (method.replies_to_comment) fields.emplace_back("reply_to_comment", comment);
  fields.emplace_back("guid", part_key(part));
  return form_call(access.url + std::string(method.name), fields);
}

}  // namespace

Result<publish::Exchange> vk_call(const VkAccess& access, const Part& part) {
  for (const Method& method : kMethods)
    if (method.place == part.place) return comment_call(access, method, part);
  // A talk that was moved from a public place goes to who wrote there.
  const std::string& peer = part.source.place == "message" ? part.source.thread : part.source.user;
  if (!social::is_number_id(peer)) return Error{Code::kMalformed, "the peer's id is not VK's"};
  return form_call(access.url + "messages.send", {{"access_token", access.token},
                                                  {"v", access.version},
                                                  {"peer_id", peer},
                                                  {"random_id", std::to_string(part_number(part))},
                                                  {"message", part.text}});
}

Verdict vk_verdict(const publish::Answer& answer, std::int64_t now) {
  const auto json = social::parse_object(answer.body);
  if (!json || answer.status != 200)
    return verdict_of_status(answer.status == 200 ? 502 : answer.status, answer.retry_after, now);
  if (json->contains("response")) return {};
  const social::Json& error = social::object_of(*json, "error");
  const auto code = social::decimal(social::id_of(error, "error_code")).value_or(0);
  const std::string said =
      "VK " + std::to_string(code) + ": " + social::text_of(error, "error_msg");
  std::optional<Verdict> known = verdict_of_error(kKnown, code, said);
  if (!known)
    return code == 0 ? again("unreachable", "an answer that is not VK's") : never("refused", said);
  return std::move(*known);
}

}  // namespace askus::out
