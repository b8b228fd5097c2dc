#include "shared/pages/theme.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdio>

namespace askus::pages {
namespace {

constexpr double kEnough = 4.5;
constexpr double kStep = 0.1;  // of the ink mixed into an accent that is too weak for a text

struct Scheme {
  const char* name;
  std::uint32_t background, ink;  // of pages.css
  double soft;                    // share of the accent in its tint
};
constexpr Scheme kLight{"light", 0xFFFFFF, 0x101828, 0.1};
constexpr Scheme kDark{"dark", 0x131A23, 0xF2F4F7, 0.2};
constexpr std::uint32_t kOnAccent[] = {0xFFFFFF, 0x0B1220, 0x000000};

std::uint32_t channel(std::uint32_t colour, unsigned shift) {
  return colour >> shift & 0xFF;
}

double luminance(std::uint32_t colour) {
  const auto linear = [&](unsigned shift) {
    const double s = channel(colour, shift) / 255.0;
    return s <= 0.04045 ? s / 12.92 : std::pow((s + 0.055) / 1.055, 2.4);
  };
  return 0.2126 * linear(16) + 0.7152 * linear(8) + 0.0722 * linear(0);
}

std::uint32_t mix(std::uint32_t a, std::uint32_t b, double share) {
  std::uint32_t out = 0;
  for (const unsigned shift : {16u, 8u, 0u}) {
    const double from = channel(a, shift), to = channel(b, shift);
    out |= static_cast<std::uint32_t>(std::lround(from + (to - from) * share)) << shift;
  }
  return out;
}

std::string rule(std::uint32_t accent, const Scheme& scheme) {
  accent &= 0xFFFFFF;
  const std::uint32_t soft = mix(scheme.background, accent, scheme.soft);
  std::uint32_t on = kOnAccent[std::size(kOnAccent) - 1];
  for (const std::uint32_t colour : kOnAccent)
    if (contrast(colour, accent) >= kEnough) {
      on = colour;
      break;
    }
  std::uint32_t text = accent;
  const auto weak = [&] {
    return std::min(contrast(text, soft), contrast(text, scheme.background)) < kEnough;
  };
  for (int step = 1; weak() && step <= 10; ++step) text = mix(accent, scheme.ink, kStep * step);
  std::array<char, 160> css{};
  std::snprintf(
      css.data(), css.size(),
      "--site-accent-%s:#%06x;--site-soft-%s:#%06x;--site-on-%s:#%06x;--site-text-%s:#%06x;",
      scheme.name, accent, scheme.name, soft, scheme.name, on, scheme.name, text);
  return css.data();
}

}  // namespace

double contrast(std::uint32_t a, std::uint32_t b) {
  const double x = luminance(a), y = luminance(b);
  return (std::max(x, y) + 0.05) / (std::min(x, y) + 0.05);
}

std::string accent_rule(std::uint32_t light, std::uint32_t dark) {
  return ":root{" + rule(light, kLight) + rule(dark, kDark) + "}\n";
}

}  // namespace askus::pages
