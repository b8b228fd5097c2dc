#include "server-stub/api/told_question.h"

#include <algorithm>
#include <set>
#include <vector>

#include "server-stub/api/kept_query.h"
#include "shared/text/letters.h"
#include "shared/text/utf8.h"

namespace askus::api {
namespace {

// A mail address, a host, an address of a page: a dot or a colon with something on both sides of
// it, which no number is.
bool is_address(std::string_view word) {
  if (word.find('@') != std::string_view::npos || word.find("://") != std::string_view::npos)
    return true;
  const auto ends = [](char c) {
    return std::string_view(".,;:!?)\"'").find(c) != std::string_view::npos;
  };
  while (!word.empty() && ends(word.back())) word.remove_suffix(1);
  for (std::size_t at = word.find('.', 1); at < word.size(); at = word.find('.', at + 1))
    if (!text::is_digit(word[at - 1]) || !text::is_digit(word[at + 1])) return true;
  return false;
}

std::vector<std::string_view> words_of(std::string_view text) {
  constexpr std::string_view kSpaces = " \t\r\n\v\f";
  std::vector<std::string_view> words;
  for (;;) {
    text.remove_prefix(std::min(text.find_first_not_of(kSpaces), text.size()));
    if (text.empty()) return words;
    const std::size_t end = std::min(text.find_first_of(kSpaces), text.size());
    words.push_back(text.substr(0, end));
    text.remove_prefix(end);
  }
}

// The name's and the contact's words as they are kept.
std::set<std::string> parts_of(const store::Gaps::Written& written) {
  std::set<std::string> parts;
  for (const std::string* text : {&written.name, &written.contact})
    for (const std::string_view word : words_of(*text)) {
      const std::string kept = kept_query(word);
      for (const std::string_view part : words_of(kept))
        if (part.size() >= kNamePartBytes) parts.emplace(part);
    }
  return parts;
}

// Without the numbers that are long, whatever stands between their pieces.
std::vector<std::string_view> without_numbers(const std::vector<std::string_view>& words) {
  std::vector<std::string_view> kept;
  for (std::size_t first = 0; first < words.size();) {
    std::size_t end = first, digits = 0;
    while (end < words.size() && is_of_number(words[end])) digits += digits_of(words[end++]);
    if (end == first) {
      if (digits_of(words[first]) <= kKeptQueryDigits) kept.push_back(words[first]);
      ++first;
      continue;
    }
    if (digits <= kKeptQueryDigits)
      for (std::size_t i = first; i < end; ++i) kept.push_back(words[i]);
    first = end;
  }
  return kept;
}

}  // namespace

std::string told_question(const store::Gaps::Written& written) {
  if (!text::is_utf8(written.title)) return {};
  std::vector<std::string_view> words = words_of(written.title);
  std::erase_if(words, is_address);
  const std::set<std::string> parts = parts_of(written);
  std::string told;
  for (const std::string_view word : without_numbers(words)) {
    const std::string kept = kept_query(word);
    // A word of several ("Петренко-Шевченко") goes whole when any of it is theirs.
    const auto pieces = words_of(kept);
    if (std::any_of(pieces.begin(), pieces.end(),
                    [&](std::string_view piece) { return parts.contains(std::string(piece)); }))
      continue;
    // A dot that is left is a number's or a sentence's: kept_query() would take it for a host's.
    for (const char c : word) told += c == '.' ? ' ' : c;
    told += ' ';
  }
  return kept_query(told, kToldBytes);
}

}  // namespace askus::api
