#include "server-stub/http/negotiate.h"

#include <string>

#include "tests/catch.h"

using namespace askus::http;

TEST_CASE("Accept-Encoding") {
  struct Case {
    std::string accept;
    bool br, gzip;
    Coding coding;
  };
  const Case cases[] = {
      {"", true, true, Coding::kIdentity},
      {"gzip, deflate, br", true, true, Coding::kBrotli},
      {"gzip, deflate, br", false, true, Coding::kGzip},
      {"gzip, deflate, br", false, false, Coding::kIdentity},
      {"br;q=0.5, gzip;q=0.8", true, true, Coding::kGzip},
      {"br;q=0.801, gzip;q=0.8", true, true, Coding::kBrotli},
      {"br;q=0, gzip", true, true, Coding::kGzip},
      {"br;q=0", true, true, Coding::kIdentity},
      {"*", true, true, Coding::kBrotli},
      {"*;q=0", true, true, Coding::kIdentity},
      {"identity, br;q=0.5", true, true, Coding::kIdentity},
      {"identity;q=0.5, gzip;q=0.5", true, true, Coding::kGzip},
      {"BR ; Q=1.0", true, true, Coding::kBrotli},
      {"gzip;q=0.001", true, true, Coding::kGzip},
      {",, ;q=1,br;q=x", true, true, Coding::kBrotli},
  };
  for (const Case& c : cases) {
    CAPTURE(c.accept, c.br, c.gzip);
    CHECK(choose_coding(c.accept, c.br, c.gzip) == c.coding);
  }
}

TEST_CASE("If-None-Match") {
  CHECK(etag_matches("\"a\"", "\"a\""));
  CHECK(etag_matches("\"b\", W/\"a\"", "\"a\""));
  CHECK(etag_matches("*", "\"a\""));
  CHECK_FALSE(etag_matches("", "\"a\""));
  CHECK_FALSE(etag_matches("a", "\"a\""));
  CHECK_FALSE(etag_matches("\"a-br\"", "\"a\""));
}

TEST_CASE("Range") {
  struct Case {
    std::string range;
    RangeKind kind;
    Part part;
  };
  constexpr std::size_t kSize = 10;
  const Case cases[] = {
      {"bytes=0-3", RangeKind::kPart, {0, 4}},
      {"bytes=9-9", RangeKind::kPart, {9, 1}},
      {"bytes=5-", RangeKind::kPart, {5, 5}},
      {"bytes=5-100", RangeKind::kPart, {5, 5}},
      {"bytes=-3", RangeKind::kPart, {7, 3}},
      {"bytes=-30", RangeKind::kPart, {0, 10}},
      {"bytes=10-", RangeKind::kUnsatisfiable, {}},
      {"bytes=-0", RangeKind::kUnsatisfiable, {}},
      {"bytes=0-18446744073709551615", RangeKind::kPart, {0, 10}},
      {"bytes=18446744073709551616-", RangeKind::kWhole, {}},
      {"bytes=3-1", RangeKind::kWhole, {}},
      {"bytes=0-1,3-4", RangeKind::kWhole, {}},
      {"bytes=a-b", RangeKind::kWhole, {}},
      {"bytes=", RangeKind::kWhole, {}},
      {"lines=0-1", RangeKind::kWhole, {}},
  };
  for (const Case& c : cases) {
    CAPTURE(c.range);
    const RangeChoice choice = choose_range(c.range, kSize);
    CHECK(choice.kind == c.kind);
    CHECK(choice.part == c.part);
  }
}
