#include "shared/text/stem.h"

#include <string>
#include <string_view>
#include <vector>

#include "shared/text/letters.h"
#include "tests/catch.h"

using namespace askus::text;

namespace {

std::string stem(std::string_view word) {
  return from_letters(Stem(to_letters(word)).view());
}

}  // namespace

TEST_CASE("forms of one word share a stem") {
  const std::vector<std::vector<std::string_view>> groups = {
      {"інтернет", "інтернету", "інтернетом", "інтернеті"},
      {"роутер", "роутера", "роутером", "роутери", "роутерів"},
      {"оплата", "оплати", "оплату", "оплатою"},
      {"тариф", "тарифа", "тарифы", "тарифов", "тарифу", "тарифи", "тарифів"},
      {"пароль", "пароля", "паролю", "паролі", "пароли"},
      {"швидкості", "швидкістю"},
      {"скорость", "скорости", "скоростью"},
      {"підключити", "підключить", "підключила"},
      {"router", "routers"},
      {"payment", "payments"},
      {"connect", "connects", "connected", "connecting", "connection"},
  };
  for (const auto& group : groups) {
    for (const std::string_view form : group) {
      CAPTURE(group.front(), form);
      CHECK(stem(form) == stem(group.front()));
    }
  }
}

TEST_CASE("different words keep different stems") {
  const std::string_view pairs[][2] = {{"оплата", "опалення"}, {"посилка", "посада"},
                                       {"тариф", "тара"},      {"роутер", "роль"},
                                       {"payment", "pay"},     {"general", "generate"}};
  for (const auto& pair : pairs) {
    CAPTURE(pair[0], pair[1]);
    CHECK(stem(pair[0]) != stem(pair[1]));
  }
}

TEST_CASE("a stem is never empty; short words and words with digits stay whole") {
  for (const std::string_view word :
       {"а", "їх", "ний", "ого", "ing", "ed", "s", "100мбіт", "wifi6s", "4g", "日本", "ωωωωω"}) {
    CAPTURE(word);
    CHECK(stem(word) == word);
  }
  for (const std::string_view word :
       {"ость", "ються", "увались", "ными", "ings", "eeds", "ности"}) {
    CAPTURE(word);
    CHECK_FALSE(stem(word).empty());
    CHECK(word.starts_with(stem(word)));
  }
}

TEST_CASE("a word of the greatest size has a stem") {
  for (const std::string_view letter : {"a", "s", "y", "и", "ї"}) {
    std::string word;
    while (word.size() < kMaxTokenBytes) word += to_letters(letter);
    const Stem stem(word);
    CHECK_FALSE(stem.view().empty());
    CHECK(stem.view().size() <= kMaxTokenBytes);
  }
}
