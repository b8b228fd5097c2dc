#include "server-stub/faq/progress.h"

#include <unistd.h>

#include <chrono>
#include <cstdio>

namespace askus::faq {
namespace {

constexpr std::chrono::milliseconds kSilence{1000};  // what takes less needs no word
constexpr std::chrono::milliseconds kRedraw{500};

}  // namespace

Progress::Progress(bool always) : always_(always) {
  if (always_ || ::isatty(STDERR_FILENO) == 1) thread_ = std::thread([this] { draw_until_done(); });
}

Progress::~Progress() {
  {
    const std::lock_guard lock(mutex_);
    done_ = true;
  }
  done_changed_.notify_all();
  if (thread_.joinable()) thread_.join();
}

void Progress::step(std::string what) {
  const std::lock_guard lock(mutex_);
  what_ = std::move(what);
  if (always_) std::fprintf(stderr, "askus-faq: %s\n", what_.c_str());
}

void Progress::draw_until_done() {
  const auto start = std::chrono::steady_clock::now();
  std::unique_lock lock(mutex_);
  if (done_changed_.wait_for(lock, kSilence, [this] { return done_; }) || always_) return;
  do {
    const auto seconds =
        std::chrono::duration_cast<std::chrono::seconds>(std::chrono::steady_clock::now() - start);
    std::fprintf(stderr, "\r\033[Kaskus-faq: %s, %lld s", what_.c_str(),
                 static_cast<long long>(seconds.count()));
  } while (!done_changed_.wait_for(lock, kRedraw, [this] { return done_; }));
  std::fprintf(stderr, "\r\033[K");
}

}  // namespace askus::faq
