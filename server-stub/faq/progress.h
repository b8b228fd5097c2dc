// Says on standard error what a long command is doing.
#pragma once

#include <condition_variable>
#include <mutex>
#include <string>
#include <thread>

namespace askus::faq {

// Silent for the first second; then one line, redrawn while it lasts and wiped at the end. Does
// nothing unless standard error is a terminal or `always`. Owns a thread while it lives.
class Progress {
 public:
  explicit Progress(bool always);
  ~Progress();
  Progress(const Progress&) = delete;
  Progress& operator=(const Progress&) = delete;

  // What goes on from now, e.g. "building 28000 topics (3 of 4)".
  void step(std::string what);

 private:
  void draw_until_done();

  bool always_;
  std::mutex mutex_;
  std::condition_variable done_changed_;
  bool done_ = false;
  std::string what_;
  std::thread thread_;  // last: it uses the rest
};

}  // namespace askus::faq
