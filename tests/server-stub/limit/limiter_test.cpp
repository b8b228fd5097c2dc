#include "server-stub/limit/limiter.h"

#include <botan/mac.h>

#include <string>
#include <thread>
#include <vector>

#include "server-stub/limit/siphash.h"
#include "tests/catch.h"

namespace {

using namespace askus;
using namespace std::chrono_literals;
using limit::Decision;
using limit::Limiter;
using limit::Rates;
using limit::Time;

constexpr limit::HashKey kKey{1, 2};
constexpr std::size_t kPlenty = 10'000'000;

http::Address address(const std::string& text) {
  const auto parsed = http::parse_address(text);
  REQUIRE(parsed);
  return *parsed;
}

http::Address ipv4(std::uint32_t number) {
  http::Address address = *http::parse_address("0.0.0.0");
  for (std::size_t i = 0; i < 4; ++i)
    address.bytes[12 + i] = static_cast<std::uint8_t>(number >> (24 - 8 * i));
  return address;
}

// A limiter whose time stands until it is moved.
struct Fixture {
  explicit Fixture(Rates rates = {}, std::size_t per_site = kPlenty)
      : limiter(
            rates, {{"demo", per_site}, {"other", per_site}}, [this] { return now; }, kKey) {}
  Decision take(const std::string& from, const std::string& site = "demo") {
    return limiter.take(site, address(from));
  }
  // How many of `count` are taken.
  std::size_t taken(const std::string& from, std::size_t count) {
    std::size_t allowed = 0;
    while (count-- > 0) allowed += take(from).allowed ? 1 : 0;
    return allowed;
  }
  Time now = std::chrono::hours(1'000);
  Limiter limiter;
};

}  // namespace

TEST_CASE("the hash of the table is SipHash-2-4") {
  const auto mac = Botan::MessageAuthenticationCode::create_or_throw("SipHash(2,4)");
  for (unsigned seed = 0; seed < 50; ++seed) {
    std::array<std::uint8_t, 16> key{}, text{};
    for (std::size_t i = 0; i < 16; ++i) {
      key[i] = static_cast<std::uint8_t>(seed * 31 + i * 7);
      text[i] = static_cast<std::uint8_t>(seed * 17 + i * 13);
    }
    limit::HashKey words{};
    for (std::size_t i = 0; i < 16; ++i) words[i / 8] |= std::uint64_t{key[i]} << (8 * (i % 8));
    mac->set_key(key.data(), key.size());
    mac->update(text.data(), text.size());
    std::uint64_t expected = 0;
    for (const std::uint8_t byte : mac->final()) expected = expected << 8 | byte;
    // Botan gives the number's bytes from the least significant on.
    CHECK(limit::siphash(words, text) == __builtin_bswap64(expected));
  }
}

TEST_CASE("request N is accepted, N + 1 refused with the right Retry-After") {
  struct Case {
    std::string from;
    std::size_t most;
    int retry_after;  // seconds: an hour divided by the rate
  };
  for (const Case& c :
       {Case{"192.0.2.1", limit::kIpv4PerHour, 6}, Case{"2001:db8::1", limit::kIpv6PerHour, 60}}) {
    CAPTURE(c.from);
    Fixture f;
    CHECK(f.taken(c.from, c.most) == c.most);
    const Decision refused = f.take(c.from);
    CHECK_FALSE(refused.allowed);
    CHECK(refused.retry_after == std::chrono::seconds(c.retry_after));
    // What was refused was not counted: a moment before it is too early, then one is taken.
    f.now += std::chrono::seconds(c.retry_after) - 1us;
    const Decision early = f.take(c.from);
    CHECK_FALSE(early.allowed);
    CHECK(early.retry_after == 1s);  // rounded up
    f.now += 1us;
    CHECK(f.take(c.from).allowed);
    CHECK_FALSE(f.take(c.from).allowed);
    f.now += std::chrono::hours(1);
    CHECK(f.taken(c.from, c.most + 1) == c.most);
  }
}

TEST_CASE("a site has its own limit, whoever writes") {
  Fixture f({}, 5);
  for (std::uint32_t i = 0; i < 5; ++i) CHECK(f.limiter.take("demo", ipv4(i)).allowed);
  const Decision refused = f.limiter.take("demo", ipv4(5));
  CHECK_FALSE(refused.allowed);
  CHECK(refused.retry_after == 720s);
  CHECK(f.limiter.take("other", ipv4(5)).allowed);
  // An address that was refused for the site's sake has lost nothing of its own.
  f.now += std::chrono::hours(1);
  CHECK(f.limiter.take("demo", ipv4(5)).price == 0);
}

TEST_CASE("one customer is counted once: IPv4 whole, IPv6 by /64, IPv4-mapped as IPv4") {
  Rates rates;
  rates.ipv4_per_hour = rates.ipv6_per_hour = 1;
  struct Case {
    std::string first, second;
    bool same;
  };
  for (const Case& c :
       {Case{"192.0.2.1", "192.0.2.2", false}, Case{"192.0.2.1", "::ffff:192.0.2.1", true},
        Case{"2001:db8::1", "2001:db8::ffff:ffff:ffff:ffff", true},
        Case{"2001:db8::1", "2001:db8:0:1::1", false}}) {
    CAPTURE(c.first, c.second);
    Fixture f(rates);
    CHECK(f.take(c.first).allowed);
    CHECK(f.take(c.second).allowed != c.same);
  }
}

TEST_CASE("over the free rate the price rises, up to the hard limit") {
  Fixture f;
  for (std::size_t i = 0; i < limit::kFreePerHour; ++i) CHECK(f.take("192.0.2.1").price == 0);
  CHECK(f.limiter.look("demo", address("192.0.2.1")).price == limit::kWorkBits);
  CHECK(f.take("192.0.2.2").price == 0);  // another's price is his own
  unsigned price = f.take("192.0.2.1").price, last = price;
  CHECK(price == limit::kWorkBits);
  for (std::size_t i = limit::kFreePerHour + 1; i < limit::kIpv4PerHour; ++i) {
    price = f.take("192.0.2.1").price;
    CHECK(price >= last);
    last = price;
  }
  CHECK(last == limit::kWorkBits + limit::kMoreWorkBits - 1);
  // One is free again after its share of an hour, all of them after the hour.
  f.now += limit::kHour / limit::kFreePerHour;
  CHECK(f.take("192.0.2.1").price == 0);
  CHECK(f.take("192.0.2.1").price > 0);
  f.now += limit::kHour;
  CHECK(f.take("192.0.2.1").price == 0);
}

TEST_CASE("a site that everybody writes to at once asks everybody for work") {
  Fixture f({}, 100);
  for (std::uint32_t i = 0; i < 50; ++i) CHECK(f.limiter.take("demo", ipv4(i)).price == 0);
  CHECK(f.limiter.take("demo", ipv4(50)).price >= limit::kWorkBits);
  CHECK(f.limiter.take("other", ipv4(51)).price == 0);
}

TEST_CASE("what is given back was not counted") {
  Rates rates;
  rates.ipv4_per_hour = 21;
  Fixture f(rates, 21);
  for (int i = 0; i < 1'000; ++i) {
    const Decision taken = f.take("192.0.2.1");
    REQUIRE(taken.allowed);
    CHECK(taken.price == 0);
    f.limiter.give_back("demo", address("192.0.2.1"), taken);
  }
  CHECK(f.taken("192.0.2.1", 22) == 21);
  const Decision refused = f.take("192.0.2.1");
  f.limiter.give_back("demo", address("192.0.2.1"), refused);
  f.limiter.give_back("demo", address("192.0.2.1"), Decision());
  CHECK_FALSE(f.take("192.0.2.1").allowed);
}

TEST_CASE("attempts have a limit of their own, which costs no request") {
  Fixture f;
  const http::Address from = address("2001:db8::1");
  std::size_t allowed = 0;
  while (f.limiter.attempt(from).allowed) ++allowed;
  CHECK(allowed == limit::kIpv6PerHour * limit::kAttemptsPerRequest);
  CHECK(f.limiter.attempt(from).retry_after == 6s);
  CHECK(f.take("2001:db8::1").price == 0);
}

TEST_CASE("switched off it counts nothing") {
  Rates rates;
  rates.on = false;
  rates.ipv4_per_hour = 1;
  Fixture f(rates, 1);
  CHECK(f.taken("192.0.2.1", 1'000) == 1'000);
  CHECK(f.limiter.attempt(ipv4(1)).allowed);
  CHECK(f.take("192.0.2.1").price == 0);
}

TEST_CASE("a million addresses stay within the stated bytes") {
  Fixture f;
  const std::size_t before = f.limiter.bytes();
  CHECK(before == limit::kSources * 32);
  CHECK(before == 4u << 20);
  std::size_t refused = 0;
  for (std::uint32_t i = 0; i < 1'000'000; ++i)
    refused += f.limiter.take("demo", ipv4(i)).allowed ? 0 : 1;
  CHECK(refused == 0);
  CHECK(f.limiter.bytes() == before);
}

TEST_CASE("who has used the most is forgotten last") {
  Fixture f;
  CHECK(f.taken("192.0.2.1", limit::kIpv4PerHour + 1) == limit::kIpv4PerHour);
  // Ten times as many addresses as there is room for, each with one request.
  for (std::uint32_t i = 0; i < 10 * limit::kSources; ++i)
    f.limiter.take("demo", ipv4(1u << 30 | i));
  CHECK_FALSE(f.take("192.0.2.1").allowed);
}

TEST_CASE("many threads take no more than there is") {
  Rates rates;
  rates.ipv4_per_hour = 500;
  Fixture f(rates);
  std::atomic<std::size_t> allowed{0};
  std::vector<std::thread> threads;
  for (int t = 0; t < 4; ++t)
    threads.emplace_back([&] {
      for (std::uint32_t i = 0; i < 1'000; ++i) {
        allowed += f.limiter.take("demo", ipv4(7)).allowed ? 1 : 0;
        f.limiter.take("other", ipv4(1'000 + i));
      }
    });
  for (std::thread& thread : threads) thread.join();
  CHECK(allowed == 500);
}
