#include "shared/text/hash.h"

#include "tests/catch.h"

using askus::text::hash;

// The published values of FNV-1a (RFC 9923), their high half mixed in. Snapshots hold such hashes.
TEST_CASE("hashes stay what snapshots were built with") {
  CHECK(hash("") == (0x811C9DC5u ^ 0x811Cu));
  CHECK(hash("a") == (0xE40C292Cu ^ 0xE40Cu));
  CHECK(hash("foobar") == (0xBF9CF968u ^ 0xBF9Cu));
  CHECK(hash("\x80\xFF") != hash("\x80"));
}
