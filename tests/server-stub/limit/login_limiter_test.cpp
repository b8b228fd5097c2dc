#include "server-stub/limit/login_limiter.h"

#include "tests/catch.h"

namespace {

using namespace askus;
using namespace askus::limit;

http::Address address(int n) {
  return *http::parse_address("192.0.2." + std::to_string(n));
}

}  // namespace

TEST_CASE("wrong log-ins are counted by the pair, by the address and by the account") {
  Time now{0};
  LogInLimiter limiter([&now] { return now; }, HashKey{1, 2});
  for (std::size_t i = 0; i < kWrongByPair; ++i) REQUIRE_FALSE(limiter.take(address(1), "a"));
  REQUIRE(limiter.take(address(1), "a"));
  CHECK(limiter.take(address(1), "a")->count() <= 360);
  // From elsewhere, and for another account.
  CHECK_FALSE(limiter.take(address(2), "a"));
  CHECK_FALSE(limiter.take(address(1), "b"));

  // One address tries many accounts.
  for (std::size_t i = kWrongByPair + 1; i < kWrongByAddress; ++i)
    REQUIRE_FALSE(limiter.take(address(1), "account " + std::to_string(i)));
  CHECK(limiter.take(address(1), "one more"));
  // Many addresses try one account.
  for (std::size_t i = kWrongByPair + 1; i < kWrongByAccount; ++i)
    REQUIRE_FALSE(limiter.take(address(3 + static_cast<int>(i)), "a"));
  CHECK(limiter.take(address(250), "a"));
  // An hour later all of it is forgotten.
  now += kHour;
  CHECK_FALSE(limiter.take(address(1), "a"));
}

TEST_CASE("a right log-in is not counted, and one that may not be tried neither") {
  Time now{0};
  LogInLimiter limiter([&now] { return now; }, HashKey{1, 2});
  for (std::size_t i = 0; i < 3 * kWrongByAccount; ++i) {
    REQUIRE_FALSE(limiter.take(address(1), "a"));
    limiter.right(address(1), "a");
  }
  for (std::size_t i = 0; i < kWrongByPair; ++i) REQUIRE_FALSE(limiter.take(address(1), "a"));
  for (std::size_t i = 0; i < kWrongByAccount; ++i) REQUIRE(limiter.take(address(1), "a"));
  now += kHour / kWrongByPair;
  CHECK_FALSE(limiter.take(address(1), "a"));
}
