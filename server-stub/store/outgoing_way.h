// Where a public reply goes besides the visitor's "my questions": a decision by what is known of
// the request and what its site can send by, without a database.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "server-stub/store/store.h"

namespace askus::store {

// Of a reply (Reply::Going::way) and of a request (StoredRequest::way).
namespace ways {
inline constexpr std::string_view kHere = "here", kPrivate = "private";
}  // namespace ways

// What is known of a request.
struct Asked {
  std::string channel, place, user;       // of its source
  std::string contact, identity_contact;  // as the visitor and the site's backend gave them
  std::string way;                        // of the talk so far
};

// Whether others can read what was asked, so that there is a choice.
bool is_public_place(std::string_view channel, std::string_view place);

struct OutgoingWay {
  std::string channel, place;  // of the row
};
// What was asked in a social network is answered there: in public where it was asked, or in private
// messages (place "message"). From its panel, and from everywhere else, to the e-mail address that
// the visitor has left, before it the one that the site's backend vouches for. None: the site
// cannot send by it, or there is none.
std::optional<OutgoingWay> way_out(const Asked& asked, const Reply::Going& going);

// The way of the talk after a reply: what the reply says, else what it was; empty: where it was
// asked. Only a public place has one.
std::string way_after(const Asked& asked, const Reply::Going& going);

}  // namespace askus::store
