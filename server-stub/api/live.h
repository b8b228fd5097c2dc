// Live updates of the staff's windows: server-sent events, fed from the sites' changes by cursor.
// Whatever server a change was made on, the windows of all are told; what this one has changed, at
// once.
#pragma once

#include <chrono>
#include <condition_variable>
#include <map>
#include <memory>
#include <mutex>
#include <string>
#include <thread>
#include <vector>

#include "server-stub/http/event_stream.h"
#include "server-stub/store/clock.h"
#include "server-stub/store/feed.h"

namespace askus::api {

// How often sites that somebody looks at are asked for news, besides after a poke(). Shorter costs
// the database a query each time, longer lets people wait.
inline constexpr std::chrono::milliseconds kNewsEvery{500};
// A window's session is looked at again after so long: whoever loses access is told nothing more.
inline constexpr std::chrono::seconds kSessionLooked{5};
// Windows at once, on one server; over it 503.
inline constexpr std::size_t kWindows = 2'000;

// One open window.
struct Window {
  std::shared_ptr<http::EventStream> stream;
  std::string session;   // hash of its ticket
  std::int64_t seq = 0;  // of the last change that it knows of
  bool greeted = false;  // it has been told who has what open
};

class Live {
 public:
  Live(store::Store& store, store::Clock clock);
  ~Live() { close(); }

  // False: there are too many.
  bool add(const std::string& site, Window window);
  // Something has changed: do not wait.
  void poke();
  // Ends every window's stream.
  void close();

 private:
  struct Site {
    std::vector<Window> windows;
    std::vector<store::Opening> openings;
  };
  void run();
  void tell(const std::string& site);
  void drop_lost_sessions();

  store::Store& store_;
  const store::Clock clock_;
  std::mutex mutex_;
  std::condition_variable changed_;
  std::map<std::string, Site> sites_;
  bool poked_ = false, end_ = false;
  std::chrono::steady_clock::time_point looked_{};
  std::thread thread_;  // last: it uses the others
};

}  // namespace askus::api
