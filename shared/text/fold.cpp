#include "shared/text/fold.h"

#include <string_view>

namespace askus::text {
namespace {

bool in(char32_t code, char32_t first, char32_t last) {
  return code >= first && code <= last;
}

// Base letters of U+00C0 to U+00FF and of U+0100 to U+017F, '*' where the letter stays as it is.
// From the decompositions in the Unicode Character Database.
constexpr std::string_view kLatin1 =
    "aaaaaa*ceeeeiiii*nooooo*ouuuuy**"
    "aaaaaa*ceeeeiiii*nooooo*ouuuuy*y";
constexpr std::string_view kLatinA =
    "aaaaaaccccccccddddeeeeeeeeeegggg"
    "gggghhhhiiiiiiiiii**jjkk*lllllll"
    "lllnnnnnn***oooooo**rrrrrrssssss"
    "ssttttttuuuuuuuuuuuuwwyyyzzzzzzs";
static_assert(kLatin1.size() == 0x40);
static_assert(kLatinA.size() == 0x80);

char32_t fold_latin(char32_t code) {
  const char base = code < 0x100 ? kLatin1[code - 0xC0] : kLatinA[code - 0x100];
  if (base != '*') return static_cast<char32_t>(base);
  if (code >= 0xC0 && code <= 0xDE && code != 0xD7) return code + 32;    // Æ Ð Þ
  if (code == 0x132 || code == 0x14A || code == 0x152) return code + 1;  // Ĳ Ŋ Œ
  return code;
}

char32_t fold_cyrillic(char32_t code) {
  if (code >= 0x400 && code <= 0x40F)
    code += 80;
  else if (code >= 0x410 && code <= 0x42F)
    code += 32;
  else if (code >= 0x460 && !in(code, 0x482, 0x489) && code != 0x4C0)
    code += (code & 1) == (in(code, 0x4C1, 0x4CE) ? 1u : 0u);  // pairs: upper, lower
  switch (code) {
    case U'ё':
      return U'е';
    case U'ґ':
      return U'г';
    default:
      return code;
  }
}

}  // namespace

char32_t fold(char32_t code) {
  if (code < 0x80) return in(code, U'A', U'Z') ? code + 32 : code == U'`' ? kApostrophe : code;
  if (code >= 0xC0 && code < 0x180) return fold_latin(code);
  if (in(code, 0x391, 0x3A9)) return code + 32;
  if (in(code, 0x400, 0x52F)) return fold_cyrillic(code);
  switch (code) {
    case 0x00B4:
    case 0x02B9:
    case 0x02BC:
    case 0x02BB:
    case 0x02C8:
    case 0x2018:
    case 0x2019:
    case 0x201B:
    case 0x2032:
    case 0xFF07:
      return kApostrophe;
    default:
      return in(code, 0xFF01, 0xFF5E) ? fold(code - 0xFEE0) : code;
  }
}

char32_t compose(char32_t base, char32_t mark) {
  if (base == U'и' && mark == 0x306) return U'й';
  if (base == U'і' && mark == 0x308) return U'ї';
  if (base == U'у' && mark == 0x306) return U'ў';
  return base;
}

bool is_mark(char32_t code) {
  return in(code, 0x300, 0x36F) || code == 0xAD || in(code, 0x200B, 0x200D) || code == 0xFEFF;
}

bool is_letter(char32_t code) {
  if (code < 0x80) return in(code, U'a', U'z') || in(code, U'A', U'Z') || in(code, U'0', U'9');
  if (code < 0xC0) return code == 0xAA || code == 0xB5 || code == 0xBA;
  if (code == 0xD7 || code == 0xF7 || code == 0xFFFD) return false;
  if (in(code, 0x2B0, 0x2FF)) return false;    // modifier letters: apostrophes among them
  if (in(code, 0x2000, 0x2BFF)) return false;  // punctuation, symbols, arrows
  if (in(code, 0x2E00, 0x2E7F) || in(code, 0x3000, 0x303F)) return false;
  if (in(code, 0xD800, 0xF8FF) || in(code, 0xFE00, 0xFE6F)) return false;
  if (in(code, 0xFF01, 0xFF5E)) return is_letter(code - 0xFEE0);  // full-width ASCII
  if (in(code, 0xFF00, 0xFFEF)) return false;
  return !in(code, 0x1F000, 0x1FFFF) && code < 0xE0000;  // emoji; tags and private use
}

}  // namespace askus::text
