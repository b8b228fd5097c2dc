#include "server-stub/api/days.h"

#include "server-stub/http/problem.h"
#include "shared/faq/dates.h"

namespace askus::api {

std::optional<store::Days> days_of(const std::string& query) {
  const auto from = parse_date(http::query_value(query, "from"));
  const auto to = parse_date(http::query_value(query, "to"));
  if (!from || !to || *from > *to || *to - *from >= kStatsDays) return std::nullopt;
  return store::Days{format_date(*from), format_date(*to)};
}

http::Response bad_days() {
  return http::problem(http::problems::kBadQuery,
                       "from and to are days, YYYY-MM-DD, in order, at most " +
                           std::to_string(kStatsDays) + " of them");
}

}  // namespace askus::api
