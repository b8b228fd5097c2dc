#include "server-stub/api/proposer.h"

namespace askus::api {

Proposer::Proposer(propose::Model model, std::size_t per_day)
    : model_(std::move(model)), per_day_(per_day) {}

bool Proposer::take(const std::string& site, std::int64_t day) {
  const std::lock_guard lock(mutex_);
  Day& today = days_[site];
  if (today.day != day) today = {day, 0};
  if (today.asked >= per_day_) return false;
  ++today.asked;
  return true;
}

bool Proposer::ask(propose::Subject subject, std::size_t wanted,
                   std::function<void(Result<std::vector<std::string>>)> done) {
  return worker_.push([this, subject = std::move(subject), wanted, done = std::move(done)] {
    if (stopping_) return done(Error{Code::kUnavailable, "the server is stopping"});
    done(propose::propose(model_, subject, wanted));
  });
}

void Proposer::close() {
  stopping_ = true;
  worker_.close();
}

}  // namespace askus::api
