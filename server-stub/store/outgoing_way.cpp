#include "server-stub/store/outgoing_way.h"

#include "server-stub/store/outbox.h"
#include "shared/request/request.h"

namespace askus::store {
namespace {

constexpr std::string_view kMessage = "message", kPanel = "panel";

bool has_mail(const Asked& asked) {
  return request::is_email(asked.identity_contact) || request::is_email(asked.contact);
}

}  // namespace

bool is_public_place(std::string_view channel, std::string_view place) {
  if (channel == outbox_channels::kVk)
    return place == "wall" || place == "topic" || place == "photo";
  return channel == outbox_channels::kFacebook && place == "comment";
}

std::string way_after(const Asked& asked, const Reply::Going& going) {
  if (!is_public_place(asked.channel, asked.place)) return {};
  const std::string& way = going.way.empty() ? asked.way : going.way;
  return way == ways::kPrivate ? std::string(ways::kPrivate) : std::string();
}

std::optional<OutgoingWay> way_out(const Asked& asked, const Reply::Going& going) {
  const bool network =
      asked.channel == outbox_channels::kVk || asked.channel == outbox_channels::kFacebook;
  if (network && asked.place != kPanel) {
    if (!(asked.channel == outbox_channels::kVk ? going.vk : going.facebook)) return std::nullopt;
    const bool moved = way_after(asked, going) == ways::kPrivate;
    // Facebook takes a private answer to a comment by the comment's id; VK by who wrote it.
    if (moved && asked.channel == outbox_channels::kVk && asked.user.empty()) return std::nullopt;
    return OutgoingWay{asked.channel, moved ? std::string(kMessage) : asked.place};
  }
  if (!going.email || !has_mail(asked)) return std::nullopt;
  return OutgoingWay{std::string(outbox_channels::kEmail), {}};
}

}  // namespace askus::store
