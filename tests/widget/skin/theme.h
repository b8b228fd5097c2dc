// A theme whose colours are all different, for tests of the skin.
#pragma once

#include "widget/skin/surface.h"

namespace askus::skin {

inline constexpr Rgba kBg = 0xFFFFFFFF;
inline constexpr Rgba kSoft = 0xFFFAF6F4;
inline constexpr Rgba kLine = 0xFFDDD5D0;
inline constexpr Rgba kMuted = 0xFF675447;
inline constexpr Rgba kAccent = 0xFFD65F1F;
inline constexpr Rgba kOnAccent = 0xFFFEFEFE;
inline constexpr Rgba kAccentSoft = 0xFFFEF0E8;
inline constexpr Rgba kMarked = 0xFFB8F1FF;
inline constexpr Rgba kBad = 0xFF1823B4;
inline constexpr Rgba kRaised = 0x1F281810;

inline constexpr Theme kTheme = {kBg,       kSoft,       kLine,   kMuted, kAccent,
                                 kOnAccent, kAccentSoft, kMarked, kBad,   kRaised};

constexpr int kAllCorners = kTopLeft | kTopRight | kBottomRight | kBottomLeft;

inline Surface Make(Kind kind, int state, float left, float top, float right, float bottom,
                    float radius = 0, float border = 1) {
  return {kind,
          static_cast<std::uint8_t>(state),
          kAllCorners,
          255,
          left,
          top,
          right,
          bottom,
          radius,
          border,
          0};
}

}  // namespace askus::skin
