// Shapes on an ImDrawList, in device pixels, with edges that match the browser's own.
#pragma once

#include <cstdint>

#include "widget/skin/surface.h"

struct ImDrawList;

namespace askus::skin {

struct Box {
  float left, top, right, bottom;

  Box Grown(float by) const { return {left - by, top - by, right + by, bottom + by}; }
  Box Moved(float down) const { return {left, top + down, right, bottom + down}; }
  float width() const { return right - left; }
  float height() const { return bottom - top; }
};

// Fills `box`, its `corners` (bits of Corner) rounded by `radius`, at most half the shorter side.
// `feather` is the width over which the edge fades, centred on the edge: 1 gives an edge on whole
// pixels no blur at all. An empty box paints nothing.
void FillRounded(ImDrawList& list, const Box& box, float radius, std::uint8_t corners, Rgba colour,
                 float feather = 1);

// The tick of a check box in `box`, `width` thick.
void DrawTick(ImDrawList& list, const Box& box, float width, Rgba colour);

// Fills `box` with a wave of two box widths from `trough` up to `crest` and back, moved to the
// right by `phase` (0 to 1) of its length.
void FillWave(ImDrawList& list, const Box& box, float radius, float phase, Rgba trough, Rgba crest);

}  // namespace askus::skin
