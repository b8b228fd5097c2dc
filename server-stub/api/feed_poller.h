// Polls the RSS and Atom feeds of the configuration: entries that the site's watch list finds
// become requests of the channel "feed", each once, and follow their edits.
#pragma once

#include <chrono>
#include <condition_variable>
#include <cstdint>
#include <mutex>
#include <string>
#include <thread>

namespace askus::api {

class App;

// Seconds between two polls of a feed; a feed that fails waits twice as long each time, up to the
// second. Often enough for news, seldom enough for whoever serves them.
inline constexpr std::int64_t kFeedEvery = 600, kFeedAtMost = 21'600;
// How often it is looked for what is due, and for watch lists that another server has changed.
inline constexpr std::chrono::seconds kFeedTick{5};
// An answer's limits.
inline constexpr std::chrono::seconds kFeedDeadline{30};
// How long an entry's version is known as stored: a feed rarely holds older ones.
inline constexpr std::int64_t kFeedMemory = 400 * std::int64_t{86'400};  // seconds

class FeedPoller {
 public:
  // Reads the watch lists, then polls in a thread of its own. Borrows the app.
  explicit FeedPoller(App& app);
  ~FeedPoller() { close(); }
  FeedPoller(const FeedPoller&) = delete;
  FeedPoller& operator=(const FeedPoller&) = delete;

  // Polls what is due, and blocks until that is done. Thread-safe.
  void poll();
  // Ends the thread; call it before the store is closed.
  void close();

 private:
  void run();
  void renew_lists();
  void poll_one(const std::string& site, const std::string& url);
  bool ended();

  App& app_;
  std::mutex polling_;
  std::mutex mutex_;
  std::condition_variable ended_;
  bool end_ = false;
  std::thread thread_;
};

}  // namespace askus::api
