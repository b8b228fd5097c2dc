#include "shared/pages/slug.h"

#include <random>
#include <set>
#include <utility>

#include "tests/catch.h"
#include "tests/shared/search/hostile.h"

namespace askus::pages {

TEST_CASE("Ukrainian is written by the resolution's table") {
  // Its own examples, and the rule for зг.
  const std::pair<const char*, const char*> cases[] = {{"Алушта", "alushta"},
                                                       {"Борщагівка", "borshchahivka"},
                                                       {"Вінниця", "vinnytsia"},
                                                       {"Гадяч", "hadiach"},
                                                       {"Згурський", "zghurskyi"},
                                                       {"Ґалаґан", "galagan"},
                                                       {"Донецьк", "donetsk"},
                                                       {"Рівне", "rivne"},
                                                       {"Єнакієве", "yenakiieve"},
                                                       {"Гаєвич", "haievych"},
                                                       {"Житомир", "zhytomyr"},
                                                       {"Закарпаття", "zakarpattia"},
                                                       {"Медвин", "medvyn"},
                                                       {"Іванків", "ivankiv"},
                                                       {"Їжакевич", "yizhakevych"},
                                                       {"Кадиївка", "kadyivka"},
                                                       {"Мар'їне", "marine"},
                                                       {"Йосипівка", "yosypivka"},
                                                       {"Стрий", "stryi"},
                                                       {"Київ", "kyiv"},
                                                       {"Лебедин", "lebedyn"},
                                                       {"Ніжин", "nizhyn"},
                                                       {"Суми", "sumy"},
                                                       {"Тетерів", "teteriv"},
                                                       {"Ужгород", "uzhhorod"},
                                                       {"Фастів", "fastiv"},
                                                       {"Харків", "kharkiv"},
                                                       {"Біла Церква", "bila-tserkva"},
                                                       {"Чернівці", "chernivtsi"},
                                                       {"Шостка", "shostka"},
                                                       {"Гоща", "hoshcha"},
                                                       {"Юрій", "yurii"},
                                                       {"Крюківка", "kriukivka"},
                                                       {"Яготин", "yahotyn"},
                                                       {"Знам’янка", "znamianka"},
                                                       {"Розгон", "rozghon"},
                                                       {"Костянтин", "kostiantyn"},
                                                       {"Феодосія", "feodosiia"}};
  for (const auto& [title, expected] : cases) {
    CAPTURE(title);
    CHECK(slug(title, "uk") == expected);
  }
}

TEST_CASE("titles become slugs") {
  const std::tuple<const char*, const char*, const char*> cases[] = {
      {"Чи безкоштовна доставка?", "uk", "chy-bezkoshtovna-dostavka"},
      {"Wi-Fi на 5 ГГц: як?", "uk", "wi-fi-na-5-hhts-yak"},
      {"Ещё раз: объём, съезд и эхо", "ru", "eshche-raz-obieem-sieezd-i-ekho"},
      {"Где найти договор?", "ru-RU", "gde-naiti-dogovor"},
      {"Crème brûlée & Co.", "en", "creme-brulee-co"},
      {"Don't panic", "en", "dont-panic"},
      {"  --a__b--  ", "en", "a-b"},
      {"за́мок", "uk", "zamok"},
      {"日本語", "en", ""},
      {"", "uk", ""},
      {"<script>alert(1)</script>", "en", "script-alert-1-script"},
      {"../../etc/passwd", "en", "etc-passwd"}};
  for (const auto& [title, language, expected] : cases) {
    CAPTURE(title);
    CHECK(slug(title, language) == expected);
  }
}

TEST_CASE("a long title ends with a whole word, an endless word is cut") {
  const std::string words = slug(testing::times("слово ", 40), "uk");
  CHECK(words.size() <= kMaxSlug);
  CHECK(words.size() > kMaxSlug - 6);
  CHECK(words.ends_with("-slovo"));
  CHECK(slug(std::string(300, 'a'), "en") == std::string(kMaxSlug, 'a'));
}

TEST_CASE("whatever the title, a slug can stand in an address and does not hold what parts it") {
  std::mt19937 random(7);
  for (int i = 0; i < 3'000; ++i) {
    const std::string title = testing::random_bytes(random);
    const std::string made = slug(title, i % 2 == 0 ? "uk" : "ru");
    CAPTURE(title, made);
    CHECK(made.size() <= kMaxSlug);
    CHECK(made.find_first_not_of("abcdefghijklmnopqrstuvwxyz0123456789-") == made.npos);
    CHECK(made.find("--") == made.npos);
    CHECK_FALSE((made.starts_with('-') || made.ends_with('-')));
  }
}

TEST_CASE("different ids have different addresses, short enough for a file's name") {
  std::set<std::string> seen;
  const std::string ids[] = {"pay",     "Pay",  "pay.", "pay/",   "pay/../x",
                             "~cGF5Lw", "a--b", "a b",  "оплата", "",
                             ".",       "..",   "~",    "\xFF",   std::string(100, '/')};
  for (const std::string& id : ids) {
    const std::string path = path_of_id(id);
    CAPTURE(id, path);
    CHECK(seen.insert(path).second);
    CHECK(path.size() <= 135);
    CHECK(path.find_first_not_of("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789"
                                 "-_.~") == path.npos);
  }
  CHECK(path_of_id("no-internet") == "no-internet");
  CHECK(path_of_id("pay/") == "~cGF5Lw");
}

}  // namespace askus::pages
