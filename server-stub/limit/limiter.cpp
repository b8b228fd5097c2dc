#include "server-stub/limit/limiter.h"

#include <cmath>
#include <random>

namespace askus::limit {
namespace {

// A site that is written to by everybody at once asks everybody for work from here on.
constexpr double kSitePressure = 0.5;

Decision refused(Time wait) {
  return {false, 0, std::chrono::ceil<std::chrono::seconds>(wait), false, false};
}

}  // namespace

Limiter::Limiter(const Rates& rates, const std::map<std::string, std::size_t>& sites, Clock clock,
                 const HashKey& key)
    : rates_(rates),
      clock_(std::move(clock)),
      free_(rates.free_per_hour),
      ipv4_(rates.ipv4_per_hour),
      ipv6_(rates.ipv6_per_hour),
      ipv4_attempts_(rates.ipv4_per_hour * kAttemptsPerRequest),
      ipv6_attempts_(rates.ipv6_per_hour * kAttemptsPerRequest),
      sources_(rates.on ? rates.sources : 0, key) {
  for (const auto& [name, per_hour] : sites) sites_[name] = std::make_unique<Site>(per_hour);
}

const Rate& Limiter::hard_rate(const http::Address& address) const {
  return address.is_v4() ? ipv4_ : ipv6_;
}

Decision Limiter::attempt(const http::Address& address) {
  if (!rates_.on) return {};
  const Time now = clock_();
  const Rate& rate = address.is_v4() ? ipv4_attempts_ : ipv6_attempts_;
  return sources_.with(address, [&](Source& source) -> Decision {
    if (const Time wait = source.attempts.wait(rate, now); wait > Time(0)) return refused(wait);
    source.attempts.take(rate, now);
    return {};
  });
}

Decision Limiter::decide(const std::string& name, const http::Address& address, bool take) {
  if (!rates_.on) return {};
  const Time now = clock_();
  const Rate& rate = hard_rate(address);
  Site& site = *sites_.at(name);
  return sources_.with(address, [&](Source& source) -> Decision {
    const std::lock_guard lock(site.mutex);
    const Time wait = std::max(source.hard.wait(rate, now), site.bucket.wait(site.rate, now));
    if (wait > Time(0)) return refused(wait);
    Decision decision;
    decision.was_free = source.free.wait(free_, now) == Time(0);
    const double pressure = site.bucket.used(site.rate, now);
    if (!decision.was_free || pressure >= kSitePressure) {
      const double share = std::max(source.hard.used(rate, now), pressure);
      decision.price =
          rates_.work_bits + static_cast<unsigned>(std::floor(share * rates_.more_work_bits));
    }
    if (take) {
      decision.counted = true;
      if (decision.was_free) source.free.take(free_, now);
      source.hard.take(rate, now);
      site.bucket.take(site.rate, now);
    }
    return decision;
  });
}

Decision Limiter::take(const std::string& site, const http::Address& address) {
  return decide(site, address, true);
}

Decision Limiter::look(const std::string& site, const http::Address& address) {
  return decide(site, address, false);
}

void Limiter::give_back(const std::string& name, const http::Address& address,
                        const Decision& taken) {
  if (!taken.counted) return;
  Site& site = *sites_.at(name);
  sources_.with(address, [&](Source& source) {
    const std::lock_guard lock(site.mutex);
    if (taken.was_free) source.free.give_back(free_);
    source.hard.give_back(hard_rate(address));
    site.bucket.give_back(site.rate);
  });
}

Time steady_time() {
  // A process begins long after 0, where every bucket is full.
  return std::chrono::duration_cast<Time>(std::chrono::steady_clock::now().time_since_epoch()) +
         kHour;
}

HashKey fresh_hash_key() {
  std::random_device random;
  const auto word = [&random] { return (std::uint64_t{random()} << 32) | random(); };
  return {word(), word()};
}

}  // namespace askus::limit
