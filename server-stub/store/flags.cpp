#include "server-stub/store/flags.h"

#include "server-stub/store/transaction.h"

namespace askus::store {
namespace {

constexpr std::string_view kNumber =
    "SELECT number FROM requests WHERE id = $1 AND site = $2 AND status <> 'erased'";
constexpr std::string_view kSet =
    "INSERT INTO flags (site, person, flag, number) VALUES ($1, $2, $3, $4)"
    " ON CONFLICT (site, person, flag, number) DO NOTHING";
constexpr std::string_view kClear =
    "DELETE FROM flags WHERE site = $1 AND person = $2 AND flag = $3 AND number = $4";
constexpr std::string_view kUndone =
    "DELETE FROM flags WHERE site = $1 AND number = $2 AND flag = 'done'"
    " AND ($3 = '' OR person = $3)";
constexpr std::string_view kForget = "DELETE FROM flags WHERE site = $1 AND number = $2";

constexpr std::string_view kRead =
    "SELECT flag FROM flags WHERE site = $1 AND number = $2 AND person = $3 ORDER BY flag";

}  // namespace

Query read_flags(const std::string& site, std::int64_t number, const std::string& person) {
  return {kRead, {site, number, person}};
}

Written set_flag(Session& session, const std::string& site, const std::string& request,
                 const std::string& person, const std::string& flag, bool is_set) {
  return transact(session, [&]() -> Result<Outcome> {
    const Result<Rows> number = session.run(Query{kNumber, {request, site}});
    if (!number.ok()) return number.error();
    if (number->empty()) return Outcome::kMissing;
    return run_all(session,
                   {{is_set ? kSet : kClear, {site, person, flag, number_of((*number)[0][0])}}});
  });
}

void append_undone(std::vector<Query>& queries, const std::string& site, std::int64_t number,
                   const std::string& person) {
  queries.push_back({kUndone, {site, number, person}});
}

void append_unflag(std::vector<Query>& queries, const std::string& site, std::int64_t number) {
  queries.push_back({kForget, {site, number}});
}

}  // namespace askus::store
