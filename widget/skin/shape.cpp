#include "widget/skin/shape.h"

#include <imgui.h>

#include <algorithm>
#include <array>
#include <cmath>

#include "widget/skin/look.h"

namespace askus::skin {
namespace {

constexpr float kQuarterTurn = 1.57079633F;
constexpr float kMaxDeviation = 0.03F;  // device pixels between an arc and its polygon
constexpr int kMaxSegments = 32;        // of a corner

// A tick's measures, where its check box is kTickBox wide.
constexpr float kTickBox = 18;
constexpr float kTickLength = 9;
constexpr float kTickHeight = 5;
constexpr float kTickRise = 1.5F;         // above the middle
constexpr float kEighthTurn = 0.707107F;  // sine and cosine of it

// A corner as a part of the path: its centre lies `radius` inside both sides.
struct CornerOf {
  Corner bit;
  float from;  // in quarter turns, clockwise from the right
};
constexpr std::array<CornerOf, 4> kCorners = {
    {{kTopLeft, 2}, {kTopRight, 3}, {kBottomRight, 0}, {kBottomLeft, 1}}};

// The chord of an arc of angle a deviates from it by r * (1 - cos(a / 2)), nearly r * a * a / 8.
int SegmentsFor(float radius) {
  const float angle = std::sqrt(8 * kMaxDeviation / radius);
  return std::clamp(static_cast<int>(std::ceil(kQuarterTurn / angle)), 1, kMaxSegments);
}

void AddCorner(ImDrawList& list, const Box& box, float radius, const CornerOf& corner) {
  const bool right = corner.bit == kTopRight || corner.bit == kBottomRight;
  const bool bottom = corner.bit == kBottomRight || corner.bit == kBottomLeft;
  const ImVec2 centre(right ? box.right - radius : box.left + radius,
                      bottom ? box.bottom - radius : box.top + radius);
  const float from = corner.from * kQuarterTurn;
  list.PathArcTo(centre, radius, from, from + kQuarterTurn, SegmentsFor(radius));
}

// The tick of a check box in its own turned coordinates.
struct Tick {
  float x, y, unit;

  void Fill(ImDrawList& list, const Box& arm, Rgba colour) const {
    for (const ImVec2& at : {ImVec2(arm.left, arm.top), ImVec2(arm.right, arm.top),
                             ImVec2(arm.right, arm.bottom), ImVec2(arm.left, arm.bottom)}) {
      list.PathLineTo(ImVec2(x + (at.x + at.y) * kEighthTurn * unit,
                             y + ((at.y - at.x) * kEighthTurn - kTickRise) * unit));
    }
    list.PathFillConvex(colour);
  }
};

// A triangular wave of colour along x; one slope is as long as the box.
struct Wave {
  float left, slope, phase;
  Rgba trough, crest;

  // In slopes; troughs at even numbers.
  float At(float x) const { return (x - left) / slope + 2 * (1 - phase); }

  float NextTurn(float x) const {
    const float turn = x + (std::floor(At(x)) + 1 - At(x)) * slope;
    return std::max(std::floor(turn + 0.5F), x + 1);
  }

  void Shade(ImDrawVert& vertex) const {
    const float at = At(vertex.pos.x);
    const float within = at - 2 * std::floor(at / 2);
    const float share = within < 1 ? within : 2 - within;
    const Rgba alpha = vertex.col & IM_COL32_A_MASK;
    vertex.col = (Mix(trough, crest, share) & ~IM_COL32_A_MASK) | alpha;
  }
};

}  // namespace

void FillRounded(ImDrawList& list, const Box& box, float radius, std::uint8_t corners, Rgba colour,
                 float feather) {
  if (!(box.width() > 0 && box.height() > 0)) return;
  const float limit = std::min(box.width(), box.height()) / 2;
  for (const CornerOf& corner : kCorners) {
    const bool rounded = (corners & corner.bit) != 0 && radius > 0;
    AddCorner(list, box, rounded ? std::min(radius, limit) : 0, corner);
  }
  const float usual = list._FringeScale;
  list._FringeScale = feather;
  list.PathFillConvex(colour);
  list._FringeScale = usual;
}

void DrawTick(ImDrawList& list, const Box& box, float width, Rgba colour) {
  // As in CSS: the left and the lower side of a box of 9 x 5, turned by an eighth to the left.
  const Tick tick{(box.left + box.right) / 2, (box.top + box.bottom) / 2, box.width() / kTickBox};
  const float side = width / tick.unit;
  const float left = -kTickLength / 2;
  const float bottom = kTickHeight / 2;
  tick.Fill(list, {left, bottom - side, -left, bottom}, colour);
  tick.Fill(list, {left, -bottom, left + side, bottom}, colour);
}

void FillWave(ImDrawList& list, const Box& box, float radius, float phase, Rgba trough,
              Rgba crest) {
  const Wave wave{box.left, box.width(), phase, trough, crest};
  float from = box.left;
  while (from < box.right) {
    // A polygon shades truly only between two turns of the wave. Its seams are on whole pixels,
    // where they do not show.
    const float to = std::min(wave.NextTurn(from), box.right);
    const int first = list.VtxBuffer.Size;
    const int corners = (from == box.left ? kTopLeft | kBottomLeft : 0) |
                        (to == box.right ? kTopRight | kBottomRight : 0);
    FillRounded(list, {from, box.top, to, box.bottom}, radius, static_cast<std::uint8_t>(corners),
                crest);
    for (int i = first; i < list.VtxBuffer.Size; ++i) wave.Shade(list.VtxBuffer[i]);
    from = to;
  }
}

}  // namespace askus::skin
