#include "server-stub/store/subscriptions.h"

#include <algorithm>

#include "server-stub/store/transaction.h"
#include "shared/faq/dates.h"

namespace askus::store {
namespace {

constexpr std::int64_t kSecondsPerDay = 86'400;
constexpr std::string_view kOfPerson =
    "SELECT period FROM report_subscriptions WHERE site = $1 AND person = $2";
constexpr std::string_view kDrop =
    "DELETE FROM report_subscriptions WHERE site = $1 AND person = $2 AND period = $3";
constexpr std::string_view kAdd =
    "INSERT INTO report_subscriptions (site, person, period, sent_for) VALUES ($1, $2, $3, $4)"
    " ON CONFLICT (site, person, period) DO NOTHING";
constexpr std::string_view kDue =
    "SELECT p.id, p.email, p.name, p.language FROM report_subscriptions s"
    " JOIN memberships m ON m.site = s.site AND m.person = s.person"
    " JOIN people p ON p.id = s.person"
    " WHERE s.site = $1 AND s.period = $2 AND s.sent_for < $3 AND m.active = 1"
    " AND m.role IN ('lead', 'marketer', 'administrator') ORDER BY p.id";
constexpr std::string_view kTake =
    "UPDATE report_subscriptions SET sent_for = $1 WHERE site = $2 AND person = $3 AND period = $4"
    " AND sent_for < $1 RETURNING person";

}  // namespace

Days last_period(std::string_view period, std::int64_t now) {
  const auto today = static_cast<std::uint32_t>(now / kSecondsPerDay);
  if (period == "week") {
    const std::uint32_t monday = today - (today + 3) % 7;  // 1970-01-01 was a Thursday
    return {format_date(monday - 7), format_date(monday - 1)};
  }
  if (period == "month") {
    const auto first_of = [](std::uint32_t day) {
      return *parse_date(format_date(day).substr(0, 8) + "01");
    };
    const std::uint32_t this_month = first_of(today);
    return {format_date(first_of(this_month - 1)), format_date(this_month - 1)};
  }
  return {format_date(today - 1), format_date(today - 1)};
}

void read_subscriptions(Store& store, const std::string& site, const std::string& person,
                        std::function<void(Result<std::vector<std::string>>)> done) {
  store.ask({{kOfPerson, {site, person}}},
            [done = std::move(done)](const Result<std::vector<Rows>>& rows) {
              if (!rows.ok()) return done(rows.error());
              std::vector<std::string> periods;
              for (const std::string_view period : kReportPeriods)
                for (const auto& c : rows->front())
                  if (c[0] == period) periods.emplace_back(period);
              done(std::move(periods));
            });
}

Written set_subscriptions(Session& session, const std::string& site, const std::string& person,
                          const std::vector<std::string>& periods, std::int64_t now) {
  return transact(session, [&]() -> Result<Outcome> {
    std::vector<Query> queries;
    for (const std::string_view period : kReportPeriods) {
      const std::string name(period);
      if (std::find(periods.begin(), periods.end(), name) == periods.end())
        queries.push_back({kDrop, {site, person, name}});
      else
        queries.push_back({kAdd, {site, person, name, last_period(period, now).from}});
    }
    return run_all(session, queries);
  });
}

void read_due_subscribers(Store& store, const std::string& site, const std::string& period,
                          const std::string& from,
                          std::function<void(Result<std::vector<Subscriber>>)> done) {
  store.ask({{kDue, {site, period, from}}},
            [done = std::move(done)](const Result<std::vector<Rows>>& rows) {
              if (!rows.ok()) return done(rows.error());
              std::vector<Subscriber> subscribers;
              for (const auto& c : rows->front()) subscribers.push_back({c[0], c[1], c[2], c[3]});
              done(std::move(subscribers));
            });
}

Written send_once(Session& session, const std::string& site, const std::string& person,
                  const std::string& period, const std::string& from, const PutMail& put) {
  return transact(session, [&]() -> Result<Outcome> {
    const Result<Rows> taken = session.run(Query{kTake, {from, site, person, period}});
    if (!taken.ok()) return taken.error();
    return taken->empty() ? Result<Outcome>(Outcome::kReplayed) : put(session);
  });
}

}  // namespace askus::store
