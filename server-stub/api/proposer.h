// Phrasings that a language model proposes to who edits a FAQ. The model sees the topic that the
// caller sends and nothing else: no request, no contact, no other topic.
#pragma once

#include <atomic>
#include <functional>
#include <map>
#include <mutex>
#include <string>

#include "server-stub/api/worker.h"
#include "server-stub/propose/model.h"

namespace askus::api {

// Callers that wait at once; over it 503.
inline constexpr std::size_t kProposalQueue = 4;

// Asks the model, one topic at a time, each site so many times a day (UTC). Thread-safe.
class Proposer {
 public:
  Proposer(propose::Model model, std::size_t per_day);

  const std::string& model() const { return model_.name; }
  // Whether the site may ask once more on that day (Unix days), which it then has.
  bool take(const std::string& site, std::int64_t day);
  // `done` is called by the worker's thread. False: too many wait, and it is not called.
  bool ask(propose::Subject subject, std::size_t wanted,
           std::function<void(Result<std::vector<std::string>>)> done);
  // Whoever still waits is told that the server stops.
  void close();

 private:
  struct Day {
    std::int64_t day = 0;
    std::size_t asked = 0;
  };

  const propose::Model model_;
  const std::size_t per_day_;
  std::mutex mutex_;  // of what follows
  std::map<std::string, Day> days_;
  std::atomic<bool> stopping_{false};
  Worker worker_{kProposalQueue};
};

}  // namespace askus::api
