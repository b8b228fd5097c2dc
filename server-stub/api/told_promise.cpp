#include "server-stub/api/told_promise.h"

#include "server-stub/api/app.h"
#include "server-stub/hours/promise_text.h"

namespace askus::api {

std::shared_ptr<const Measured::Times> Measured::of(const std::string& site) {
  const std::int64_t now = clock_();
  std::shared_ptr<const Times> times;
  {
    const std::lock_guard lock(mutex_);
    Kept& kept = sites_[site];
    times = kept.times;
    if (kept.asked_at > 0 && now < kept.asked_at + kMeasureEvery) return times;
    kept.asked_at = now;
  }
  store::read_response_times(store_, site, store::utc_text(now - store::kMeasuredDays * 86'400),
                             [this, site](Result<Times> measured) {
                               if (!measured.ok()) return;  // the older one is as good as any
                               const std::lock_guard lock(mutex_);
                               sites_[site].times =
                                   std::make_shared<const Times>(std::move(*measured));
                             });
  return times;
}

std::string told_promise(App& app, const Site& site, const std::string& category,
                         const std::string& language) {
  const auto times = app.measured->of(site.name);
  const auto found = times->find(category);
  return told_promise(site.promises->of(category), found == times->end() ? nullptr : &found->second,
                      language, app.clock());
}

std::string told_promise(const hours::WorkingTime& working, const store::ResponseTimes* measured,
                         const std::string& language, std::int64_t now) {
  std::string text =
      measured != nullptr
          ? hours::usual_text(language, measured->p75)
          : hours::promise_text(language, std::int64_t{working.rules().answer_within_minutes} * 60);
  const std::string closed = hours::closed_text(language, working, now);
  return closed.empty() ? text : text + " " + closed;
}

}  // namespace askus::api
