#include "server-stub/http/connections.h"

#include <array>

#include "tests/catch.h"

using askus::http::Connections;
using askus::http::Limits;

TEST_CASE("connections are capped in all and by address") {
  Limits limits;
  limits.connections = 3;
  limits.connections_per_address = 2;
  Connections connections(limits);
  const std::array<int, 5> ids{};
  CHECK(connections.enter(&ids[0], "a", [] {}));
  CHECK(connections.enter(&ids[1], "a", [] {}));
  CHECK_FALSE(connections.enter(&ids[2], "a", [] {}));
  CHECK(connections.enter(&ids[2], "b", [] {}));
  CHECK_FALSE(connections.enter(&ids[3], "c", [] {}));
  connections.leave(&ids[0]);
  connections.leave(&ids[4]);  // never entered
  CHECK(connections.enter(&ids[3], "a", [] {}));
  CHECK(connections.size() == 3);
}

TEST_CASE("a drain stops every connection and tells when the last one left") {
  Connections connections((Limits()));
  const std::array<int, 2> ids{};
  int stopped = 0, empty = 0;
  CHECK(connections.enter(&ids[0], "a", [&] { ++stopped; }));
  connections.drain([&] { ++empty; });
  CHECK(stopped == 1);
  CHECK(empty == 0);
  CHECK_FALSE(connections.enter(&ids[1], "a", [] {}));
  connections.leave(&ids[0]);
  CHECK(empty == 1);
}

TEST_CASE("a drain without connections is over at once") {
  Connections connections((Limits()));
  int empty = 0;
  connections.drain([&] { ++empty; });
  CHECK(empty == 1);
}
