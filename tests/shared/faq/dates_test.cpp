#include "shared/faq/dates.h"

#include "tests/catch.h"

using askus::format_date;
using askus::format_time;
using askus::parse_date;
using askus::parse_time;

TEST_CASE("dates are read in two forms") {
  CHECK(parse_date("1970-01-01") == 0u);
  CHECK(parse_date("2026-05-31") == 20604u);
  CHECK(parse_date("31.05.2026") == 20604u);
  CHECK(parse_date("29.02.2024") == 19782u);
}

TEST_CASE("what is no date is none") {
  const char* text =
      GENERATE("", "2026", "2026-13-01", "2026-02-30", "29.02.2025", "1969-12-31", "2026-5-31",
               "2026/05/31", "31.05.26", "20x6-05-31", "2026-05-31 ", "-026-05-31", "+1.05.2026");
  CAPTURE(text);
  CHECK_FALSE(parse_date(text));
}

TEST_CASE("a date is written as it is read") {
  for (std::uint32_t days = 0; days < 60'000; days += 37)
    REQUIRE(parse_date(format_date(days)) == days);
  CHECK(format_date(20604) == "2026-05-31");
}

TEST_CASE("times are RFC 3339 in whole seconds") {
  CHECK(parse_time("1970-01-01T00:00:00Z") == 0u);
  CHECK(parse_time("2026-05-31T08:00:01Z") == 1780214401u);
  CHECK(parse_time("2026-05-31T11:00:01+03:00") == 1780214401u);
  CHECK(parse_time("2026-05-31T02:30:01-05:30") == 1780214401u);
  CHECK(format_time(1780214401) == "2026-05-31T08:00:01Z");
}

TEST_CASE("what is no time is none") {
  const char* text =
      GENERATE("", "2026-05-31", "2026-05-31T08:00:00", "2026-05-31 08:00:00Z",
               "2026-05-31T24:00:00Z", "2026-05-31T08:60:00Z", "2026-05-31T08:00:60Z",
               "2026-05-31T08:00:00.5Z", "2026-05-31T08:00:00+3:00", "2026-05-31T08:00:00+24:00",
               "2026-02-30T08:00:00Z", "1970-01-01T00:00:00+00:01", "31.05.2026T08:00:00Z");
  CAPTURE(text);
  CHECK_FALSE(parse_time(text));
}
