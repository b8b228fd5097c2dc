#include "widget/skin/look.h"

#include <cmath>

namespace askus::skin {
namespace {

constexpr float kOptionEdge = 0.28F;  // share of the accent in a chosen option's border
constexpr int kChannels = 4;
constexpr int kChannelBits = 8;
constexpr Rgba kChannelMask = 0xFF;
constexpr float kOpaque = 255;

struct Paints {
  const Theme& theme;
  std::uint8_t state;

  Rgba operator[](Colour colour) const { return ColourOf(theme, colour); }
  bool is(int bits) const { return (state & bits) != 0; }
};

Look Outlined(const Paints& paint) {
  return {.edge = paint[Colour::kLine], .fill = paint[Colour::kBg]};
}

Look Chosen(const Paints& paint) {
  return {.edge = paint[Colour::kAccent], .fill = paint[Colour::kAccentSoft]};
}

Look FieldLook(const Paints& paint) {
  Look look = Outlined(paint);
  if (paint.is(kFocus)) {
    look.edge = paint[Colour::kAccent];
    look.ring = paint[Colour::kAccentSoft];
  }
  if (paint.is(kInvalid)) look.edge = paint[Colour::kBad];
  return look;
}

Look ButtonLook(const Paints& paint) {
  if (paint.is(kSelected)) return Chosen(paint);
  Look look = Outlined(paint);
  if (paint.is(kHover)) look.fill = paint[Colour::kSoft];
  return look;
}

Look PrimaryLook(const Paints& paint) {
  return {.edge = paint[Colour::kAccent], .fill = paint[Colour::kAccent]};
}

Look SegmentLook(const Paints& paint) {
  if (!paint.is(kSelected)) return {};
  return {.shadow = paint[Colour::kRaised], .fill = paint[Colour::kBg]};
}

Look OptionLook(const Paints& paint) {
  if (paint.is(kSelected)) {
    const Rgba soft = paint[Colour::kAccentSoft];
    return {.edge = Mix(soft, paint[Colour::kAccent], kOptionEdge), .fill = soft};
  }
  if (paint.is(kHover)) return {.fill = paint[Colour::kSoft]};
  return {};
}

Look CheckLook(const Paints& paint) {
  Look look{.edge = paint[Colour::kMuted], .fill = paint[Colour::kBg]};
  if (paint.is(kSelected)) {
    look.edge = look.fill = paint[Colour::kAccent];
    look.glyph = paint[Colour::kOnAccent];
  }
  if (paint.is(kInvalid)) look.edge = paint[Colour::kBad];
  return look;
}

Look BaseLook(Kind kind, const Paints& paint) {
  switch (kind) {
    case Kind::kField:
      return FieldLook(paint);
    case Kind::kButton:
      return ButtonLook(paint);
    case Kind::kPrimary:
      return PrimaryLook(paint);
    case Kind::kCard:
      return Outlined(paint);
    case Kind::kTrack:
      return {.fill = paint[Colour::kSoft]};
    case Kind::kSegment:
      return SegmentLook(paint);
    case Kind::kFace:
      return paint.is(kSelected) ? Chosen(paint) : Outlined(paint);
    case Kind::kOption:
      return OptionLook(paint);
    case Kind::kMark:
      return {.fill = paint[Colour::kMark]};
    case Kind::kProgress:
      return {.fill = paint[Colour::kSoft], .glyph = paint[Colour::kAccent]};
    case Kind::kCheck:
      return CheckLook(paint);
  }
  return {};  // a kind from outside that this build does not know
}

void Fade(Rgba& colour, Rgba background, float share) {
  if (colour != 0) colour = Mix(background, colour, share);
}

}  // namespace

Rgba Mix(Rgba under, Rgba over, float share) {
  Rgba mixed = 0;
  for (int channel = 0; channel < kChannels; ++channel) {
    const int shift = channel * kChannelBits;
    const auto from = static_cast<float>((under >> shift) & kChannelMask);
    const auto to = static_cast<float>((over >> shift) & kChannelMask);
    mixed |= static_cast<Rgba>(std::lround(from + (to - from) * share)) << shift;
  }
  return mixed;
}

Look LookOf(const Surface& surface, const Theme& theme) {
  const Paints paint{theme, surface.state};
  Look look = BaseLook(surface.kind, paint);
  if (surface.opacity < kOpaque) {
    const float share = static_cast<float>(surface.opacity) / kOpaque;
    for (Rgba* colour : {&look.shadow, &look.ring, &look.edge, &look.fill, &look.glyph}) {
      Fade(*colour, paint[Colour::kBg], share);
    }
  }
  return look;
}

}  // namespace askus::skin
