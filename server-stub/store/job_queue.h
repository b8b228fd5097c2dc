// A bounded queue between the threads that ask and the one thread that works.
#pragma once

#include <condition_variable>
#include <cstddef>
#include <deque>
#include <mutex>
#include <vector>

namespace askus::store {

template <typename Job>
class JobQueue {
 public:
  explicit JobQueue(std::size_t limit) : limit_(limit) {}

  // Takes the job; when the queue is closed, or no more than `spare` places are free, the job is
  // left as it was and false returned.
  [[nodiscard]] bool push(Job& job, std::size_t spare = 0) {
    {
      const std::lock_guard lock(mutex_);
      if (closed_ || jobs_.size() + spare >= limit_) return false;
      jobs_.push_back(std::move(job));
    }
    ready_.notify_one();
    return true;
  }

  // Waits for work; up to `most` jobs, in order. Empty: closed, and nothing is left.
  std::vector<Job> take(std::size_t most) {
    std::unique_lock lock(mutex_);
    ready_.wait(lock, [this] { return closed_ || !jobs_.empty(); });
    std::vector<Job> taken;
    while (!jobs_.empty() && taken.size() < most) {
      taken.push_back(std::move(jobs_.front()));
      jobs_.pop_front();
    }
    return taken;
  }

  std::size_t size() const {
    const std::lock_guard lock(mutex_);
    return jobs_.size();
  }

  void close() {
    {
      const std::lock_guard lock(mutex_);
      closed_ = true;
    }
    ready_.notify_all();
  }

 private:
  const std::size_t limit_;
  mutable std::mutex mutex_;
  std::condition_variable ready_;
  std::deque<Job> jobs_;
  bool closed_ = false;
};

}  // namespace askus::store
