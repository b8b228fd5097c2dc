// The server's log: JSON lines. Never holds what a visitor wrote, a query string, a contact or
// a token, nor a path that is not a file's: only routes by their pattern.
#pragma once

#include <chrono>
#include <functional>
#include <mutex>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace askus::http {

inline constexpr std::string_view kFileRoute = "file", kNoRoute = "none";

struct Access {
  std::string_view id;
  std::string_view method;  // as sent; one that is not HTTP's own is not written
  std::string_view route;   // the pattern, kFileRoute or kNoRoute
  std::string_view path;    // of a file that there is; else empty: a stranger may have put anything
  std::string_view site;    // one that there is, or empty
  unsigned status = 0;
  std::string_view problem;  // why it was refused, or empty
  std::size_t bytes = 0;     // of the response's body
  std::chrono::microseconds duration{0};
};

// Thread-safe; a line is written whole.
class Log {
 public:
  using Sink = std::function<void(std::string_view line)>;
  explicit Log(Sink sink);

  void access(const Access& access);
  // Something an operator wants to know, e.g. ("publish", {{"site", "demo"}, ...}).
  void event(std::string_view name,
             const std::vector<std::pair<std::string_view, std::string>>& fields);

 private:
  void write(const std::string& line);
  Sink sink_;
  std::mutex mutex_;
};

// Now, RFC 3339 in UTC with milliseconds.
std::string log_time();

}  // namespace askus::http
