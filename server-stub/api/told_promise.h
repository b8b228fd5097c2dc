// What visitors are told of when they will be answered: measured where there is enough to measure
// by, else what the configuration promises.
#pragma once

#include <map>
#include <memory>
#include <mutex>
#include <string>

#include "server-stub/api/promise.h"
#include "server-stub/store/clock.h"
#include "server-stub/store/response_times.h"

namespace askus::api {

// For how long a measurement is told before it is made anew, seconds. The database looks at a
// month of requests for it; more often would say the same.
inline constexpr std::int64_t kMeasureEvery = 900;

// Keeps each site's last measurement. Thread-safe. The store must have ended, or be closed, before
// it ends.
class Measured {
 public:
  using Times = std::map<std::string, store::ResponseTimes>;  // by category

  Measured(store::Store& store, store::Clock clock) : store_(store), clock_(std::move(clock)) {}

  // What was measured last; nothing before the first one is there. One that is too old is told
  // once more, while the next is made.
  std::shared_ptr<const Times> of(const std::string& site);

 private:
  struct Kept {
    std::shared_ptr<const Times> times = std::make_shared<Times>();
    std::int64_t asked_at = 0;
  };
  store::Store& store_;
  const store::Clock clock_;
  std::mutex mutex_;
  std::map<std::string, Kept> sites_;
};

struct Site;
class App;
// Of a site's category now. In the language of whoever asks.
std::string told_promise(App& app, const Site& site, const std::string& category,
                         const std::string& language);

// "We usually answer within 2 hours. We answer again on Monday at 9:00."
std::string told_promise(const hours::WorkingTime& working, const store::ResponseTimes* measured,
                         const std::string& language, std::int64_t now);

}  // namespace askus::api
