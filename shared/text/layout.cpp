#include "shared/text/layout.h"

#include <algorithm>

#include "shared/text/letters.h"
#include "shared/text/utf8.h"

namespace askus::text {
namespace {

// The keys as the three layouts label them, key by key: Latin, Ukrainian, Russian. ґ stands on no
// key of its own everywhere and is left out; ё and г are what folding makes of them.
constexpr Letters kKeys(
    "qйй"
    "wцц"
    "eуу"
    "rкк"
    "tее"
    "yнн"
    "uгг"
    "iшш"
    "oщщ"
    "pзз"
    "[хх"
    "]їъ"
    "{хх"
    "}їъ"
    "aфф"
    "sіы"
    "dвв"
    "fаа"
    "gпп"
    "hрр"
    "jоо"
    "kлл"
    "lдд"
    ";жж"
    ":жж"
    "'єэ"
    "\"єэ"
    "zяя"
    "xчч"
    "cсс"
    "vмм"
    "bии"
    "nтт"
    "mьь"
    ",бб"
    "<бб"
    ".юю"
    ">юю"
    "/.."
    "?,,");
constexpr std::size_t kColumns = 3;

// A character's byte in the alphabet of letters.h, in lower case; 0 for what has none.
char key_letter(char32_t code) {
  if (code >= U'A' && code <= U'Z') code += 32;
  if (code < 0x80) return static_cast<char>(code);
  if (code >= 0x410 && code <= 0x42F) code += 32;
  if (code >= 0x400 && code <= 0x40F) code += 80;
  return code >= kCyrillicFirst && code <= kCyrillicLast ? letter(code) : '\0';
}

}  // namespace

std::string typed_as(std::string_view text, Layout meant) {
  const bool to_latin = meant >= Layout::kLatinOnUkrainian;
  const bool ukrainian = meant == Layout::kUkrainian || meant == Layout::kLatinOnUkrainian;
  const std::size_t cyrillic = ukrainian ? 1 : 2;
  const std::size_t from = to_latin ? cyrillic : 0;
  const std::size_t to = to_latin ? 0 : cyrillic;
  const std::string_view keys = kKeys.view();
  const auto typed = [to_latin](char c) {
    return to_latin ? byte_of(c) >= 0x80 : is_latin(static_cast<char>(c | 0x20));
  };
  if (std::none_of(text.begin(), text.end(), typed)) return std::string(text);
  std::string out;
  for (std::size_t pos = 0; pos < text.size();) {
    const std::size_t start = pos;
    const char c = key_letter(next(text, pos));
    std::size_t key = 0;
    while (key < keys.size() && (c == 0 || keys[key + from] != c)) key += kColumns;
    if (key < keys.size())
      out += from_letters(keys.substr(key + to, 1));
    else
      out += text.substr(start, pos - start);
  }
  return out;
}

}  // namespace askus::text
