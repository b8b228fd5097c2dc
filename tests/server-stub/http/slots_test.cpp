#include "server-stub/http/slots.h"

#include "tests/catch.h"

using askus::http::Slots;

TEST_CASE("as many slots as there are, each given back with its last copy") {
  const auto slots = Slots::make(2);
  auto first = slots->take(), copy = first;
  auto second = slots->take();
  REQUIRE(first != nullptr);
  REQUIRE(second != nullptr);
  CHECK(slots->take() == nullptr);
  first.reset();
  CHECK(slots->take() == nullptr);
  copy.reset();
  CHECK(slots->take() != nullptr);  // and given back at once
  CHECK(slots->take() != nullptr);
}

TEST_CASE("a slot may outlive its route") {
  auto slots = Slots::make(1);
  const auto slot = slots->take();
  slots.reset();
  CHECK(slot != nullptr);
}
