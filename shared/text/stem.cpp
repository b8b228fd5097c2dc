#include "shared/text/stem.h"

#include <algorithm>
#include <array>
#include <cstdint>

#include "shared/text/utf8.h"

namespace askus::text {
namespace {

// Endings of nouns, adjectives, verbs and participles, Ukrainian and Russian, longest first.
// Written from the grammars' paradigms; docs/search.md says what they are worth.
constexpr std::string_view kSuffixes[] = {
    "ювалися", "увалися", "ювались",  "увались", "ується",  "юється", "иваться",  "ываться",
    "ающийся", "яющийся", "ириваний", "ування",  "ювання",  "ивання", "овування", "ованого",
    "ованому", "ованими", "ованных",  "ованным", "ованими", "ованою", "ованих",   "ований",
    "ованої",  "ованій",  "иваешь",   "ываешь",  "иваете",  "ываете", "ивание",   "ывание",
    "ования",  "ование",  "ованию",   "ованием", "ованні",  "енного", "енному",   "енными",
    "енном",   "енной",   "енный",    "енная",   "енное",   "енные",  "енных",    "енным",
    "анного",  "анному",  "анными",   "анном",   "анной",   "анный",  "анная",    "анное",
    "анные",   "анных",   "анным",    "еного",   "еному",   "еними",  "ений",     "ена",
    "ене",     "ені",     "ених",     "еним",    "аного",   "аному",  "аними",    "аний",
    "аних",    "аним",    "ність",    "ності",   "остей",   "остям",  "ностью",   "ністю",
    "ость",    "ости",    "остью",    "ості",    "істю",    "істі",   "ється",    "иться",
    "ється",   "ується",  "ається",   "яється",  "ються",   "яться",  "аться",    "ятся",
    "ются",    "ется",    "ится",     "ться",    "тися",    "лися",   "лись",     "лася",
    "лась",    "лося",    "лось",     "вся",     "всь",     "шись",   "вши",      "вшись",
    "ешься",   "ишься",   "ишся",     "ешся",    "емось",   "имось",  "аемся",    "яемся",
    "уємо",    "юємо",    "уєте",     "юєте",    "ують",    "юють",   "уешь",     "юешь",
    "ують",    "уют",     "юют",      "ает",     "яет",     "ают",    "яют",      "аем",
    "яем",     "аешь",    "яешь",     "аете",    "яете",    "ає",     "яє",       "ають",
    "яють",    "аємо",    "яємо",     "аєте",    "яєте",    "аєш",    "яєш",      "уєш",
    "юєш",     "ує",      "ює",       "ует",     "юет",     "ить",    "ать",      "ять",
    "еть",     "уть",     "ыть",      "оть",     "ити",     "ати",    "яти",      "іти",
    "ути",     "ити",     "али",      "яли",     "или",     "или",    "іли",      "ели",
    "ыли",     "ули",     "ала",      "яла",     "ила",     "іла",    "ела",      "ыла",
    "ула",     "ало",     "яло",      "ило",     "іло",     "ело",    "ыло",      "уло",
    "ал",      "ял",      "ил",       "ел",      "ыл",      "ав",     "яв",       "ив",
    "ів",      "ував",    "ювала",    "увала",   "ували",   "ував",   "ити",      "иш",
    "ишь",     "ешь",     "еш",       "ем",      "им",      "імо",    "емо",      "имо",
    "ете",     "ите",     "іть",      "йте",     "айте",    "яйте",   "ять",      "ють",
    "уть",     "ого",     "його",     "ому",     "йому",    "ими",    "їми",      "ыми",
    "ий",      "ій",      "їй",       "ый",      "ой",      "ей",     "ая",       "яя",
    "ою",      "ею",      "ую",       "юю",      "ої",      "єї",     "ее",       "ое",
    "ые",      "ие",      "их",       "їх",      "ых",      "им",     "їм",       "ым",
    "ем",      "єм",      "ом",       "ами",     "ями",     "ах",     "ях",       "ам",
    "ям",      "ові",     "еві",      "єві",     "ою",      "ею",     "єю",       "ів",
    "їв",      "ев",      "ов",       "ей",      "ья",      "ье",     "ью",       "ьи",
    "ия",      "ие",      "ии",       "ию",      "ием",     "иям",    "иями",     "иях",
    "ія",      "ії",      "ію",       "ією",     "іям",     "іями",   "іях",      "ій",
    "ння",     "нню",     "ння",      "ням",     "ення",    "енню",   "енням",    "енні",
    "ення",    "ание",    "ания",     "анию",    "анием",   "ании",   "ение",     "ения",
    "ению",    "ением",   "ении",     "ання",    "анню",    "анням",  "анні",     "ік",
    "ки",      "ка",      "ку",       "ці",      "кою",     "кой",    "ке",       "ок",
    "кам",     "ками",    "ках",      "ому",     "ему",     "ьому",   "его",      "ього",
    "шого",    "а",       "я",        "о",       "е",       "є",      "у",        "ю",
    "і",       "ї",       "и",        "ы",       "й",       "ь",
};

constexpr std::string_view kStopWords[] = {
    "a",     "about", "an",    "and",   "are",  "at",   "be",    "but",   "by",    "can",  "do",
    "does",  "for",   "from",  "had",   "has",  "have", "how",   "i",     "if",    "in",   "is",
    "it",    "its",   "me",    "my",    "of",   "on",   "or",    "so",    "that",  "the",  "there",
    "this",  "to",    "was",   "we",    "what", "when", "where", "which", "who",   "why",  "will",
    "with",  "you",   "your",  "а",     "або",  "але",  "без",   "би",    "бо",    "буде", "бути",
    "в",     "ваш",   "вам",   "вас",   "ви",   "від",  "він",   "вона",  "вони",  "де",   "для",
    "до",    "его",   "ее",    "если",  "есть", "еще",  "же",    "з",     "за",    "и",    "из",
    "или",   "их",    "й",     "його",  "к",    "как",  "кто",   "ли",    "ми",    "мне",  "мені",
    "мені",  "мне",   "меня",  "мене",  "мы",   "моя",  "мой",   "мої",   "мій",   "на",   "нам",
    "нас",   "наш",   "не",    "ні",    "но",   "ну",   "о",     "об",    "он",    "она",  "они",
    "от",    "по",    "под",   "при",   "про",  "с",    "се",    "та",    "так",   "там",  "те",
    "ти",    "то",    "того",  "тот",   "ты",   "у",    "уже",   "хто",   "це",    "цей",  "чи",
    "чем",   "чому",  "что",   "чтобы", "щo",   "що",   "щоб",   "як",    "яка",   "яке",  "який",
    "які",   "якщо",  "я",     "є",     "і",    "із",   "їх",    "вы",    "вже",   "ще",   "это",
    "этот",  "через", "можна", "можно", "бы",   "был",  "быть",  "где",   "когда", "коли", "почему",
    "какой", "какая", "какие", "свой",  "свій",
};

bool is_cyrillic(std::string_view token) {
  return !token.empty() && (static_cast<unsigned char>(token[0]) & 0xFCu) == 0xD0u;
}

bool has_digit(std::string_view token) {
  return std::any_of(token.begin(), token.end(), [](char c) { return c >= '0' && c <= '9'; });
}

// At least three letters of two bytes each, one of them a vowel; four before a long ending, which
// otherwise eats short stems ("оплати" is not "опл" + "ати").
bool can_stand(std::string_view stem, std::size_t suffix) {
  if (stem.size() < (suffix >= 6 ? 8 : 6)) return false;
  for (std::size_t pos = 0; pos < stem.size();) {
    const char32_t code = next(stem, pos);
    if (std::u32string_view(U"аеиоуыэюяєії").find(code) != std::u32string_view::npos) return true;
  }
  return false;
}

std::string_view strip_suffix(std::string_view token) {
  std::size_t best = 0;
  for (const std::string_view suffix : kSuffixes) {
    if (suffix.size() > best && token.ends_with(suffix) &&
        can_stand(token.substr(0, token.size() - suffix.size()), suffix.size()))
      best = suffix.size();
  }
  return token.substr(0, token.size() - best);
}

std::string_view stem_cyrillic(std::string_view token) {
  std::string_view stem = strip_suffix(strip_suffix(token));
  if (stem.size() > 6 && (stem.ends_with("ь") || stem.ends_with("й"))) stem.remove_suffix(2);
  const std::size_t size = stem.size();
  if (size > 6 && stem.substr(size - 2) == stem.substr(size - 4, 2)) stem.remove_suffix(2);
  return stem;
}

std::string_view stem_latin(std::string_view token) {
  const auto drop = [&token](std::string_view suffix, std::size_t keep) {
    if (!token.ends_with(suffix) || token.size() < suffix.size() + keep) return false;
    token.remove_suffix(suffix.size());
    return true;
  };
  if (!drop("'s", 2) && !token.ends_with("ss") && !token.ends_with("us") && !token.ends_with("is"))
    drop("s", 3);
  if (drop("ing", 3) || drop("ed", 3) || drop("ly", 3) || drop("er", 4)) {
    const std::size_t size = token.size();
    if (size > 3 && token[size - 1] == token[size - 2] && token[size - 1] != 'l')
      token.remove_suffix(1);
  }
  if (token.size() > 3 && (token.ends_with("e") || token.ends_with("y") || token.ends_with("i")))
    token.remove_suffix(1);
  return token;
}

}  // namespace

std::string_view stem(std::string_view token) {
  if (has_digit(token)) return token;
  if (is_cyrillic(token)) return token.size() <= 6 ? token : stem_cyrillic(token);
  return token.size() <= 3 ? token : stem_latin(token);
}

bool is_stop_word(std::string_view token) {
  return std::find(std::begin(kStopWords), std::end(kStopWords), token) != std::end(kStopWords);
}

}  // namespace askus::text
