// The skin module's calls for web/skin/skin.js; docs/skin.md describes them.
//
// One painter lives as long as the module: the page drops the whole instance to free it.
#include <imgui.h>

#include <cstdint>
#include <vector>

#include "widget/skin/painter.h"

using askus::skin::kMaxSurfaces;
using askus::skin::Painter;
using askus::skin::Surface;
using askus::skin::Theme;

namespace {

struct Skin {
  Painter painter;
  std::vector<Surface> surfaces;
  Theme theme{};
};

// What skin_paint returns: all that the page needs for one draw call.
struct Output {
  const ImDrawVert* vertices;
  std::uint32_t vertex_count;
  const ImDrawIdx* indices;
  std::uint32_t index_count;
};

// Never destroyed: a module without an exit must not register destructors.
Skin& TheSkin() {
  static Skin* const skin = new Skin;
  return *skin;
}

Output g_output;

}  // namespace

extern "C" {

// Room for `count` records, to be written before skin_paint; null: too many.
Surface* skin_surfaces(std::uint32_t count) {
  if (count > kMaxSurfaces) return nullptr;
  TheSkin().surfaces.resize(count);
  return TheSkin().surfaces.data();
}

// Where the colours are to be written.
Theme* skin_theme() {
  return &TheSkin().theme;
}

// Paints the records at `scale` device pixels to a CSS pixel. Valid until the next call.
const Output* skin_paint(float scale) {
  Skin& skin = TheSkin();
  const ImDrawList& list = skin.painter.Paint(skin.surfaces, skin.theme, scale);
  g_output = {list.VtxBuffer.Data, static_cast<std::uint32_t>(list.VtxBuffer.Size),
              list.IdxBuffer.Data, static_cast<std::uint32_t>(list.IdxBuffer.Size)};
  return &g_output;
}

}  // extern "C"
