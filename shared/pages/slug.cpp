#include "shared/pages/slug.h"

#include <cstdint>

#include "shared/text/fold.h"
#include "shared/text/utf8.h"

namespace askus::pages {
namespace {

constexpr char32_t kFirst = U'а', kLast = U'я';
// а to я, by language; "" has no letter of its own.
constexpr std::string_view kUkrainian[] = {
    "a", "b", "v", "h", "d", "e",  "zh", "z",  "y",  "i",    "k", "l", "m", "n", "o",  "p",
    "r", "s", "t", "u", "f", "kh", "ts", "ch", "sh", "shch", "",  "y", "",  "e", "iu", "ia"};
constexpr std::string_view kRussian[] = {
    "a", "b", "v", "g", "d", "e",  "zh", "z",  "i",  "i",    "k",  "l", "m", "n", "o",  "p",
    "r", "s", "t", "u", "f", "kh", "ts", "ch", "sh", "shch", "ie", "y", "",  "e", "iu", "ia"};

struct Extra {
  char32_t letter;
  std::string_view latin, first;  // `first`: at a word's beginning
};
// Letters outside the row, and those that are written otherwise at a word's beginning.
constexpr Extra kOfUkrainian[] = {{U'є', "ie", "ye"}, {U'ї', "i", "yi"},  {U'й', "i", "y"},
                                  {U'ю', "iu", "yu"}, {U'я', "ia", "ya"}, {U'і', "i", "i"},
                                  {U'ґ', "g", "g"},   {U'ў', "u", "u"}};
constexpr Extra kOfRussian[] = {
    {U'є', "ie", "ie"}, {U'ї', "i", "i"}, {U'і', "i", "i"}, {U'ґ', "g", "g"}, {U'ў', "u", "u"}};

bool is_russian(std::string_view language) {
  return language.substr(0, language.find('-')) == "ru";
}

// Lower case; ґ is kept, which fold() takes for г.
char32_t lower(char32_t code) {
  return code == U'Ґ' || code == U'ґ' ? U'ґ' : text::fold(code);
}

std::string_view latin_of(char32_t code, bool russian, bool first) {
  const auto find = [&](const auto& table) -> const Extra* {
    for (const Extra& extra : table)
      if (extra.letter == code) return &extra;
    return nullptr;
  };
  if (const Extra* extra = russian ? find(kOfRussian) : find(kOfUkrainian))
    return first ? extra->first : extra->latin;
  if (code < kFirst || code > kLast) return {};
  return (russian ? kRussian : kUkrainian)[code - kFirst];
}

bool is_ascii_word(char32_t code) {
  return (code >= U'a' && code <= U'z') || (code >= U'0' && code <= U'9');
}

// At most kMaxSlug bytes, cut before a word where there is more than one.
void shorten(std::string& slug) {
  if (slug.size() <= kMaxSlug) return;
  const std::size_t word = slug.rfind('-', kMaxSlug);
  slug.resize(word == std::string::npos || word == 0 ? kMaxSlug : word);
}

std::string base64url(std::string_view bytes) {
  constexpr std::string_view kDigits =
      "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
  std::string out;
  std::uint32_t bits = 0;
  unsigned count = 0;  // of bits that are not written yet
  for (const char c : bytes) {
    bits = bits << 8 | static_cast<unsigned char>(c);
    for (count += 8; count >= 6; count -= 6) out += kDigits[bits >> (count - 6) & 63];
  }
  if (count > 0) out += kDigits[bits << (6 - count) & 63];
  return out;
}

}  // namespace

std::string slug(std::string_view title, std::string_view language) {
  const bool russian = is_russian(language);
  std::string out;
  bool in_word = false;
  char32_t before = 0;
  for (std::size_t at = 0; at < title.size();) {
    const char32_t code = lower(text::next(title, at));
    if (text::is_mark(code)) continue;  // stress; й and ї are letters of their own in NFC
    if (code == text::kApostrophe && in_word) continue;
    const std::string_view latin = latin_of(code, russian, !in_word);
    const bool letter = !latin.empty() || (code >= kFirst && code <= kLast);
    if (!letter && !is_ascii_word(code)) {
      if (in_word) out += '-';
      in_word = false;
      before = 0;
      continue;
    }
    if (!russian && before == U'з' && code == U'г')
      out += "gh";
    else if (letter)
      out += latin;
    else
      out += static_cast<char>(code);
    in_word = !out.empty() && out.back() != '-';  // ь alone begins no word
    before = code;
    if (out.size() > 2 * kMaxSlug) break;
  }
  while (!out.empty() && out.back() == '-') out.pop_back();
  shorten(out);
  return out;
}

std::string path_of_id(std::string_view id) {
  constexpr std::string_view kPlain =
      "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_.";
  if (id.find_first_not_of(kPlain) == std::string_view::npos) return std::string(id);
  return "~" + base64url(id);
}

}  // namespace askus::pages
