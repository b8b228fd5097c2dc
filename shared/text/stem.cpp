#include "shared/text/stem.h"

#include <algorithm>
#include <cstdint>

#include "shared/text/english.h"
#include "shared/text/letters.h"

namespace askus::text {

void suffixes_out_of_order();  // not constexpr on purpose: reaching it ends a compilation

namespace {

// Endings of nouns, adjectives, verbs and participles, Ukrainian and Russian. Written from the
// grammars' paradigms; docs/search.md says what they are worth. By last letter, the longest of each
// first, a space behind each.
constexpr Letters kSuffixes(
    "увала ювала ала ела ена ила ула ыла яла іла ка а ував ав ев ив ов яв ів їв иваете "
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
    "істі еві ені ові єві ці і ованої ої єї ії ї ");

// Where the suffixes of each last letter begin in that list. The compiler refuses a list that is
// not in order.
struct Groups {
  static constexpr std::size_t kLetters = kLetterLast - kLetterFirst + 1;
  std::array<std::uint16_t, kLetters + 1> begin{};
  consteval Groups() {
    const std::string_view list = kSuffixes.view();
    std::size_t letter = 0, longest = 0;
    for (std::size_t at = 0; at < list.size();) {
      const std::size_t end = list.find(' ', at);
      const std::size_t last = byte_of(list[end - 1]) - kLetterFirst;
      if (last < letter) suffixes_out_of_order();
      if (last > letter) longest = end - at;
      if (end - at > longest && at != 0) suffixes_out_of_order();
      for (; letter < last; ++letter) begin[letter + 1] = static_cast<std::uint16_t>(at);
      longest = end - at;
      at = end + 1;
    }
    for (; letter < kLetters; ++letter) begin[letter + 1] = static_cast<std::uint16_t>(list.size());
  }
};
constexpr Groups kGroups;

constexpr Letters kVowels("аеиоуыэюяєіїё");

bool has_vowel(std::string_view word) {
  return word.find_first_of(kVowels.view()) != std::string_view::npos;
}

// Whether what a suffix leaves may be a stem: long enough, with a vowel. A long ending must leave
// more ("оплати" is not "опл" + "ати"), and so must a second one ("посилка" is not "пос" + "ил" +
// "ка"). The numbers are letters.
bool can_stand(std::string_view stem, std::size_t suffix, int round) {
  const std::size_t least = suffix >= 3 ? 5 : round == 0 ? 3 : 4;
  return stem.size() >= least && has_vowel(stem);
}

std::size_t without_suffix(std::string_view word, int round) {
  const std::size_t last = byte_of(word.back()) - kLetterFirst;
  if (last >= Groups::kLetters) return word.size();
  std::string_view group =
      kSuffixes.view().substr(kGroups.begin[last], kGroups.begin[last + 1] - kGroups.begin[last]);
  while (!group.empty()) {
    const std::size_t size = group.find(' ');
    if (word.ends_with(group.substr(0, size)) &&
        can_stand(word.substr(0, word.size() - size), size, round))
      return word.size() - size;
    group.remove_prefix(size + 1);
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
