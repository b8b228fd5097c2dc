// What the limiter allows, in one block: unit, default, and what both extremes do. The
// configuration's "abuse" may override each by the name in docs/operations.md.
#pragma once

#include <chrono>
#include <cstddef>

namespace askus::limit {

inline constexpr std::chrono::microseconds kHour = std::chrono::hours(1);

// Requests an hour that an address (IPv4 /32, IPv6 /64) may send before each costs work. A family
// or an office stays far below. Lower makes more visitors' browsers work for a moment, higher lets
// a program send more for nothing.
inline constexpr std::size_t kFreePerHour = 20;

// Requests an hour that are taken at all. Mobile carriers put thousands of people behind one IPv4
// address, and in an outage all of them write: lower makes them wait. A /64 is one household's.
inline constexpr std::size_t kIpv4PerHour = 600;
inline constexpr std::size_t kIpv6PerHour = 60;

// The same for a whole site: ten a second, which a hundred thousand customers without light stay
// under. A site's own "requests_per_hour" takes its place.
inline constexpr std::size_t kSitePerHour = 36'000;

// Calls an hour that write anything, for each request that is taken: retries, refused ones and
// those that came without a token cost the server a look into its database.
inline constexpr std::size_t kAttemptsPerRequest = 10;

// Leading zero bits that a request's proof of work must have once it costs work, and how many more
// when the address, or the site, has used up all that it may send. See docs/security.md for what
// that means in seconds.
inline constexpr unsigned kWorkBits = 16;
inline constexpr unsigned kMoreWorkBits = 4;
// Beyond this a telephone would work for minutes.
inline constexpr unsigned kMostWorkBits = 24;

// Addresses that are remembered at once, 32 bytes each: 4 MiB. Fewer forget an address that has
// used little sooner.
inline constexpr std::size_t kSources = 131'072;

struct Rates {
  bool on = true;
  std::size_t free_per_hour = kFreePerHour;  // none of the rates may be 0
  std::size_t ipv4_per_hour = kIpv4PerHour;
  std::size_t ipv6_per_hour = kIpv6PerHour;
  std::size_t sources = kSources;
  unsigned work_bits = kWorkBits;
  unsigned more_work_bits = kMoreWorkBits;
};

}  // namespace askus::limit
