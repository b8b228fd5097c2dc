#include "server-stub/api/sweeper.h"

#include <future>

namespace askus::api {

Sweeper::Sweeper(store::Store& store, std::map<std::string, std::int64_t> keep_closed,
                 store::Clock clock, http::Log& log)
    : store_(store),
      keep_closed_(std::move(keep_closed)),
      clock_(std::move(clock)),
      log_(log),
      thread_([this] { run(); }) {}

void Sweeper::close() {
  {
    const std::lock_guard lock(mutex_);
    end_ = true;
  }
  ended_.notify_all();
  if (thread_.joinable()) thread_.join();
}

void Sweeper::run() {
  for (;;) {
    sweep();
    std::unique_lock lock(mutex_);
    if (ended_.wait_for(lock, kSweepEvery, [this] { return end_; })) return;
  }
}

void Sweeper::sweep() {
  store::Swept total;
  for (bool more = true; more;) {
    const std::int64_t now = clock_();
    std::promise<Result<store::Swept>> promise;
    store_.sweep({now, store::utc_text(now), keep_closed_},
                 [&promise](Result<store::Swept> swept) { promise.set_value(std::move(swept)); });
    const Result<store::Swept> swept = promise.get_future().get();
    if (!swept.ok()) {
      log_.event("sweep-failed", {{"reason", swept.error().text}});
      break;
    }
    total.attachments += swept->attachments;
    total.requests += swept->requests;
    const std::lock_guard lock(mutex_);
    more = swept->more && !end_;
  }
  if (total.attachments + total.requests > 0)
    log_.event("swept", {{"attachments", std::to_string(total.attachments)},
                         {"requests", std::to_string(total.requests)}});
}

}  // namespace askus::api
