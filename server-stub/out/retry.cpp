#include "server-stub/out/retry.h"

#include <algorithm>
#include <ctime>
#include <string>

#include "server-stub/out/verdict.h"
#include "server-stub/social/text.h"
#include "shared/text/utf8.h"

namespace askus::out {

using std::chrono::milliseconds;

milliseconds wait_before(const RetryTimes& times, std::int64_t tries, double random,
                         milliseconds after) {
  milliseconds wait = times.first;
  for (std::int64_t i = 1; i < tries && wait < times.longest; ++i) wait *= 2;
  wait = std::min(wait, times.longest);
  constexpr double kHalf = 0.5;
  const auto jittered = static_cast<double>(wait.count()) * (kHalf + kHalf * random);
  return std::max(milliseconds(static_cast<std::int64_t>(jittered)), after);
}

milliseconds retry_after(std::string_view header, std::int64_t now) {
  constexpr std::int64_t kDay = 86'400, kThousand = 1'000;
  std::int64_t seconds = 0;
  if (const auto number = social::decimal(header)) {
    seconds = *number;
  } else {
    std::tm time{};
    const std::string text(header);
    const char* end = ::strptime(text.c_str(), "%a, %d %b %Y %H:%M:%S GMT", &time);
    if (end != nullptr && *end == '\0') seconds = ::timegm(&time) - now;
  }
  return milliseconds(std::clamp<std::int64_t>(seconds, 0, kDay) * kThousand);
}

std::string reason_of(std::string_view word, std::string_view said) {
  std::string text(word);
  if (!said.empty()) text.append(" ").append(said);
  std::string line;
  for (std::size_t at = 0; at < text.size();) {
    const std::size_t from = at;
    const char32_t letter = text::next(text, at);
    const bool control = letter < U' ' || letter == U'\x7F' || letter == text::kReplacement;
    line += control ? std::string(" ") : text.substr(from, at - from);
  }
  return std::string(text::clip(line, kMaxReason));
}

Verdict again(std::string_view word, std::string_view said, milliseconds after) {
  return {Verdict::Kind::kAgain, reason_of(word, said), after, false};
}

Verdict never(std::string_view word, std::string_view said) {
  return {Verdict::Kind::kNever, reason_of(word, said), milliseconds(0), false};
}

}  // namespace askus::out
