#include "shared/text/stem.h"

#include <algorithm>
#include <cstdint>

#include "shared/text/english.h"
#include "shared/text/letters.h"
#include "shared/text/parts.h"

namespace askus::text {

namespace {

// Endings of nouns, adjectives, verbs and participles, Ukrainian and Russian. Written from the
// grammars' paradigms; docs/search.md says what they are worth. By last letter, the longest of each
// first, a space behind each.
constexpr Parts kSuffixes(
    Letters("увала ювала ала ела ена ила ула ыла яла іла ка а ував ав ев ив ов яв ів їв иваете "
            "ивание ование ываете ывание анное анные енное енные аете айте ание аєте ение уєте "
            "юєте яете яйте яєте ене ете ите йте ее ие ке ое ые ье е ованими анными енными аними "
            "еними ували ании ении иями ками ости іями али ами ати вши ели или ими ити ули ути "
            "ыли ыми яли ями яти іли іти їми ии ки ьи и ириваний ований ованій анной анный енной "
            "енный остей аний ений кой ей ий ой ый ій їй й ок ік ал ел ил ыл ял ованием ованным "
            "анием анном анным анням ением енном енным енням остям аним еним аем ием иям кам ням "
            "яем іям ам ем им ом ым ям єм їм ованого анного енного аного еного аємо його уємо "
            "шого ього юємо яємо ало его ело емо ило имо ого уло ыло яло іло імо о ает ают ует "
            "уют юет юют яет яют ованому анному енному аному еному йому ьому ему ому ку у ованных "
            "ованих анных енных аних ених иях ках іях ах их ых ях їх аєш уєш юєш яєш еш иш ы "
            "увались ювались иваешь ываешь вшись емось имось ність аешь ають лась лись лось ость "
            "уешь ують шись юешь юють яешь яють ать всь еть ешь ить ишь оть уть ыть ють ять іть ь "
            "ностью ованию ованою ністю остью анию анню ению енню істю кою нню ією ею ию ою ую ью "
            "юю єю ію ю овування ающийся иваться увалися ываться ювалися яющийся ається ивання "
            "ования ування ується ювання юється яється аемся анная аться енная ешься иться ишься "
            "ються яемся яться ється ания ання ения ення ется ешся ится ишся лася лися лося тися "
            "ться ются ятся вся ння ая ия ья яя ія я ає ує ює яє є ованні ності анні енні ості "
            "істі еві ені ові єві ці і ованої ої єї ії ї "));

constexpr std::size_t kLetters = kLetterLast - kLetterFirst + 1;
constexpr Groups<kLetters> kByLastLetter(kSuffixes, [](std::string_view suffix) -> std::size_t {
  return byte_of(suffix.back()) - kLetterFirst;
});

// A bit for each vowel, counted from kLetterFirst.
constexpr std::uint64_t kVowels = [] {
  constexpr Letters kAll("аеиоуыэюяєіїё");
  std::uint64_t bits = 0;
  for (const char c : kAll.view()) bits |= std::uint64_t{1} << (byte_of(c) - kLetterFirst);
  return bits;
}();

bool is_vowel(char c) {
  return is_cyrillic(c) && (kVowels >> (byte_of(c) - kLetterFirst) & 1u) != 0;
}

// Whether what a suffix leaves may be a stem: long enough, with a vowel. A long ending must leave
// more ("оплати" is not "опл" + "ати"), and so must a second one ("посилка" is not "пос" + "ил" +
// "ка"). The numbers are letters.
bool can_stand(std::string_view stem, std::size_t suffix, int round) {
  const std::size_t least = suffix >= 3 ? 5 : round == 0 ? 3 : 4;
  return stem.size() >= least && std::any_of(stem.begin(), stem.end(), is_vowel);
}

std::size_t without_suffix(std::string_view word, int round) {
  const std::size_t last = byte_of(word.back()) - kLetterFirst;
  if (last >= kLetters) return word.size();
  const char* at = kSuffixes.begin() + kByLastLetter.starts[last];
  const char* const end = kSuffixes.begin() + kByLastLetter.starts[last + 1];
  while (at != end) {
    const std::string_view suffix = next_part(at);
    if (ends_with(word, suffix) &&
        can_stand(word.substr(0, word.size() - suffix.size()), suffix.size(), round))
      return word.size() - suffix.size();
  }
  return word.size();
}

std::size_t cyrillic_stem(std::string_view word) {
  for (int round = 0; round < 2; ++round) word = word.substr(0, without_suffix(word, round));
  constexpr Letters kSoft("ьй");
  if (word.size() > 3 && kSoft.view().find(word.back()) != std::string_view::npos)
    word.remove_suffix(1);
  if (word.size() > 3 && word.back() == word[word.size() - 2]) word.remove_suffix(1);
  return word.size();
}

}  // namespace

Stem::Stem(std::string_view word) : size_(std::min(word.size(), letters_.size())) {
  std::copy_n(word.begin(), size_, letters_.begin());
  if (size_ <= 3 || std::any_of(letters_.begin(), letters_.begin() + size_, is_digit)) return;
  if (is_cyrillic(letters_[0]))
    size_ = cyrillic_stem(view());
  else if (is_latin(letters_[0]))
    size_ = english_stem(letters_.data(), size_);
}

}  // namespace askus::text
