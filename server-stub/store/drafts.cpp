#include "server-stub/store/drafts.h"

#include "server-stub/store/transaction.h"

namespace askus::store {
namespace {

constexpr std::string_view kRead =
    "SELECT d.version, d.saved_at, coalesce(p.name, d.saved_by), d.bytes FROM drafts d"
    " LEFT JOIN people p ON p.id = d.saved_by WHERE d.site = $1";
// Each says by its row whether it did anything: two that save at once cannot both.
constexpr std::string_view kFirst =
    "INSERT INTO drafts (site, version, saved_at, saved_by, bytes) VALUES ($1, 1, $2, $3, $4)"
    " ON CONFLICT (site) DO NOTHING RETURNING version";
constexpr std::string_view kNext =
    "UPDATE drafts SET version = version + 1, saved_at = $1, saved_by = $2, bytes = $3"
    " WHERE site = $4 AND version = $5 RETURNING version";

Written save(Session& session, const std::string& site, const Draft& draft) {
  return transact(session, [&]() -> Result<Outcome> {
    const Blob bytes{draft.bytes};
    const Result<Rows> saved = session.run(
        draft.version == 0
            ? Query{kFirst, {site, draft.saved_at, draft.saved_by, bytes}}
            : Query{kNext, {draft.saved_at, draft.saved_by, bytes, site, draft.version}});
    if (!saved.ok()) return saved.error();
    return saved->empty() ? Outcome::kKeyReused : Outcome::kStored;
  });
}

}  // namespace

void save_draft(Store& store, const std::string& site, Draft draft, Store::Done done) {
  store.change(
      [site, draft = std::move(draft)](Session& session) { return save(session, site, draft); },
      std::move(done));
}

void read_draft(Store& store, const std::string& site, std::function<void(Result<Draft>)> done) {
  store.ask({{kRead, {site}}}, [done = std::move(done)](const Result<std::vector<Rows>>& rows) {
    if (!rows.ok()) return done(rows.error());
    if (rows->front().empty()) return done(Draft{});
    const auto& c = rows->front()[0];
    done(Draft{number_of(c[0]), c[1], c[2], c[3]});
  });
}

}  // namespace askus::store
