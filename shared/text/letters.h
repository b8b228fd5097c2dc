// The alphabet of folded words: one byte a letter, so that words are compared, cut and measured by
// letters whatever their script.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

namespace askus::text {

// Latin letters, digits and the apostrophe are ASCII. Cyrillic letters U+0430 to U+045F (а to џ)
// are the bytes 0x80 to 0xAF. Any other letter is its UTF-8 form, whose first byte is above those.
inline constexpr char32_t kCyrillicFirst = 0x430, kCyrillicLast = 0x45F;
inline constexpr unsigned char kLetterFirst = 0x80, kLetterLast = 0xAF;

constexpr unsigned char byte_of(char c) {
  return static_cast<unsigned char>(c);
}
// The byte of a Cyrillic letter U+0430 to U+045F.
constexpr char letter(char32_t code) {
  return static_cast<char>(code - kCyrillicFirst + kLetterFirst);
}
constexpr bool is_cyrillic(char c) {
  return byte_of(c) >= kLetterFirst && byte_of(c) <= kLetterLast;
}
constexpr bool is_latin(char c) {
  return c >= 'a' && c <= 'z';
}
constexpr bool is_digit(char c) {
  return c >= '0' && c <= '9';
}

// Not constexpr on purpose: reaching it ends a compilation.
void not_a_letter_of_this_alphabet();

// A literal of lower-case Cyrillic and ASCII in this alphabet, at compile time. U+0430 to U+045F
// are two bytes each in UTF-8. The terminating NUL is kept.
template <std::size_t Size>
struct Letters {
  std::array<char, Size> bytes{};
  std::size_t size = 0;
  // NOLINTNEXTLINE(google-explicit-constructor): a literal, written where letters are wanted
  consteval Letters(const char (&text)[Size]) {
    for (std::size_t i = 0; i + 1 < Size; ++i) {
      const auto lead = byte_of(text[i]);
      if (lead < 0x80) {
        bytes[size++] = text[i];
      } else {
        const char32_t code = (lead & 0x1Fu) << 6 | (byte_of(text[++i]) & 0x3Fu);
        if (code < kCyrillicFirst || code > kCyrillicLast) not_a_letter_of_this_alphabet();
        bytes[size++] = letter(code);
      }
    }
  }
  constexpr std::string_view view() const { return {bytes.data(), size}; }
};

// UTF-8 to letters and back, for tests and for people. `text` is taken as folded already.
std::string to_letters(std::string_view text);
std::string from_letters(std::string_view word);

}  // namespace askus::text
