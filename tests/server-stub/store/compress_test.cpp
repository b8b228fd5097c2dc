#include "server-stub/store/compress.h"

#include "tests/catch.h"

using namespace askus::store;

TEST_CASE("a compressed variant is kept only where it saves") {
  const Variants text = compress(std::string(5'000, 'a'));
  REQUIRE(text.br != nullptr);
  REQUIRE(text.gz != nullptr);
  CHECK(text.br->size() < 500);
  CHECK(text.gz->substr(0, 2) == "\x1F\x8B");
  CHECK(compress("ab").br == nullptr);
  CHECK(compress("").gz == nullptr);
}
