// The time as it is stored and shown: RFC 3339, UTC, whole seconds.
#pragma once

#include <array>
#include <ctime>
#include <string>

namespace askus::store {

inline std::string utc_now() {
  const std::time_t now = std::time(nullptr);
  std::tm parts{};
  gmtime_r(&now, &parts);
  std::array<char, 40> text{};
  std::strftime(text.data(), text.size(), "%Y-%m-%dT%H:%M:%SZ", &parts);
  return text.data();
}

}  // namespace askus::store
