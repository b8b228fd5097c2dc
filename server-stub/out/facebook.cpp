#include "server-stub/out/facebook.h"

#include <botan/hex.h>

#include <algorithm>
#include <array>
#include <chrono>

#include "server-stub/publish/mac.h"
#include "server-stub/social/json.h"
#include "server-stub/social/text.h"

namespace askus::out {
namespace {

using std::chrono::milliseconds;

// "<post>_<comment>", or one number.
bool is_comment(std::string_view id) {
  const std::size_t line = id.find('_');
  if (line == std::string_view::npos) return social::is_number_id(id);
  return social::is_number_id(id.substr(0, line)) && social::is_number_id(id.substr(line + 1));
}

// https://developers.facebook.com/docs/graph-api/securing-requests: it makes a stolen token useless
// without the app's secret.
std::string proof_of(const FacebookAccess& access) {
  const std::string mac = publish::hmac_sha256(access.app_secret, access.token);
  return Botan::hex_encode(reinterpret_cast<const std::uint8_t*>(mac.data()), mac.size(), false);
}

FormFields with_access(const FacebookAccess& access, FormFields fields) {
  fields.emplace_back("access_token", access.token);
  fields.emplace_back("appsecret_proof", proof_of(access));
  return fields;
}

std::string text_of(const social::Json& json) {
  return json.dump(-1, ' ', false, social::Json::error_handler_t::replace);
}

constexpr std::chrono::minutes kSoon{5};
constexpr std::chrono::hours kLater{1};

constexpr auto kAgain = Verdict::Kind::kAgain, kNever = Verdict::Kind::kNever;
// https://developers.facebook.com/docs/graph-api/guides/error-handling, .../overview/rate-limiting
const std::array<KnownError, 13> kKnown{{
    {1, kAgain, "unreachable", milliseconds(0), false},    // an unknown error
    {2, kAgain, "unreachable", milliseconds(0), false},    // temporarily unavailable
    {4, kAgain, "busy", kSoon, true},                      // the app's rate
    {17, kAgain, "busy", kSoon, true},                     // the user's rate
    {32, kAgain, "busy", kSoon, true},                     // the page's rate
    {341, kAgain, "busy", kLater, true},                   // the application's limit
    {368, kAgain, "busy", kLater, true},                   // blocked for a time
    {613, kAgain, "busy", kSoon, true},                    // a rate of this call
    {190, kAgain, "credentials", kSoon, true},             // the token is not good any more
    {102, kAgain, "credentials", kSoon, true},             // the session
    {551, kNever, "not-wanted", milliseconds(0), false},   // this person is not available
    {100, kNever, "gone", milliseconds(0), false},         // no such object, or not for us
    {10'900, kNever, "answered", milliseconds(0), false},  // a comment has one private answer
}};
constexpr std::int64_t kBusinessRates = 80'000, kBusinessRatesEnd = 80'015;
constexpr std::int64_t kDuplicate = 506, kPermission = 10, kWindowSubcode = 2'018'278;
constexpr std::int64_t kPermissions = 200, kPermissionsEnd = 300;

Verdict verdict_of_error(const social::Json& error, const publish::Answer& answer,
                         std::int64_t tries, std::int64_t now) {
  const auto code = social::decimal(social::id_of(error, "code")).value_or(0);
  const auto subcode = social::decimal(social::id_of(error, "error_subcode")).value_or(0);
  const std::string said =
      "Facebook " + std::to_string(code) + ": " + social::text_of(error, "message");
  // It says that the same words stand there: those of an earlier try whose answer was lost.
  if (code == kDuplicate && tries > 1) return {};
  if (code == kPermission && subcode == kWindowSubcode) return never("window", said);
  if (code >= kBusinessRates && code < kBusinessRatesEnd)
    return {kAgain, reason_of("busy", said), kSoon, true};
  std::optional<Verdict> known = verdict_of_error(kKnown, code, said);
  if (known) return std::move(*known);
  if (error.contains("is_transient") && error["is_transient"] == true)
    return again("unreachable", said);
  if (code == kPermission || (code >= kPermissions && code < kPermissionsEnd))
    return never("not-permitted", said);
  if (code == 0) return verdict_of_status(answer.status, answer.retry_after, now);
  return never("refused", said);
}

}  // namespace

Result<publish::Exchange> facebook_call(const FacebookAccess& access, const Part& part,
                                        std::int64_t parts, std::int64_t silence) {
  const std::string base = access.url + "/" + access.version + "/";
  if (part.place == "comment") {
    if (!is_comment(part.source.item))
      return Error{Code::kMalformed, "the comment's id is not Facebook's"};
    return form_call(base + part.source.item + "/comments",
                     with_access(access, {{"message", part.text}}));
  }
  const bool to_comment = part.source.place == "comment";
  const std::string& id = to_comment ? part.source.item : part.source.user;
  if (!(to_comment ? is_comment(id) : social::is_number_id(id)))
    return Error{Code::kMalformed, "the recipient's id is not Facebook's"};
  if (to_comment && parts > 1)
    return Error{Code::kTooLarge, "a private answer to a comment has at most " +
                                      std::to_string(kFacebookMessage) + " characters"};
  const bool tagged = !to_comment && silence > kFreeWindow;
  if (silence > kAgentWindow || (tagged && !access.human_agent))
    return Error{Code::kRefused, tagged ? "the person wrote more than 24 hours ago"
                                        : "the person wrote more than 7 days ago"};
  FormFields fields{{"recipient", text_of({{to_comment ? "comment_id" : "id", id}})},
                    {"messaging_type", tagged ? "MESSAGE_TAG" : "RESPONSE"},
                    {"message", text_of({{"text", part.text}})}};
  if (tagged) fields.emplace_back("tag", "HUMAN_AGENT");
  return form_call(base + access.page + "/messages", with_access(access, std::move(fields)));
}

Verdict facebook_verdict(const publish::Answer& answer, std::int64_t tries, std::int64_t now) {
  constexpr unsigned kOk = 200, kBadGateway = 502;
  const auto json = social::parse_object(answer.body);
  if (json && json->contains("error"))
    return verdict_of_error(social::object_of(*json, "error"), answer, tries, now);
  if (json && answer.status == kOk) return {};
  return verdict_of_status(answer.status == kOk ? kBadGateway : answer.status, answer.retry_after,
                           now);
}

}  // namespace askus::out
