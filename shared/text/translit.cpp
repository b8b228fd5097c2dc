#include "shared/text/translit.h"

#include "shared/text/letters.h"

namespace askus::text {
namespace {

// What is written with several letters, longest first, each followed by its Cyrillic letter; then
// the single letters. "=" stands for the letter in both spellings.
constexpr Letters kSequences(
    "shchщ schщ ghг zhж khх tsц chч shш yuю yaя yeе yoе iuю iaя ieе juю jaя joе yiі "
    "aа bб cц dд eе fф gг hг iи jй kк lл mм nн oо pп qк rр sс tт uу vв wв xх yи zз ");
constexpr Letters kVowels("аеиіоуыюя");

// The sequence at the start of `rest`: how many letters, and what they are.
struct Match {
  std::size_t size;
  char letter;
};
Match match(std::string_view rest) {
  std::string_view all = kSequences.view();
  while (!all.empty()) {
    const std::size_t end = all.find(' ');
    const std::string_view latin = all.substr(0, end - 1);
    if (rest.starts_with(latin)) return {latin.size(), all[end - 1]};
    all.remove_prefix(end + 1);
  }
  return {1, rest.front()};
}

}  // namespace

Cyrillic::Cyrillic(std::string_view latin, Spelling spelling) {
  constexpr Letters kI("иіый");
  const std::string_view i = kI.view();
  for (std::size_t at = 0; at < latin.size() && size_ < letters_.size();) {
    auto [size, letter] = match(latin.substr(at));
    const bool after_vowel =
        size_ > 0 && kVowels.view().find(letters_[size_ - 1]) != std::string_view::npos;
    if (latin[at] == 'y' && size == 1)
      letter = after_vowel ? i[3] : spelling == Spelling::kUkrainian ? i[0] : i[2];
    else if (latin[at] == 'i' && size == 1 && spelling == Spelling::kUkrainian)
      letter = i[1];
    if (letter != '\'') letters_[size_++] = letter;
    at += size;
  }
}

}  // namespace askus::text
