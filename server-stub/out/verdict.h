// What came of one try to send something, whatever it was sent by.
#pragma once

#include <chrono>
#include <cstdint>
#include <string>
#include <string_view>

namespace askus::out {

struct Verdict {
  enum class Kind : std::uint8_t {
    kSent,   // the other side has taken it
    kAgain,  // it has not, or nobody knows; another try may do
    kNever,  // it will not: the same again ends the same
  };
  Kind kind = Kind::kSent;
  // A short word that staff's page knows (docs/http-api.md, "Deliveries"), and behind it what the
  // other side said. Empty when sent.
  std::string reason = {};
  // Not before this time has passed: what the other side asks for, or needs.
  std::chrono::milliseconds after{0};
  // The other side takes nothing from this site for that time, whatever it is; a webhook's address,
  // nothing of that webhook.
  bool holds_all = false;
};

// "<word> <what was said>": one line of UTF-8, at most kMaxReason bytes.
inline constexpr std::size_t kMaxReason = 300;
std::string reason_of(std::string_view word, std::string_view said);

Verdict again(std::string_view word, std::string_view said = {},
              std::chrono::milliseconds after = std::chrono::milliseconds(0));
Verdict never(std::string_view word, std::string_view said = {});

}  // namespace askus::out
