#include "shared/faq/words.h"

#include <utf8proc.h>

#include <algorithm>
#include <cstdlib>

#include "shared/text/utf8.h"

namespace askus::faq {
namespace {

// utf8proc's answer as a string; it fails only on text that is not UTF-8 and when memory is out.
std::string mapped(std::string_view text, int options) {
  utf8proc_uint8_t* out = nullptr;
  const utf8proc_ssize_t size = utf8proc_map(reinterpret_cast<const utf8proc_uint8_t*>(text.data()),
                                             static_cast<utf8proc_ssize_t>(text.size()), &out,
                                             static_cast<utf8proc_option_t>(options));
  if (size < 0) return std::string(text);
  std::string result(reinterpret_cast<const char*>(out), static_cast<std::size_t>(size));
  std::free(out);
  return result;
}

std::u32string characters(std::string_view text) {
  std::u32string result;
  for (std::size_t pos = 0; pos < text.size();) result.push_back(text::next(text, pos));
  return result;
}

std::size_t distance(const std::u32string& a, const std::u32string& b) {
  std::vector<std::size_t> row(b.size() + 1);
  for (std::size_t j = 0; j <= b.size(); ++j) row[j] = j;
  for (std::size_t i = 1; i <= a.size(); ++i) {
    std::size_t diagonal = row[0];
    row[0] = i;
    for (std::size_t j = 1; j <= b.size(); ++j) {
      const std::size_t replaced = diagonal + (a[i - 1] == b[j - 1] ? 0 : 1);
      diagonal = row[j];
      row[j] = std::min({replaced, row[j] + 1, row[j - 1] + 1});
    }
  }
  return row[b.size()];
}

bool says_nothing(utf8proc_int32_t code) {
  const utf8proc_category_t kind = utf8proc_category(code);
  return (kind >= UTF8PROC_CATEGORY_PC && kind <= UTF8PROC_CATEGORY_PO) ||
         (kind >= UTF8PROC_CATEGORY_ZS && kind <= UTF8PROC_CATEGORY_CF);
}

}  // namespace

std::string_view trim(std::string_view text) {
  constexpr std::string_view kSpaces[] = {" ", "\t", "\n", "\r", "\v", "\f", "\u00A0", "\uFEFF"};
  for (bool again = true; again;) {
    again = false;
    for (const std::string_view space : kSpaces) {
      for (; text.starts_with(space); again = true) text.remove_prefix(space.size());
      for (; text.ends_with(space); again = true) text.remove_suffix(space.size());
    }
  }
  return text;
}

std::string normalise(std::string_view text) {
  std::string lines;
  lines.reserve(text.size());
  bool ascii = true;
  for (std::size_t i = 0; i < text.size(); ++i) {
    ascii = ascii && static_cast<unsigned char>(text[i]) < 0x80;
    if (text[i] != '\r')
      lines.push_back(text[i]);
    else if (i + 1 == text.size() || text[i + 1] != '\n')
      lines.push_back('\n');
  }
  return ascii ? lines : mapped(lines, UTF8PROC_STABLE | UTF8PROC_COMPOSE);
}

std::string shorten(std::string_view text) {
  std::string line;
  std::size_t shown = 0;
  for (std::size_t pos = 0; pos < text.size(); ++shown) {
    if (shown == kShownCharacters) return line + "...";
    char buffer[4];
    const char32_t code = text::next(text, pos);
    line.append(buffer, text::put(code < U' ' || code == 0x7F ? U' ' : code, buffer));
  }
  return line;
}

std::string lower(std::string_view text) {
  std::string result(text);
  for (char& c : result) {
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c + ('a' - 'A'));
  }
  return result;
}

std::string same_text_key(std::string_view text) {
  const std::string folded = mapped(text, UTF8PROC_STABLE | UTF8PROC_COMPOSE | UTF8PROC_CASEFOLD);
  std::string key;
  for (std::size_t pos = 0; pos < folded.size();) {
    const std::size_t start = pos;
    const char32_t code = text::next(folded, pos);
    if (code >= U' ' && !says_nothing(static_cast<utf8proc_int32_t>(code)))
      key.append(folded, start, pos - start);
  }
  return key;
}

std::string nearest(std::string_view word, const std::vector<std::string>& candidates) {
  const std::u32string wanted = characters(same_text_key(word));
  std::size_t best = wanted.size() / 3 + 2;
  std::string result;
  for (const std::string& candidate : candidates) {
    const std::size_t apart = distance(wanted, characters(same_text_key(candidate)));
    if (apart < best) {
      best = apart;
      result = candidate;
    }
  }
  return result;
}

std::string list_of(const std::vector<std::string>& words, std::size_t limit) {
  std::string text;
  for (std::size_t i = 0; i < words.size() && i < limit; ++i) text += (i ? ", " : "") + words[i];
  if (words.size() > limit) text += " and " + std::to_string(words.size() - limit) + " more";
  return text;
}

std::vector<std::string> split(std::string_view text, std::string_view separators) {
  std::vector<std::string> parts;
  for (std::size_t start = 0; start <= text.size();) {
    const std::size_t end = std::min(text.find_first_of(separators, start), text.size());
    if (const std::string_view part = trim(text.substr(start, end - start)); !part.empty())
      parts.emplace_back(part);
    start = end + 1;
  }
  return parts;
}

}  // namespace askus::faq
