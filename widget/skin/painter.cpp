#include "widget/skin/painter.h"

#include <imgui.h>
#include <imgui_internal.h>

#include <algorithm>
#include <cmath>

#include "widget/skin/shape.h"

namespace askus::skin {
namespace {

// A Gaussian blur's edge, 0.4 / sigma steep in its middle, is a ramp of 2.5 sigma within 4 % of
// the shadow's alpha, which is far less than one step of a channel.
constexpr float kRampPerBlur = 2.5F / 2;

bool IsSound(const Surface& surface) {
  for (const float value : {surface.left, surface.top, surface.right, surface.bottom,
                            surface.radius, surface.border, surface.phase}) {
    if (!std::isfinite(value)) return false;
  }
  return surface.right > surface.left && surface.bottom > surface.top;
}

}  // namespace

Painter::Painter() : shared_(std::make_unique<ImDrawListSharedData>()) {
  shared_->InitialFlags = ImDrawListFlags_AntiAliasedFill | ImDrawListFlags_AntiAliasedLines;
  list_ = std::make_unique<ImDrawList>(shared_.get());
}

Painter::~Painter() = default;

const ImDrawList& Painter::Paint(std::span<const Surface> surfaces, const Theme& theme,
                                 float scale) {
  list_->_ResetForNewFrame();
  for (const Surface& surface : surfaces) {
    if (IsSound(surface)) PaintOne(surface, LookOf(surface, theme), scale);
  }
  return *list_;
}

void Painter::PaintOne(const Surface& surface, const Look& look, float scale) {
  const Box box{surface.left, surface.top, surface.right, surface.bottom};
  const auto fill = [&](const Box& where, float radius, Rgba colour, float feather = 1) {
    if (colour != 0) FillRounded(*list_, where, radius, surface.corners, colour, feather);
  };
  fill(box.Moved(kShadowDrop * scale), surface.radius, look.shadow,
       kShadowBlur * kRampPerBlur * scale);
  fill(box.Grown(kRingWidth * scale), surface.radius + kRingWidth * scale, look.ring);
  // The colours are opaque, so the border is what the inner fill leaves of the outer one.
  const float border = look.edge != 0 && look.edge != look.fill ? surface.border : 0;
  if (border > 0) fill(box, surface.radius, look.edge);
  fill(box.Grown(-border), std::max(surface.radius - border, 0.0F), look.fill);
  if (look.glyph == 0) return;
  if (surface.kind == Kind::kProgress) {
    FillWave(*list_, box, surface.radius, surface.phase, look.fill, look.glyph);
  } else {
    DrawTick(*list_, box, std::floor(kTickWidth * scale), look.glyph);
  }
}

}  // namespace askus::skin
