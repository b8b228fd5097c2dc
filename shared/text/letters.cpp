#include "shared/text/letters.h"

#include "shared/text/utf8.h"

namespace askus::text {

std::string to_letters(std::string_view text) {
  std::string word;
  for (std::size_t pos = 0; pos < text.size();) {
    const std::size_t start = pos;
    const char32_t code = next(text, pos);
    if (code >= kCyrillicFirst && code <= kCyrillicLast)
      word += letter(code);
    else
      word += text.substr(start, pos - start);
  }
  return word;
}

std::string from_letters(std::string_view word) {
  std::string text;
  for (std::size_t i = 0; i < word.size();) {
    char out[4];
    if (is_cyrillic(word[i])) {
      text.append(out, put(byte_of(word[i]) - kLetterFirst + kCyrillicFirst, out));
      ++i;
    } else {
      const std::size_t start = i;
      next(word, i);
      text += word.substr(start, i - start);
    }
  }
  return text;
}

}  // namespace askus::text
