// The site's accents on our surfaces: every text on one or in one keeps a contrast of 4.5 to 1.
#pragma once

#include <cstdint>
#include <string>

namespace askus::pages {

// WCAG 2.2, "contrast ratio": of two colours 0xRRGGBB, 1 to 21.
double contrast(std::uint32_t a, std::uint32_t b);

// The custom properties of web/panel/theme.js for both schemes, as a CSS rule for :root.
std::string accent_rule(std::uint32_t light, std::uint32_t dark);

}  // namespace askus::pages
