#include "server-stub/store/drafts.h"

#include "server-stub/store/transaction.h"

namespace askus::store {
namespace {

constexpr std::string_view kRead =
    "SELECT version, saved_at, saved_by, bytes FROM drafts WHERE site = $1";
// Each says by its row whether it did anything: two that save at once cannot both.
constexpr std::string_view kFirst =
    "INSERT INTO drafts (site, version, saved_at, saved_by, bytes) VALUES ($1, 1, $2, $3, $4)"
    " ON CONFLICT (site) DO NOTHING RETURNING version";
constexpr std::string_view kNext =
    "UPDATE drafts SET version = version + 1, saved_at = $1, saved_by = $2, bytes = $3"
    " WHERE site = $4 AND version = $5 RETURNING version";

}  // namespace

Written save_draft(Session& session, const std::string& site, const Draft& draft) {
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

Query read_draft(const std::string& site) {
  return Query{kRead, {site}};
}

Draft draft_of(const Rows& rows) {
  if (rows.empty()) return {};
  return {number_of(rows[0][0]), rows[0][1], rows[0][2], rows[0][3]};
}

}  // namespace askus::store
