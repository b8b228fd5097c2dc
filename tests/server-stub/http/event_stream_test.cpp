#include "server-stub/http/event_stream.h"

#include "tests/catch.h"

using askus::http::EventStream;

TEST_CASE("what is pushed is taken once, in order; who finds nothing is woken once") {
  EventStream stream;
  int woken = 0;
  CHECK(stream.take([&] { ++woken; }).empty());
  CHECK(stream.push("a"));
  CHECK(stream.push("b"));
  CHECK(woken == 1);
  CHECK(stream.take([&] { ++woken; }) == "ab");
  CHECK(stream.push("c"));
  CHECK(woken == 1);  // there was something to take: nobody waits
  CHECK(stream.take([&] { ++woken; }) == "c");
}

TEST_CASE("what was pushed before the end is still taken, and nothing behind it") {
  EventStream stream;
  int woken = 0;
  CHECK(stream.take([&] { ++woken; }).empty());
  CHECK(stream.push("a"));
  stream.end();
  CHECK(stream.over());
  CHECK_FALSE(stream.push("b"));
  CHECK(stream.take([&] { ++woken; }) == "a");
  CHECK(stream.take([&] { ++woken; }).empty());
  stream.end();
  CHECK(woken == 1);
}

TEST_CASE("a reader who is too slow is cut off") {
  EventStream stream;
  const std::string most(askus::http::kMostPending, 'x');
  CHECK(stream.push(most));
  CHECK_FALSE(stream.over());
  stream.push("y");
  CHECK(stream.over());
  CHECK(stream.take({}) == most);
}
