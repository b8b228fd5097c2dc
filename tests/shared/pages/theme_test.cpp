#include "shared/pages/theme.h"

#include <random>

#include "tests/catch.h"

namespace askus::pages {
namespace {

// "#rrggbb" behind a custom property's name.
std::uint32_t colour_of(const std::string& css, const std::string& name) {
  const std::size_t at = css.find(name + ":#");
  REQUIRE(at != css.npos);
  return static_cast<std::uint32_t>(std::stoul(css.substr(at + name.size() + 2, 6), nullptr, 16));
}

}  // namespace

TEST_CASE("contrast is WCAG's") {
  CHECK(contrast(0x000000, 0xFFFFFF) == Approx(21.0));
  CHECK(contrast(0xFFFFFF, 0x000000) == Approx(21.0));
  CHECK(contrast(0x777777, 0xFFFFFF) == Approx(4.48).margin(0.01));
  CHECK(contrast(0x123456, 0x123456) == Approx(1.0));
}

TEST_CASE("whatever the site's accents, every text on them and in them can be read") {
  std::mt19937 random(3);
  for (int i = 0; i < 2'000; ++i) {
    const std::uint32_t light =
        i < 8 ? (i & 1 ? 0xFFu : 0) | (i & 2 ? 0xFF00u : 0) | (i & 4 ? 0xFF0000u : 0)
              : static_cast<std::uint32_t>(random() & 0xFFFFFF);
    const std::string css = accent_rule(light, light);
    CAPTURE(css);
    for (const std::string scheme : {"light", "dark"}) {
      const std::uint32_t page = scheme == "light" ? 0xFFFFFF : 0x131A23;
      const std::uint32_t text = colour_of(css, "--site-text-" + scheme);
      CHECK(contrast(colour_of(css, "--site-on-" + scheme), light) >= 4.5);
      CHECK(contrast(text, colour_of(css, "--site-soft-" + scheme)) >= 4.5);
      CHECK(contrast(text, page) >= 4.5);
    }
  }
}

}  // namespace askus::pages
