#include "server-stub/out/unsubscribe.h"

#include "server-stub/publish/base64url.h"
#include "server-stub/publish/mac.h"
#include "server-stub/store/people.h"
#include "server-stub/store/transaction.h"

namespace askus::out {
namespace {

constexpr std::string_view kPut =
    "INSERT INTO unsubscribed (site, address, list, at) VALUES ($1, $2, $3, $4)"
    " ON CONFLICT (site, address, list) DO NOTHING";
constexpr std::string_view kDelete =
    "DELETE FROM unsubscribed WHERE site = $1 AND address = $2 AND list = $3";
constexpr std::string_view kKnown =
    "SELECT 1 FROM unsubscribed WHERE site = $1 AND address = $2 AND list = $3";
constexpr std::size_t kMostToken = 200;

std::string signature_of(std::string_view secret, const Subscription& s) {
  return publish::base64url(
      publish::keyed_hash(secret, "unsubscribe", s.site + "\n" + s.list + "\n" + s.address));
}

void run(store::Store& store, const store::Query& query, store::Store::Done done) {
  store.change([query](store::Session& session) { return store::transact_all(session, {query}); },
               std::move(done));
}

}  // namespace

std::string address_hash(std::string_view secret, std::string_view site, std::string_view address) {
  return publish::base64url(publish::keyed_hash(
      secret, "mail-address", std::string(site) + "\n" + store::email_key(address)));
}

std::string subscription_token(std::string_view secret, const Subscription& s) {
  return s.list + "." + s.address + "." + signature_of(secret, s);
}

std::optional<Subscription> read_subscription(std::string_view secret, const std::string& site,
                                              std::string_view token) {
  if (token.size() > kMostToken) return std::nullopt;
  const std::size_t first = token.find('.'), last = token.rfind('.');
  if (first == std::string_view::npos || first == last) return std::nullopt;
  Subscription s{site, std::string(token.substr(0, first)),
                 std::string(token.substr(first + 1, last - first - 1))};
  if (!publish::same_secret(token.substr(last + 1), signature_of(secret, s))) return std::nullopt;
  return s;
}

std::string unsubscribe_path(std::string_view secret, const Subscription& s,
                             std::string_view language) {
  return "/sites/" + s.site + "/unsubscribe?lang=" + std::string(language) +
         "&token=" + subscription_token(secret, s);
}

void unsubscribe(store::Store& store, const Subscription& s, const std::string& at,
                 store::Store::Done done) {
  run(store, {kPut, {s.site, s.address, s.list, at}}, std::move(done));
}

void subscribe_again(store::Store& store, const Subscription& s, store::Store::Done done) {
  run(store, {kDelete, {s.site, s.address, s.list}}, std::move(done));
}

void is_unsubscribed(store::Store& store, const Subscription& s,
                     std::function<void(Result<bool>)> done) {
  store.ask({{kKnown, {s.site, s.address, s.list}}},
            [done = std::move(done)](const Result<std::vector<store::Rows>>& rows) {
              if (!rows.ok()) return done(rows.error());
              done(!(*rows)[0].empty());
            });
}

}  // namespace askus::out
