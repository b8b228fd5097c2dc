#include "server-stub/limit/login_limiter.h"

#include <string>

#include "server-stub/publish/mac.h"

namespace askus::limit {
namespace {

// Sixteen bytes of a text, as the table takes them.
std::array<std::uint8_t, 16> digest(std::string_view text) {
  const std::string hash = publish::hmac_sha256("log-in", text);
  std::array<std::uint8_t, 16> bytes{};
  for (std::size_t i = 0; i < bytes.size(); ++i) bytes[i] = static_cast<std::uint8_t>(hash[i]);
  return bytes;
}

}  // namespace

LogInLimiter::LogInLimiter(Clock clock, const HashKey& key)
    : clock_(std::move(clock)),
      addresses_(kLogInSources, key),
      pairs_(kLogInSources, key),
      accounts_(kLogInSources, key) {}

template <typename Use>
void LogInLimiter::each(const http::Address& address, std::string_view account, Use use) {
  const auto source = http::source_of(address).bytes;
  std::string pair(source.begin(), source.end());
  pair += account;
  addresses_.with_name(source, [&](Source& s) { use(s.attempts, by_address_); });
  pairs_.with_name(digest(pair), [&](Source& s) { use(s.attempts, by_pair_); });
  accounts_.with_name(digest(account), [&](Source& s) { use(s.attempts, by_account_); });
}

std::optional<std::chrono::seconds> LogInLimiter::take(const http::Address& address,
                                                       std::string_view account) {
  const Time now = clock_();
  Time longest{0};
  each(address, account, [&](Bucket& bucket, const Rate& rate) {
    longest = std::max(longest, bucket.wait(rate, now));
    bucket.take(rate, now);
  });
  if (longest == Time(0)) return std::nullopt;
  right(address, account);  // what may not be made is not counted
  return std::chrono::ceil<std::chrono::seconds>(longest);
}

void LogInLimiter::right(const http::Address& address, std::string_view account) {
  each(address, account, [](Bucket& bucket, const Rate& rate) { bucket.give_back(rate); });
}

}  // namespace askus::limit
