// A picture of an ImDrawList by the rules of the browser's GPU: a triangle colours the pixels whose
// centres it covers, top-left rule, colours interpolated, blended over what is there.
#pragma once

#include <imgui.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <cstddef>
#include <vector>

#include "widget/skin/surface.h"

namespace askus::skin {

class Raster {
 public:
  Raster(int width, int height)
      : width_(width), height_(height), pixels_(static_cast<std::size_t>(width * height)) {}

  void Draw(const ImDrawList& list) {
    for (int i = 0; i + 2 < list.IdxBuffer.Size; i += 3) {
      const auto at = [&](int n) {
        return list.VtxBuffer[static_cast<int>(list.IdxBuffer[i + n])];
      };
      Triangle(at(0), at(1), at(2));
    }
  }

  // Rounded to whole channels; the background is transparent black, colours are premultiplied.
  Rgba At(int x, int y) const {
    const Pixel& pixel = pixels_[static_cast<std::size_t>(y * width_ + x)];
    Rgba packed = 0;
    for (std::size_t c = 0; c < pixel.size(); ++c) {
      packed |= static_cast<Rgba>(std::lround(pixel[c])) << (8 * c);
    }
    return packed;
  }

 private:
  using Pixel = std::array<double, 4>;

  static double Cross(double ax, double ay, double bx, double by) { return ax * by - ay * bx; }

  // Twice the area of (from, to, (x, y)); on the edge itself only a top or left one counts.
  static double Side(const ImVec2& from, const ImVec2& to, double x, double y, bool& inside) {
    const double dx = static_cast<double>(to.x) - static_cast<double>(from.x);
    const double dy = static_cast<double>(to.y) - static_cast<double>(from.y);
    const double side =
        Cross(dx, dy, x - static_cast<double>(from.x), y - static_cast<double>(from.y));
    const bool counts = dy < 0 || (dy == 0 && dx > 0);
    if (side < 0 || (side == 0 && !counts)) inside = false;
    return side;
  }

  void Triangle(ImDrawVert a, ImDrawVert b, ImDrawVert c) {
    const double area =
        Cross(static_cast<double>(b.pos.x - a.pos.x), static_cast<double>(b.pos.y - a.pos.y),
              static_cast<double>(c.pos.x - a.pos.x), static_cast<double>(c.pos.y - a.pos.y));
    if (area == 0) return;
    if (area < 0) std::swap(b, c);
    for (int y = 0; y < height_; ++y) {
      for (int x = 0; x < width_; ++x) {
        bool inside = true;
        const std::array<double, 3> weights = {Side(b.pos, c.pos, x + 0.5, y + 0.5, inside),
                                               Side(c.pos, a.pos, x + 0.5, y + 0.5, inside),
                                               Side(a.pos, b.pos, x + 0.5, y + 0.5, inside)};
        if (inside) Blend(x, y, weights, std::abs(area), {a.col, b.col, c.col});
      }
    }
  }

  void Blend(int x, int y, const std::array<double, 3>& weights, double area,
             const std::array<Rgba, 3>& colours) {
    Pixel colour{};
    for (std::size_t corner = 0; corner < colours.size(); ++corner) {
      for (std::size_t c = 0; c < colour.size(); ++c) {
        colour[c] += weights[corner] / area * ((colours[corner] >> (8 * c)) & 0xFFU);
      }
    }
    const double alpha = colour[3] / 255;
    Pixel& under = pixels_[static_cast<std::size_t>(y * width_ + x)];
    for (std::size_t c = 0; c < colour.size(); ++c) {
      under[c] = (c == 3 ? colour[c] : colour[c] * alpha) + under[c] * (1 - alpha);
    }
  }

  int width_;
  int height_;
  std::vector<Pixel> pixels_;
};

}  // namespace askus::skin
