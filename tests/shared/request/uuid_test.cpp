#include "shared/request/uuid.h"

#include "tests/catch.h"

using namespace askus::request;

TEST_CASE("make_uuid7 gives the example of RFC 9562, appendix A.6") {
  const std::array<std::uint8_t, 10> random{0x0C, 0xC3, 0x18, 0xC4, 0xDC,
                                            0x0C, 0x0C, 0x07, 0x39, 0x8F};
  CHECK(make_uuid7(0x017F22E279B0, random) == "017f22e2-79b0-7cc3-98c4-dc0c0c07398f");
}

TEST_CASE("is_uuid7 accepts the form and nothing else") {
  CHECK(is_uuid7("017f22e2-79b0-7cc3-98c4-dc0c0c07398f"));
  for (const char* wrong :
       {"", "017f22e2-79b0-4cc3-98c4-dc0c0c07398f", "017f22e2-79b0-7cc3-c8c4-dc0c0c07398f",
        "017F22E2-79b0-7cc3-98c4-dc0c0c07398f", "017f22e279b07cc398c4dc0c0c07398f",
        "017f22e2-79b0-7cc3-98c4-dc0c0c07398", "017f22e2-79b0-7cc3-98c4-dc0c0c07398g"}) {
    CAPTURE(wrong);
    CHECK_FALSE(is_uuid7(wrong));
  }
}
