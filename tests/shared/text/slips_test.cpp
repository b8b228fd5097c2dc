#include "shared/text/slips.h"

#include "tests/catch.h"

using askus::text::slips;

TEST_CASE("slips are letters left out, put in, changed or swapped") {
  CHECK(slips("", "", 2) == 0);
  CHECK(slips("internet", "internet", 1) == 0);
  CHECK(slips("intrnet", "internet", 1) == 1);
  CHECK(slips("internet", "intternet", 1) == 1);
  CHECK(slips("inteknet", "internet", 1) == 1);
  CHECK(slips("itnernet", "internet", 1) == 1);
  CHECK(slips("itnernte", "internet", 2) == 2);
  CHECK(slips("ab", "abcd", 1) == 2);  // and more: not counted on
  CHECK(slips("abcd", "wxyz", 2) > 2);
}
