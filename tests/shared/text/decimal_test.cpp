#include "shared/text/decimal.h"

#include <limits>

#include "tests/catch.h"

namespace text = askus::text;

TEST_CASE("numbers are written in decimal") {
  CHECK(text::decimal(0) == "0");
  CHECK(text::decimal(10'482) == "10482");
  CHECK(text::decimal(std::numeric_limits<std::uint64_t>::max()) == "18446744073709551615");
}

TEST_CASE("a number is read up to what is no digit, and none that is too large") {
  const struct {
    const char* text;
    std::uint32_t number;
    std::size_t size;
  } cases[] = {
      {"", 0, 0},           {"0", 0, 1},           {"17:", 17, 2}, {"007", 7, 3},
      {"-1", 0, 0},         {" 1", 0, 0},          {"1e9", 1, 1},  {"999999999", 999'999'999, 9},
      {"1000000000", 0, 0}, {"99999999999", 0, 0}, {"x1", 0, 0},
  };
  for (const auto& c : cases) {
    CAPTURE(c.text);
    CHECK(text::read_decimal(c.text).number == c.number);
    CHECK(text::read_decimal(c.text).size == c.size);
  }
}
