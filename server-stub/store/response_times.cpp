#include "server-stub/store/response_times.h"

namespace askus::store {
namespace {

// As docs/reports.md has medians: values that occurred.
constexpr std::string_view kTimes =
    "SELECT category, n, min(CASE WHEN 2 * place >= n THEN response END),"
    " min(CASE WHEN 4 * place >= 3 * n THEN response END) FROM"
    " (SELECT category, response,"
    " row_number() OVER (PARTITION BY category ORDER BY response) AS place,"
    " count(*) OVER (PARTITION BY category) AS n FROM request_times"
    " WHERE site = $1 AND created_at >= $2 AND kind IN ('question', 'problem', 'idea', 'thanks')"
    " AND response IS NOT NULL) AS ranked WHERE n >= $3 GROUP BY category, n";

}  // namespace

void read_response_times(Store& store, const std::string& site, const std::string& from,
                         std::function<void(Result<std::map<std::string, ResponseTimes>>)> done) {
  store.ask_long({{kTimes, {site, from, kLeastMeasured}}},
                 [done = std::move(done)](const Result<std::vector<Rows>>& rows) {
                   if (!rows.ok()) return done(rows.error());
                   std::map<std::string, ResponseTimes> times;
                   for (const auto& c : rows->front())
                     times[c[0]] = {number_of(c[1]), number_of(c[2]), number_of(c[3])};
                   done(std::move(times));
                 });
}

}  // namespace askus::store
