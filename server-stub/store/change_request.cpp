#include "server-stub/store/change_request.h"

#include "server-stub/store/transaction.h"

namespace askus::store {
namespace {

constexpr std::string_view kSite = "SELECT site FROM requests WHERE id = $1";
constexpr std::string_view kState =
    "SELECT status, closed_at, assignee, category, number, merged_into, created_at FROM requests "
    "WHERE id = $1";

}  // namespace

Result<std::optional<Held>> hold_request(Session& session, const std::string& request) {
  const Result<Rows> site = session.run(Query{kSite, {request}});  // which never changes
  if (!site.ok()) return site.error();
  if (site->empty()) return std::optional<Held>();
  Held held;
  held.site = (*site)[0][0];
  const Result<SiteRow> row = hold_site(session, held.site);
  if (!row.ok()) return row.error();
  held.row = *row;
  const Result<Rows> state = session.run(Query{kState, {request}});
  if (!state.ok()) return state.error();
  if (state->empty()) return std::optional<Held>();
  const std::vector<std::string>& c = (*state)[0];
  held.status = c[0];
  held.closed_at = number_of(c[1]);
  held.assignee = c[2];
  held.category = c[3];
  held.number = number_of(c[4]);
  held.merged_into = c[5];
  held.created_at = c[6];
  return std::optional(std::move(held));
}

Written change_request(Session& session, const std::string& request, const Work& work) {
  return transact(session, [&]() -> Result<Outcome> {
    Result<std::optional<Held>> held = hold_request(session, request);
    if (!held.ok()) return held.error();
    if (!held->has_value()) return Outcome::kMissing;
    std::vector<Query> queries;
    Result<Outcome> outcome = work(**held, queries);
    if (!outcome.ok() || queries.empty()) return outcome;
    queries.push_back(count_of((*held)->row, (*held)->site));
    const Result<std::vector<Rows>> done = session.run(queries);
    return done.ok() ? outcome : Result<Outcome>(done.error());
  });
}

}  // namespace askus::store
