#include "server-stub/store/session.h"

#include <charconv>

namespace askus::store {

std::int64_t number_of(const std::string& column) {
  std::int64_t number = 0;
  std::from_chars(column.data(), column.data() + column.size(), number);
  return number;
}

Result<Rows> Session::run(Query query) {
  Result<std::vector<Rows>> rows = run(std::span<const Query>(&query, 1));
  if (!rows.ok()) return rows.error();
  return std::move(rows->front());
}

Status run_transaction(Session& session, std::vector<Query> queries) {
  queries.insert(queries.begin(), {session.dialect().begin});
  queries.push_back({kCommit});
  const Result<std::vector<Rows>> done = session.run(queries);
  if (done.ok()) return {};
  session.rollback();
  return done.error();
}

}  // namespace askus::store
