// How well two colours are told apart: WCAG 2.2, "relative luminance" and "contrast ratio".
#pragma once

#include <cstdint>

namespace askus::faq {

// The grounds of the panel, light and dark (web/panel/style/base.css).
inline constexpr std::uint32_t kLightGround = 0xFFFFFF, kDarkGround = 0x131A23;
// What frames, marks and the focus need (WCAG 2.2, 1.4.11). Texts need 4.5: the panel makes the
// colour of those out of the accent by itself.
inline constexpr double kLeastContrast = 3;

// 1 (the same) to 21 (black and white), of colours 0xRRGGBB.
double contrast(std::uint32_t a, std::uint32_t b);

}  // namespace askus::faq
