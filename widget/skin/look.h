// How each kind of surface looks in each state: the same table as the CSS of web/panel/panel.css.
//
// Pure functions of a surface and the theme, so that the look is tested without a browser.
#pragma once

#include "widget/skin/surface.h"

namespace askus::skin {

// Widths in CSS pixels; the painter multiplies them by the device pixel ratio.
inline constexpr float kRingWidth = 4;
inline constexpr float kShadowBlur = 2;  // as in CSS: twice the standard deviation
inline constexpr float kShadowDrop = 1;
inline constexpr float kTickWidth = 2;

// The colours to paint with, bottom to top; 0 (transparent) is not painted.
struct Look {
  Rgba shadow = 0;
  Rgba ring = 0;
  Rgba edge = 0;
  Rgba fill = 0;
  Rgba glyph = 0;  // a check's tick, the crest of a progress' wave
};

// `share` (0 to 1) of `over`, the rest of `under`, channel by channel as color-mix(in srgb) does.
Rgba Mix(Rgba under, Rgba over, float share);

// The look of `surface`, its opacity already mixed in.
Look LookOf(const Surface& surface, const Theme& theme);

}  // namespace askus::skin
