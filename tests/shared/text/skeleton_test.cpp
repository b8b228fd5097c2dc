#include "shared/text/skeleton.h"

#include <algorithm>
#include <random>
#include <string>
#include <vector>

#include "shared/text/letters.h"
#include "tests/catch.h"

using namespace askus::text;

namespace {

std::string skeleton(std::string_view word) {
  return std::string(Skeleton(to_letters(word)).view());
}

}  // namespace

TEST_CASE("spellings that sound alike have one skeleton") {
  const std::vector<std::vector<std::string_view>> groups = {
      {"кіно", "кино", "kino"},
      {"інтернет", "интернет", "internet"},
      {"щука", "shchuka", "schuka"},
      {"борщ", "borshch", "borsch"},
      {"цифра", "tsyfra", "tsifra", "cifra"},
      {"чернігів", "chernihiv", "chernigiv"},
      {"хата", "khata", "hata", "xata"},
      {"дякую", "diakuiu", "dyakuyu", "djakuju"},
      {"їжак", "yizhak", "ижак"},
      {"шість", "shist"},
      {"об'єкт", "обєкт", "объект"},
      {"ключ", "kliuch", "klyuch", "kluch"},
      {"сообщение", "soobshchenie", "soobschenie"},
      {"телефон", "telefon", "telephone"},
      {"група", "группа", "hrupa", "gruppa"},
  };
  for (const auto& group : groups) {
    for (const std::string_view word : group) {
      CAPTURE(group.front(), word, skeleton(word), skeleton(group.front()));
      // "telephone" keeps its last vowel.
      CHECK(skeleton(word) == skeleton(group.front()) + (word == "telephone" ? "e" : ""));
    }
  }
}

TEST_CASE("words that sound different keep different skeletons") {
  const std::string_view pairs[][2] = {{"дім", "дам"},         {"шар", "жар"}, {"час", "щас"},
                                       {"рахунок", "рисунок"}, {"код", "кіт"}, {"ціна", "сіна"}};
  for (const auto& pair : pairs) {
    CAPTURE(pair[0], pair[1]);
    CHECK(skeleton(pair[0]) != skeleton(pair[1]));
  }
}

TEST_CASE("any bytes have a skeleton no longer than they are, without a Cyrillic letter") {
  std::mt19937 random(1);
  for (int i = 0; i < 2'000; ++i) {
    std::string word(random() % (kMaxTokenBytes + 1), '\0');
    for (char& c : word)
      c = random() % 2 == 0 ? static_cast<char>(random()) : "shcztyiaejuo'kp4"[random() % 16];
    const Skeleton skeleton(word);
    CAPTURE(i);
    CHECK(skeleton.view().size() <= word.size());
    CHECK(std::none_of(skeleton.view().begin(), skeleton.view().end(), is_cyrillic));
  }
}
