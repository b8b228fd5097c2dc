// Paints surfaces with Dear ImGui's ImDrawList: triangles for WebGL, nothing else of Dear ImGui
// (no context, no windows, no font atlas, no texture).
#pragma once

#include <memory>
#include <span>

#include "widget/skin/look.h"
#include "widget/skin/surface.h"

struct ImDrawList;
struct ImDrawListSharedData;

namespace askus::skin {

// Single-threaded. The triangles stay valid until the next Paint.
class Painter {
 public:
  Painter();
  ~Painter();
  Painter(const Painter&) = delete;
  Painter& operator=(const Painter&) = delete;

  // Paints `surfaces` in their order, later ones on top. `scale`: device pixels in a CSS pixel.
  // A surface whose numbers are not finite or which is empty paints nothing.
  const ImDrawList& Paint(std::span<const Surface> surfaces, const Theme& theme, float scale);

 private:
  void PaintOne(const Surface& surface, const Look& look, float scale);

  std::unique_ptr<ImDrawListSharedData> shared_;
  std::unique_ptr<ImDrawList> list_;
};

}  // namespace askus::skin
