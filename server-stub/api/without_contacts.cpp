#include "server-stub/api/without_contacts.h"

#include <algorithm>
#include <array>

#include "server-stub/api/kept_query.h"

namespace askus::api {
namespace {

constexpr std::string_view kSpaces = " \t\r\n\v\f";
// Signs that are no part of the word before them. Whole ones: some of their bytes end letters too.
constexpr std::array<std::string_view, 15> kEnds{".",  ",", ";", ":", "!", "?", ")", "(",
                                                 "\"", "'", "«", "»", "„", "“", "”"};
// Bytes of a known name's word that are compared: "Олена", "Олени" and "Олено" begin alike.
constexpr std::size_t kEnding = 2;     // bytes of a Cyrillic letter
constexpr std::size_t kLeastStem = 6;  // three letters
constexpr std::size_t kLeastName = 4;  // two letters: shorter words are not looked for

// A piece of the text and the white space before it.
struct Piece {
  std::string_view space, word;
  bool is_removed = false;
};

std::vector<Piece> pieces_of(std::string_view text) {
  std::vector<Piece> pieces;
  while (!text.empty()) {
    const std::size_t begin = std::min(text.find_first_not_of(kSpaces), text.size());
    const std::size_t end = std::min(text.find_first_of(kSpaces, begin), text.size());
    pieces.push_back({text.substr(0, begin), text.substr(begin, end - begin)});
    text.remove_prefix(end);
  }
  return pieces;
}

// The words of known names, without their last letter.
std::vector<std::string> stems_of(const Known& known) {
  std::vector<std::string> stems;
  for (const std::string* text : {&known.name, &known.contact, &known.author})
    for (const Piece& piece : pieces_of(*text)) {
      std::string word = kept_query(piece.word);
      if (word.size() < kLeastName || digits_of(word) > 0) continue;
      if (word.size() >= kLeastStem + kEnding) word.resize(word.size() - kEnding);
      stems.push_back(std::move(word));
    }
  return stems;
}

// Of a known name: as long as it, give or take an ending.
bool is_named(std::string_view word, const std::vector<std::string>& stems) {
  const std::string folded = kept_query(word);
  return std::any_of(stems.begin(), stems.end(), [&folded](const std::string& stem) {
    return folded.starts_with(stem) && folded.size() <= stem.size() + 3 * kEnding &&
           (stem.size() >= kLeastStem || folded == stem);
  });
}

bool is_contact(std::string_view word) {
  return word.find('@') != std::string_view::npos && word.find("://") == std::string_view::npos;
}

void find_numbers(std::vector<Piece>& pieces) {
  for (std::size_t first = 0; first < pieces.size();) {
    std::size_t end = first, digits = 0;
    while (end < pieces.size() && is_of_number(pieces[end].word) &&
           (end == first || pieces[end].space.find('\n') == std::string_view::npos))
      digits += digits_of(pieces[end++].word);
    if (end == first) {
      const std::string_view word = pieces[first].word;
      if (digits_of(word) > kKeptQueryDigits && word.find("://") == std::string_view::npos)
        pieces[first].is_removed = true;
      ++first;
      continue;
    }
    if (digits > kKeptQueryDigits)
      for (std::size_t i = first; i < end; ++i) pieces[i].is_removed = true;
    first = end;
  }
}

// The word without the signs behind it; one of signs alone stays.
std::string_view without_ends(std::string_view word) {
  std::string_view bare = word;
  const auto ending = [&bare] {
    return std::find_if(kEnds.begin(), kEnds.end(),
                        [&bare](std::string_view sign) { return bare.ends_with(sign); });
  };
  for (const auto* sign = ending(); sign != kEnds.end(); sign = ending())
    bare.remove_suffix(sign->size());
  return bare.empty() ? word : bare;
}

// The signs that stood behind a removed word and end its sentence.
std::string_view ending_of(std::string_view word) {
  const std::size_t last = word.find_last_not_of(".!?");
  return last == std::string_view::npos ? std::string_view() : word.substr(last + 1);
}

}  // namespace

Cleaned without_contacts(std::string_view text, const Known& known) {
  std::vector<Piece> pieces = pieces_of(text);
  find_numbers(pieces);
  const std::vector<std::string> stems = stems_of(known);
  for (Piece& piece : pieces)
    if (is_contact(piece.word) || is_named(piece.word, stems)) piece.is_removed = true;
  Cleaned cleaned;
  for (const Piece& piece : pieces) {
    if (!piece.is_removed) {
      cleaned.text.append(piece.space).append(piece.word);
      continue;
    }
    const std::string_view bare = without_ends(piece.word);
    if (std::find(cleaned.removed.begin(), cleaned.removed.end(), bare) == cleaned.removed.end())
      cleaned.removed.emplace_back(bare);
    // "Вітаю, Олено!" becomes "Вітаю!", and a line's beginning stays one.
    if (piece.space.find('\n') != std::string_view::npos) cleaned.text.append(piece.space);
    const std::string_view ending = ending_of(piece.word);
    if (ending.empty() || cleaned.text.empty() || cleaned.text.back() == '\n') continue;
    while (!cleaned.text.empty() &&
           std::string_view(",;: ").find(cleaned.text.back()) != std::string_view::npos)
      cleaned.text.pop_back();
    if (!cleaned.text.empty() &&
        std::string_view(".!?").find(cleaned.text.back()) == std::string_view::npos)
      cleaned.text.append(ending);
  }
  const std::size_t begin = std::min(cleaned.text.find_first_not_of(kSpaces), cleaned.text.size());
  cleaned.text.erase(0, begin);
  cleaned.text.erase(cleaned.text.find_last_not_of(kSpaces) + 1);
  return cleaned;
}

}  // namespace askus::api
