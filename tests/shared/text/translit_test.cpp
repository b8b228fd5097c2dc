#include "shared/text/translit.h"

#include <random>
#include <string>

#include "shared/text/letters.h"
#include "shared/text/skeleton.h"
#include "shared/text/stem.h"
#include "tests/catch.h"

using namespace askus::text;

namespace {

struct Case {
  std::string_view latin;
  Spelling spelling;
  std::string_view word;
};

std::string cyrillic(std::string_view latin, Spelling spelling) {
  return from_letters(Cyrillic(latin, spelling).view());
}

}  // namespace

TEST_CASE("a transliterated word is the Cyrillic one") {
  const Case cases[] = {
      {"internet", Spelling::kUkrainian, "інтернет"},
      {"internet", Spelling::kRussian, "интернет"},
      {"oplata", Spelling::kUkrainian, "оплата"},
      {"zaplatyty", Spelling::kUkrainian, "заплатити"},
      {"tsyfra", Spelling::kUkrainian, "цифра"},
      {"rakhunok", Spelling::kUkrainian, "рахунок"},
      {"pidkliuchyty", Spelling::kUkrainian, "підключити"},
      {"shcho", Spelling::kUkrainian, "що"},
      {"zghoda", Spelling::kUkrainian, "згода"},
      {"yak", Spelling::kUkrainian, "як"},
      {"shkaf", Spelling::kRussian, "шкаф"},
      {"novyy", Spelling::kRussian, "новый"},
      {"novyy", Spelling::kUkrainian, "новий"},
      {"zhizn", Spelling::kRussian, "жизн"},
      {"yubka", Spelling::kRussian, "юбка"},
      {"don't", Spelling::kUkrainian, "донт"},
  };
  for (const Case& c : cases) {
    CAPTURE(c.latin);
    CHECK(cyrillic(c.latin, c.spelling) == c.word);
  }
}

TEST_CASE("the stem of what was transliterated sounds like the stem of the word") {
  const Case cases[] = {
      {"zaplatyty", Spelling::kUkrainian, "заплатити"},
      {"shvydkist", Spelling::kUkrainian, "швидкість"},
      {"pidkliuchennia", Spelling::kUkrainian, "підключення"},
      {"pidklyuchennya", Spelling::kUkrainian, "підключення"},
      {"rakhunku", Spelling::kUkrainian, "рахунок"},
      {"rahunok", Spelling::kUkrainian, "рахунок"},
      {"paroliu", Spelling::kUkrainian, "пароль"},
      {"oplata", Spelling::kRussian, "оплаты"},
      {"podklyucheniye", Spelling::kRussian, "подключения"},
      {"skorost", Spelling::kRussian, "скорость"},
      {"novyy", Spelling::kRussian, "новый"},
      {"soobshchenie", Spelling::kRussian, "сообщения"},
  };
  for (const Case& c : cases) {
    CAPTURE(c.latin);
    const Stem spelt(Cyrillic(c.latin, c.spelling).view());
    const Stem word(to_letters(c.word));
    CHECK(std::string(Skeleton(spelt.view()).view()) == std::string(Skeleton(word.view()).view()));
  }
}

TEST_CASE("any bytes may be transliterated") {
  std::mt19937 random(1);
  for (int i = 0; i < 2'000; ++i) {
    std::string word(random() % (kMaxTokenBytes + 1), '\0');
    for (char& c : word)
      c = random() % 3 == 0 ? static_cast<char>(random()) : "shchyuiaetzg'kwq"[random() % 16];
    for (const Spelling spelling : {Spelling::kUkrainian, Spelling::kRussian})
      CHECK(Cyrillic(word, spelling).view().size() <= word.size());
  }
}
