#include "shared/text/translit.h"

#include "shared/text/letters.h"
#include "shared/text/parts.h"

namespace askus::text {
namespace {

// What Latin letters are written for, each followed by its Cyrillic letter.
constexpr Parts kSequences(Letters(
    "aа bб chч cц dд eе fф ghг gг hг iuю iaя ieе iи juю jaя joе jй khх kк lл mм nн oо pп qк rр "
    "shchщ schщ shш sс tsц tт uу vв wв xх yuю yaя yeе yoе yiі yи zhж zз "));
constexpr Groups<26> kByFirstLetter(kSequences, [](std::string_view sequence) -> std::size_t {
  return byte_of(sequence.front()) - byte_of('a');
});
constexpr Letters kVowels("аеиіоуыюя");

// The sequence at the start of `rest`: how many letters, and what they are.
struct Match {
  std::size_t size;
  char letter;
};
Match match(std::string_view rest) {
  if (!is_latin(rest.front())) return {1, rest.front()};
  const std::size_t group = byte_of(rest.front()) - byte_of('a');
  const char* at = kSequences.begin() + kByFirstLetter.starts[group];
  const char* const end = kSequences.begin() + kByFirstLetter.starts[group + 1];
  while (at != end) {
    const std::string_view part = next_part(at);
    const std::string_view latin = part.substr(0, part.size() - 1);
    if (rest.starts_with(latin)) return {latin.size(), part.back()};
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
