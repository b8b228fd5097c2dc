// Mail that is to be sent: put into the database, sent from there by whichever server has its turn
// (docs/staff.md, "Going out"). Replies put themselves there (store/replies.h); this is for what
// else goes by mail, such as reports.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "server-stub/store/store.h"

namespace askus::out {

// Stands in `text` and `html` where the link that ends such mail is to be; replaced when it is
// sent.
inline constexpr std::string_view kUnsubscribeLink = "{{unsubscribe}}";

// The lists that somebody can be on, and unsubscribe from one by one.
inline constexpr std::string_view kReplyList = "replies", kReportList = "reports";

inline constexpr std::size_t kMaxSubject = 400, kMaxMailPart = 1u << 20;  // bytes

struct Mail {
  std::string site;
  std::string list;  // of those above: a-z and -
  std::string key;   // what makes it the same mail, at most 200 of a-z A-Z 0-9 . - _ :
  std::string to;    // one address, ASCII, without a name
  std::string
      language;         // of the page that the mail's link to unsubscribe leads to: as in a request
  std::string subject;  // one line, UTF-8; what would end the line is made a space
  std::string text;     // UTF-8
  std::string html;     // a whole page, or empty: there is only the text
};

// Takes a mail, once for each site and key as long as its row is there (30 days after it was sent):
// kStored, or kReplayed and nothing changes. kRefused, with why: it could never be sent. Whoever
// has unsubscribed from the list is not sent anything. `now`: Unix seconds.
void put_mail(store::Store& store, Mail mail, std::int64_t now, store::Store::Done done);
// The same on a session, in the caller's own transaction; without the check.
Result<store::Outcome> put_mail(store::Session& session, const Mail& mail, std::int64_t now);

// Whether a text is an address that mail can be sent to: a dot-atom, @, a host name; at most 254
// bytes of ASCII. Stricter than request::is_email, which lets people write what they like.
bool is_mail_address(std::string_view text);

}  // namespace askus::out
