#include "widget/skin/look.h"

#include <string>
#include <vector>

#include "tests/catch.h"
#include "tests/widget/skin/theme.h"

namespace askus::skin {
namespace {

struct Case {
  std::string name;
  Kind kind;
  int state;
  Look look;
};

const std::vector<Case> kCases = {
    {"field", Kind::kField, 0, {.edge = kLine, .fill = kBg}},
    {"field is not changed by the pointer", Kind::kField, kHover, {.edge = kLine, .fill = kBg}},
    {"field in focus", Kind::kField, kFocus, {.ring = kAccentSoft, .edge = kAccent, .fill = kBg}},
    {"invalid field", Kind::kField, kInvalid, {.edge = kBad, .fill = kBg}},
    {"invalid field in focus",
     Kind::kField,
     kInvalid | kFocus,
     {.ring = kAccentSoft, .edge = kBad, .fill = kBg}},
    {"button", Kind::kButton, 0, {.edge = kLine, .fill = kBg}},
    {"button hovered", Kind::kButton, kHover, {.edge = kLine, .fill = kSoft}},
    {"button chosen", Kind::kButton, kSelected | kHover, {.edge = kAccent, .fill = kAccentSoft}},
    {"a button's ring is its CSS outline", Kind::kButton, kFocus, {.edge = kLine, .fill = kBg}},
    {"primary", Kind::kPrimary, kHover, {.edge = kAccent, .fill = kAccent}},
    {"card", Kind::kCard, 0, {.edge = kLine, .fill = kBg}},
    {"track", Kind::kTrack, 0, {.fill = kSoft}},
    {"segment", Kind::kSegment, kHover, {}},
    {"chosen segment", Kind::kSegment, kSelected, {.shadow = kRaised, .fill = kBg}},
    {"face", Kind::kFace, 0, {.edge = kLine, .fill = kBg}},
    {"chosen face", Kind::kFace, kSelected, {.edge = kAccent, .fill = kAccentSoft}},
    {"option", Kind::kOption, 0, {}},
    {"option hovered", Kind::kOption, kHover, {.fill = kSoft}},
    {"active option", Kind::kOption, kSelected | kHover, {.edge = 0xFFF3C7B0, .fill = kAccentSoft}},
    {"mark", Kind::kMark, 0, {.fill = kMarked}},
    {"progress", Kind::kProgress, 0, {.fill = kSoft, .glyph = kAccent}},
    {"check", Kind::kCheck, 0, {.edge = kMuted, .fill = kBg}},
    {"checked", Kind::kCheck, kSelected, {.edge = kAccent, .fill = kAccent, .glyph = kOnAccent}},
    {"invalid check", Kind::kCheck, kInvalid, {.edge = kBad, .fill = kBg}},
    {"unknown kind", static_cast<Kind>(200), kSelected, {}},
};

bool Same(const Look& a, const Look& b) {
  return a.shadow == b.shadow && a.ring == b.ring && a.edge == b.edge && a.fill == b.fill &&
         a.glyph == b.glyph;
}

TEST_CASE("every kind has its look in every state") {
  for (const Case& each : kCases) {
    INFO(each.name);
    const Look look = LookOf(Make(each.kind, each.state, 0, 0, 10, 10), kTheme);
    CAPTURE(look.shadow, look.ring, look.edge, look.fill, look.glyph);
    CHECK(Same(look, each.look));
  }
}

TEST_CASE("less opacity is mixed with the panel's background") {
  Surface surface = Make(Kind::kPrimary, 0, 0, 0, 10, 10);
  surface.opacity = 0;
  CHECK(LookOf(surface, kTheme).fill == kBg);
  surface.opacity = 128;
  CHECK(LookOf(surface, kTheme).fill == Mix(kBg, kAccent, 128.0F / 255));
  surface.kind = Kind::kOption;  // paints nothing: mixing must not make something of it
  CHECK(LookOf(surface, kTheme).fill == 0);
}

TEST_CASE("Mix mixes each channel and keeps the ends") {
  CHECK(Mix(kBg, kAccent, 0) == kBg);
  CHECK(Mix(kBg, kAccent, 1) == kAccent);
  CHECK(Mix(0x00000000, 0xFF800010, 0.5F) == 0x80400008);
}

}  // namespace
}  // namespace askus::skin
