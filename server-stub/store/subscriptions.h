// Who gets reports by e-mail, and which period each was last sent: so that every period is sent
// once, however many servers there are.
#pragma once

#include <array>
#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "server-stub/store/counters.h"
#include "server-stub/store/session.h"
#include "server-stub/store/store.h"

namespace askus::store {

inline constexpr std::array<std::string_view, 3> kReportPeriods{"day", "week", "month"};

// The days of the last period that is over at a time (Unix seconds), UTC: yesterday, the last
// Monday to Sunday, the last month of the calendar.
Days last_period(std::string_view period, std::int64_t now);

// The periods whose reports a person gets, in the order of kReportPeriods.
void read_subscriptions(Store& store, const std::string& site, const std::string& person,
                        std::function<void(Result<std::vector<std::string>>)> done);
// Those and no others. A period that is new begins with the one that is not over yet.
Written set_subscriptions(Session& session, const std::string& site, const std::string& person,
                          const std::vector<std::string>& periods, std::int64_t now);

struct Subscriber {
  std::string person, email, name, language;
};
// Who may see figures and has not been sent the period that begins on `from`.
void read_due_subscribers(Store& store, const std::string& site, const std::string& period,
                          const std::string& from,
                          std::function<void(Result<std::vector<Subscriber>>)> done);

// What happens to a report's mail in the transaction in which it counts as sent.
using PutMail = std::function<Result<Outcome>(Session&)>;
// Marks it as sent and puts the mail, both or neither. kReplayed: it was sent before, by whichever
// server.
Written send_once(Session& session, const std::string& site, const std::string& person,
                  const std::string& period, const std::string& from, const PutMail& put);

}  // namespace askus::store
