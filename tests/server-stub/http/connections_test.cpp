#include "server-stub/http/connections.h"

#include <array>

#include "tests/catch.h"

using askus::http::Address;
using askus::http::Connections;
using askus::http::Limits;

namespace {

Address host(std::uint8_t last) {
  Address address = *askus::http::parse_address("192.0.2.0");
  address.bytes[15] = last;
  return address;
}

}  // namespace

TEST_CASE("connections are capped in all and by address") {
  Limits limits;
  limits.connections = 3;
  limits.connections_per_address = 2;
  Connections connections(limits);
  const std::array<int, 5> ids{};
  CHECK(connections.enter(&ids[0], host(1), [] {}));
  CHECK(connections.enter(&ids[1], host(1), [] {}));
  CHECK_FALSE(connections.enter(&ids[2], host(1), [] {}));
  CHECK(connections.enter(&ids[2], host(2), [] {}));
  CHECK_FALSE(connections.enter(&ids[3], host(3), [] {}));
  connections.leave(&ids[0]);
  connections.leave(&ids[4]);  // never entered
  CHECK(connections.enter(&ids[3], host(1), [] {}));
  CHECK(connections.size() == 3);
}

TEST_CASE("a connection of nobody's is capped with all, not by address") {
  Limits limits;
  limits.connections = 3;
  limits.connections_per_address = 1;
  Connections connections(limits);
  const std::array<int, 4> ids{};
  for (int i = 0; i < 3; ++i) CHECK(connections.enter(&ids[i], std::nullopt, [] {}));
  CHECK_FALSE(connections.enter(&ids[3], std::nullopt, [] {}));
  connections.leave(&ids[0]);
  CHECK(connections.enter(&ids[3], host(1), [] {}));
}

TEST_CASE("a drain stops every connection and tells when the last one left") {
  Connections connections((Limits()));
  const std::array<int, 2> ids{};
  int stopped = 0, empty = 0;
  CHECK(connections.enter(&ids[0], host(1), [&] { ++stopped; }));
  connections.drain([&] { ++empty; });
  CHECK(stopped == 1);
  CHECK(empty == 0);
  CHECK_FALSE(connections.enter(&ids[1], host(1), [] {}));
  connections.leave(&ids[0]);
  CHECK(empty == 1);
}

TEST_CASE("a drain without connections is over at once") {
  Connections connections((Limits()));
  int empty = 0;
  connections.drain([&] { ++empty; });
  CHECK(empty == 1);
}
