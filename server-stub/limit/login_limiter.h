// How often a log-in may be tried. Wrong tries count by address, by account, and by both together;
// a right one takes nothing. Each process counts for itself.
#pragma once

#include <chrono>
#include <cstddef>
#include <functional>
#include <optional>
#include <string_view>

#include "server-stub/limit/source_table.h"

namespace askus::limit {

// Wrong tries an hour. From one address: an office behind one IPv4 address mistypes that often.
inline constexpr std::size_t kWrongByAddress = 60;
// For one account from one address: a person gives up before, a program does not get far.
inline constexpr std::size_t kWrongByPair = 10;
// For one account from wherever: what many machines together may try. Lower would let anybody lock
// a person out by trying wrong passwords on purpose.
inline constexpr std::size_t kWrongByAccount = 100;
// Remembered at once, of each of the three: a quarter of a megabyte.
inline constexpr std::size_t kLogInSources = 8'192;

// Thread-safe.
class LogInLimiter {
 public:
  using Clock = std::function<Time()>;
  LogInLimiter(Clock clock, const HashKey& key);

  // Counts a try as wrong until right() is called. When it may not be made: after how long it may.
  std::optional<std::chrono::seconds> take(const http::Address& address, std::string_view account);
  // It was right, or nothing was tried after all.
  void right(const http::Address& address, std::string_view account);

 private:
  template <typename Use>
  void each(const http::Address& address, std::string_view account, Use use);

  const Clock clock_;
  const Rate by_address_{kWrongByAddress}, by_pair_{kWrongByPair}, by_account_{kWrongByAccount};
  SourceTable addresses_, pairs_, accounts_;
};

}  // namespace askus::limit
