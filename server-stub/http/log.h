// The server's log: JSON lines. Never holds a query string, a contact, a text or a token.
#pragma once

#include <chrono>
#include <functional>
#include <mutex>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace askus::http {

struct Access {
  std::string_view id, method, path;
  unsigned status = 0;
  std::size_t bytes = 0;  // of the response's body
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
