// Who does not want mail of a list: kept by a keyed hash of the address, for each site. The link in
// a mail proves that it came to that address; nothing is stored for it.
#pragma once

#include <functional>
#include <optional>
#include <string>
#include <string_view>

#include "server-stub/store/store.h"

namespace askus::out {

// Of one address at one site; the same however its letters are written.
std::string address_hash(std::string_view secret, std::string_view site, std::string_view address);

struct Subscription {
  std::string site, list, address;  // `address`: its hash
};
// "<list>.<hash>.<signature>"; what read_subscription() takes, for that site alone.
std::string subscription_token(std::string_view secret, const Subscription& subscription);
std::optional<Subscription> read_subscription(std::string_view secret, const std::string& site,
                                              std::string_view token);

// Where a mail's link leads, behind the origin.
std::string unsubscribe_path(std::string_view secret, const Subscription& subscription,
                             std::string_view language);

// `at`: RFC 3339. Again is the same.
void unsubscribe(store::Store& store, const Subscription& subscription, const std::string& at,
                 store::Store::Done done);
void subscribe_again(store::Store& store, const Subscription& subscription,
                     store::Store::Done done);
void is_unsubscribed(store::Store& store, const Subscription& subscription,
                     std::function<void(Result<bool>)> done);

}  // namespace askus::out
