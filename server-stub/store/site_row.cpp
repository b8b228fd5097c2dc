#include "server-stub/store/site_row.h"

namespace askus::store {
namespace {

constexpr std::string_view kEnsure =
    "INSERT INTO sites (site, last_number, last_change) VALUES ($1, 0, 0) "
    "ON CONFLICT (site) DO NOTHING";
constexpr std::string_view kRead = "SELECT last_number, last_change FROM sites WHERE site = $1";
constexpr std::string_view kLock =
    "SELECT last_number, last_change FROM sites WHERE site = $1 FOR UPDATE";
constexpr std::string_view kChange =
    "INSERT INTO changes (site, seq, kind, id, at, actor, detail) VALUES ($1, $2, $3, $4, $5, $6,"
    " $7)";
constexpr std::string_view kCount =
    "UPDATE sites SET last_number = $1, last_change = $2 WHERE site = $3";

}  // namespace

void append_hold(std::vector<Query>& queries, const Dialect& dialect, const std::string& site) {
  queries.push_back({kEnsure, {site}});
  queries.push_back({dialect.for_update.empty() ? kRead : kLock, {site}});
}

Result<SiteRow> site_row(const Rows& rows) {
  if (rows.empty()) return Error{Code::kInternal, "the site's row is missing"};
  return SiteRow{number_of(rows[0][0]), number_of(rows[0][1])};
}

Result<SiteRow> hold_site(Session& session, const std::string& site) {
  std::vector<Query> queries;
  append_hold(queries, session.dialect(), site);
  const Result<std::vector<Rows>> rows = session.run(queries);
  if (!rows.ok()) return rows.error();
  return site_row(rows->back());
}

Query next_change(SiteRow& row, const std::string& site, std::string_view kind,
                  const std::string& request, const std::string& at, const std::string& actor,
                  const std::string& detail) {
  row.changed = true;
  return {kChange, {site, ++row.seq, std::string(kind), request, at, actor, detail}};
}

Query count_of(const SiteRow& row, const std::string& site) {
  return {kCount, {row.number, row.seq, site}};
}

}  // namespace askus::store
