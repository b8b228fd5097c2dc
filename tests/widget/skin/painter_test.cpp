#include "widget/skin/painter.h"

#include <imgui.h>

#include <cmath>
#include <limits>
#include <vector>

#include "tests/catch.h"
#include "tests/widget/skin/raster.h"
#include "tests/widget/skin/theme.h"

namespace askus::skin {
namespace {

constexpr int kSize = 80;

Raster Picture(const std::vector<Surface>& surfaces, float scale = 1) {
  Painter painter;
  Raster raster(kSize, kSize);
  raster.Draw(painter.Paint(surfaces, kTheme, scale));
  return raster;
}

TEST_CASE("straight edges on whole pixels are crisp: no pixel is of a colour in between") {
  for (const float border : {1.0F, 2.0F, 3.0F}) {
    CAPTURE(border);
    const Raster raster = Picture({Make(Kind::kField, 0, 20, 20, 60, 60, 12, border)});
    const int inner = 20 + static_cast<int>(border);
    for (int y = 0; y < 40; ++y) {
      CAPTURE(y);
      const Rgba expected = y < 20 ? 0 : y < inner ? kLine : kBg;
      CHECK(raster.At(40, y) == expected);
      CHECK(raster.At(y, 40) == expected);
      CHECK(raster.At(40, kSize - 1 - y) == expected);
    }
  }
}

TEST_CASE("an edge between two pixels covers its share of them, as in CSS") {
  const Raster raster = Picture({Make(Kind::kPrimary, 0, 20.25F, 20, 60, 60)});
  CHECK(raster.At(19, 40) == 0);
  CHECK(raster.At(20, 40) >> 24 == 191);  // 3/4 of 255
  CHECK(raster.At(21, 40) == kAccent);
}

TEST_CASE("a focused field has a ring of 4 CSS pixels at every device pixel ratio") {
  struct Case {
    float scale;
    int ring;
  };
  for (const Case& each : {Case{1, 4}, Case{1.25F, 5}, Case{1.5F, 6}, Case{2, 8}}) {
    CAPTURE(each.scale);
    const Raster raster = Picture({Make(Kind::kField, kFocus, 20, 20, 60, 60, 8)}, each.scale);
    CHECK(raster.At(40, 20) == kAccent);
    CHECK(raster.At(40, 19) == kAccentSoft);
    CHECK(raster.At(40, 20 - each.ring) == kAccentSoft);
    CHECK(raster.At(40, 19 - each.ring) == 0);
  }
}

// The distance of a pixel's centre from the arc gives its share, within what CSS engines vary.
TEST_CASE("rounded corners follow the circle") {
  const float radius = 14;
  const Raster raster = Picture({Make(Kind::kTrack, 0, 20, 20, 60, 60, radius)});
  for (int y = 20; y < 34; ++y) {
    for (int x = 20; x < 34; ++x) {
      CAPTURE(x, y);
      const float distance =
          std::hypot(34 - (static_cast<float>(x) + 0.5F), 34 - (static_cast<float>(y) + 0.5F));
      const float share = std::min(std::max(radius - distance + 0.5F, 0.0F), 1.0F);
      const auto alpha = static_cast<float>(raster.At(x, y) >> 24) / 255;
      CHECK(std::abs(alpha - share) < 0.06F);
    }
  }
}

TEST_CASE("a radius beyond half the box makes a circle, not a knot") {
  const Raster raster = Picture({Make(Kind::kTrack, 0, 20, 20, 60, 60, 500)});
  CHECK(raster.At(40, 40) == kSoft);
  CHECK(raster.At(40, 20) >> 24 > 200);
  CHECK(raster.At(24, 24) == 0);
}

TEST_CASE("a mark broken into lines is rounded at its ends only") {
  Surface mark = Make(Kind::kMark, 0, 20, 20, 60, 40, 6);
  mark.corners = kTopLeft | kBottomLeft;
  const Raster raster = Picture({mark});
  CHECK(raster.At(20, 20) != kMarked);
  CHECK(raster.At(20, 39) != kMarked);
  CHECK(raster.At(59, 20) == kMarked);
  CHECK(raster.At(59, 39) == kMarked);
}

TEST_CASE("a chosen segment's shadow is soft and lies under it, lower than above") {
  const Raster raster = Picture({Make(Kind::kSegment, kSelected, 20, 20, 60, 60, 8)});
  CHECK(raster.At(40, 40) == kBg);
  const Rgba below = raster.At(40, 60) >> 24;
  CHECK(below > 0);
  CHECK(below < kRaised >> 24);
  CHECK(below > raster.At(40, 61) >> 24);
  CHECK(raster.At(40, 64) == 0);
  CHECK(raster.At(40, 18) == 0);
}

TEST_CASE("a checked box has a tick, an empty one has none") {
  const Raster off = Picture({Make(Kind::kCheck, 0, 20, 20, 56, 56, 10)}, 2);
  const Raster on = Picture({Make(Kind::kCheck, kSelected, 20, 20, 56, 56, 10)}, 2);
  CHECK(off.At(36, 40) == kBg);
  CHECK(on.At(36, 40) == kOnAccent);
  CHECK(on.At(24, 24) == kAccent);
}

TEST_CASE("a progress' wave goes from trough to crest over its width and moves with its phase") {
  Surface progress = Make(Kind::kProgress, 0, 10, 20, 70, 28, 4);
  const auto at = [&](float phase, int x) {
    progress.phase = phase;
    return Picture({progress}).At(x, 24);
  };
  const auto blue = [](Rgba colour) { return (colour >> 16) & 0xFFU; };
  CHECK(blue(at(0, 14)) > blue(at(0, 40)));
  CHECK(blue(at(0, 40)) > blue(at(0, 68)));
  CHECK(blue(at(0.5F, 14)) < blue(at(0.5F, 40)));
  // The crest comes to the middle from the left, after the trough.
  CHECK(at(0.25F, 40) == Mix(kSoft, kAccent, 0.5F / 60));
  CHECK(at(0.75F, 40) == Mix(kAccent, kSoft, 0.5F / 60));
  for (int x = 12; x < 68; ++x) CHECK(at(0.3F, x) >> 24 == 255);  // no seams
}

TEST_CASE("later surfaces lie on earlier ones") {
  const Raster raster =
      Picture({Make(Kind::kTrack, 0, 10, 10, 70, 70), Make(Kind::kMark, 0, 30, 30, 50, 50)});
  CHECK(raster.At(20, 20) == kSoft);
  CHECK(raster.At(40, 40) == kMarked);
}

TEST_CASE("what makes no sense paints nothing") {
  const float nan = std::numeric_limits<float>::quiet_NaN();
  const float infinity = std::numeric_limits<float>::infinity();
  Painter painter;
  for (const Surface& surface :
       {Make(Kind::kField, 0, 20, 20, 20, 40), Make(Kind::kField, 0, 40, 20, 20, 40),
        Make(Kind::kField, 0, nan, 20, 40, 40), Make(Kind::kField, 0, 20, 20, infinity, 40),
        Make(Kind::kField, 0, 20, 20, 40, 40, nan), Make(static_cast<Kind>(0), 0, 20, 20, 40, 40),
        Make(static_cast<Kind>(255), 255, 20, 20, 40, 40)}) {
    CHECK(painter.Paint({&surface, 1}, kTheme, 1).VtxBuffer.Size == 0);
  }
}

TEST_CASE("a border wider than its box leaves the border's colour alone") {
  const Raster raster = Picture({Make(Kind::kField, 0, 20, 20, 30, 30, 0, 40)});
  CHECK(raster.At(25, 25) == kLine);
}

TEST_CASE("as many surfaces as are let in have sound indices, and the next picture starts anew") {
  const std::vector<Surface> many(kMaxSurfaces, Make(Kind::kField, kFocus, 20, 20, 60, 60, 12));
  Painter painter;
  const ImDrawList& list = painter.Paint(many, kTheme, 2);
  CHECK(list.VtxBuffer.Size > 65536);
  bool sound = true;
  for (const ImDrawIdx index : list.IdxBuffer) {
    sound = sound && index < static_cast<ImDrawIdx>(list.VtxBuffer.Size);
  }
  CHECK(sound);
  CHECK(painter.Paint({}, kTheme, 2).IdxBuffer.Size == 0);
}

}  // namespace
}  // namespace askus::skin
