// The time: Unix seconds for what is compared, RFC 3339 in UTC for what is stored and shown.
#pragma once

#include <array>
#include <cstdint>
#include <ctime>
#include <functional>
#include <string>

namespace askus::store {

// Unix seconds. Injected where something depends on the time; thread-safe.
using Clock = std::function<std::int64_t()>;

inline std::int64_t system_clock() {
  return std::time(nullptr);
}

// 2026-11-21T10:00:00Z
inline std::string utc_text(std::int64_t seconds) {
  const auto time = static_cast<std::time_t>(seconds);
  std::tm parts{};
  gmtime_r(&time, &parts);
  std::array<char, 40> text{};
  std::strftime(text.data(), text.size(), "%Y-%m-%dT%H:%M:%SZ", &parts);
  return text.data();
}

inline std::string utc_now() {
  return utc_text(system_clock());
}

}  // namespace askus::store
