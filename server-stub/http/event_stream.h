// The body of a text/event-stream answer (HTML Standard, "Server-sent events") while it is being
// told: whoever has something to say pushes it, the connection writes it.
#pragma once

#include <cstddef>
#include <functional>
#include <mutex>
#include <string>
#include <string_view>
#include <utility>

namespace askus::http {

// Bytes that may wait for a reader who is slow; one who is slower is cut off, and connects again.
inline constexpr std::size_t kMostPending = 262'144;

// Thread-safe. Shared by who pushes and by the connection; each may go first.
class EventStream {
 public:
  // Whole events, with their empty line. False: nobody reads any more.
  bool push(std::string_view events) {
    std::function<void()> wake;
    {
      const std::lock_guard lock(mutex_);
      if (over_) return false;
      over_ = pending_.size() + events.size() > kMostPending;
      if (!over_) pending_ += events;
      wake = std::exchange(wake_, {});
    }
    if (wake) wake();
    return true;
  }
  // No more: the connection closes when it has written what was pushed.
  void end() {
    std::function<void()> wake;
    {
      const std::lock_guard lock(mutex_);
      over_ = true;
      wake = std::exchange(wake_, {});
    }
    if (wake) wake();
  }
  bool over() const {
    const std::lock_guard lock(mutex_);
    return over_;
  }

  // The connection's: what has been pushed since. Empty: nothing, and `wake` is called once when
  // there is something, from any thread, unless the stream is over.
  std::string take(std::function<void()> wake) {
    const std::lock_guard lock(mutex_);
    if (pending_.empty() && !over_) wake_ = std::move(wake);
    return std::exchange(pending_, {});
  }

 private:
  mutable std::mutex mutex_;
  std::string pending_;
  std::function<void()> wake_;
  bool over_ = false;
};

}  // namespace askus::http
