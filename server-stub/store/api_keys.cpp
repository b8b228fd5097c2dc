#include "server-stub/store/api_keys.h"

#include "server-stub/store/transaction.h"

namespace askus::store {
namespace {

constexpr std::string_view kCount = "SELECT count(*) FROM api_keys WHERE site = $1";
constexpr std::string_view kAdd =
    "INSERT INTO api_keys (id, site, hash, name, scope, created_at, created_by)"
    " VALUES ($1, $2, $3, $4, $5, $6, $7)";
constexpr std::string_view kRead =
    "SELECT id, site, name, scope, created_at, created_by FROM api_keys WHERE site = $1"
    " ORDER BY id";
constexpr std::string_view kFind =
    "SELECT id, site, name, scope, created_at, created_by FROM api_keys WHERE hash = $1"
    " AND site = $2";
constexpr std::string_view kRevoke =
    "DELETE FROM api_keys WHERE id = $1 AND site = $2 RETURNING name";

ApiKey key_of(const std::vector<std::string>& c) {
  return {c[0], c[1], {}, c[2], c[3], c[4], c[5]};
}

}  // namespace

void add_api_key(Store& store, ApiKey key, Act act, Store::Done done) {
  transact(
      store,
      [key = std::move(key), act = std::move(act)](Session& session) -> Result<Outcome> {
        const Result<Rows> count = session.run(Query{kCount, {key.site}});
        if (!count.ok()) return count.error();
        if (number_of((*count)[0][0]) >= kMostApiKeys) return Outcome::kFull;
        return run_all(
            session,
            {{kAdd,
              {key.id, key.site, key.hash, key.name, key.scope, key.created_at, key.created_by}},
             insert_of(act)});
      },
      std::move(done));
}

void read_api_keys(Store& store, const std::string& site,
                   std::function<void(Result<std::vector<ApiKey>>)> done) {
  store.ask({{kRead, {site}}}, [done = std::move(done)](const Result<std::vector<Rows>>& rows) {
    if (!rows.ok()) return done(rows.error());
    std::vector<ApiKey> keys;
    for (const auto& c : rows->front()) keys.push_back(key_of(c));
    done(std::move(keys));
  });
}

void find_api_key(Store& store, const std::string& site, const std::string& hash,
                  std::function<void(Result<std::optional<ApiKey>>)> done) {
  store.ask({{kFind, {hash, site}}},
            [done = std::move(done)](const Result<std::vector<Rows>>& rows) {
              if (!rows.ok()) return done(rows.error());
              if (rows->front().empty()) return done(std::optional<ApiKey>());
              done(std::optional(key_of(rows->front()[0])));
            });
}

void revoke_api_key(Store& store, const std::string& site, const std::string& id, Act act,
                    Store::Done done) {
  transact(
      store,
      [site, id, act = std::move(act)](Session& session) mutable -> Result<Outcome> {
        const Result<Rows> gone = session.run(Query{kRevoke, {id, site}});
        if (!gone.ok()) return gone.error();
        if (gone->empty()) return Outcome::kMissing;
        act.subject = (*gone)[0][0];
        return run_all(session, {insert_of(act)});
      },
      std::move(done));
}

}  // namespace askus::store
