// What the page tells the skin: rectangles it has measured, and the page's colours.
//
// Both are plain memory that skin.js writes byte by byte; docs/skin.md is the specification and
// web/skin/records.js the other side. Little-endian. Pure data: no browser, no Dear ImGui.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>

namespace askus::skin {

// More surfaces than any panel shows at once; the page falls back to CSS above it.
inline constexpr std::uint32_t kMaxSurfaces = 4096;

// The value of an element's data-surface attribute.
enum class Kind : std::uint8_t {
  kField = 1,  // text input or area
  kButton,     // secondary button
  kPrimary,    // the one main button
  kCard,       // bordered group
  kTrack,      // what segments stand in
  kSegment,    // one of several joined choices
  kFace,       // the tile of a mood
  kOption,     // one search result
  kMark,       // a matched word
  kProgress,   // a running bar
  kCheck,      // a check box
};

// Bits of Surface::state.
enum State : std::uint8_t {
  kFocus = 1,
  kHover = 2,
  kPressed = 4,
  kSelected = 8,
  kDisabled = 16,
  kInvalid = 32,
};

// Bits of Surface::corners: which of them are rounded.
enum Corner : std::uint8_t { kTopLeft = 1, kTopRight = 2, kBottomRight = 4, kBottomLeft = 8 };

// One surface. All lengths are device pixels from the layer's top left corner; the page has put
// the edges on whole pixels as the browser does for its own boxes.
struct Surface {
  Kind kind;
  std::uint8_t state;
  std::uint8_t corners;
  std::uint8_t opacity;  // 255: opaque; less is mixed with the panel's background
  float left, top, right, bottom;
  float radius;
  float border;
  float phase;  // of a Progress' movement: 0 to 1
};
static_assert(sizeof(Surface) == 32);

// 0xAABBGGRR: the bytes are red, green, blue, alpha in memory; not premultiplied.
using Rgba = std::uint32_t;

// The page's custom properties, in the order of COLOURS in web/skin/records.js.
enum class Colour : std::uint8_t {
  kBg,
  kSoft,
  kLine,
  kMuted,
  kAccent,
  kOnAccent,
  kAccentSoft,
  kMark,
  kBad,
  kRaised,  // the shadow under a chosen segment
  kCount,
};

using Theme = std::array<Rgba, static_cast<std::size_t>(Colour::kCount)>;

inline Rgba ColourOf(const Theme& theme, Colour colour) {
  return theme[static_cast<std::size_t>(colour)];
}

}  // namespace askus::skin
