#include "shared/text/stem.h"

#include <string_view>
#include <vector>

#include "tests/catch.h"

using namespace askus::text;

TEST_CASE("forms of one word share a stem") {
  const std::vector<std::vector<std::string_view>> groups = {
      {"інтернет", "інтернету", "інтернетом", "інтернеті"},
      {"роутер", "роутера", "роутером", "роутери", "роутерів"},
      {"оплата", "оплати", "оплату", "оплатою"},
      {"тариф", "тарифа", "тарифы", "тарифов", "тарифу", "тарифи", "тарифів"},
      {"пароль", "пароля", "паролю", "паролі", "пароли"},
      {"router", "routers"},
      {"payment", "payments"},
      {"connect", "connects", "connected", "connecting"},
  };
  for (const auto& group : groups) {
    for (const std::string_view form : group) {
      CAPTURE(group.front(), form);
      CHECK(stem(form) == stem(group.front()));
    }
  }
}

TEST_CASE("a stem is a prefix, never empty, and numbers stay whole") {
  for (const std::string_view word :
       {"а", "їх", "ний", "ого", "ing", "ed", "s", "100мбіт", "wifi6", "ость"}) {
    CAPTURE(word);
    CHECK_FALSE(stem(word).empty());
    CHECK(word.starts_with(stem(word)));
  }
  CHECK(stem("100мбіт") == "100мбіт");
}

TEST_CASE("stop words are known in three languages") {
  for (const std::string_view word : {"як", "как", "how", "і", "и", "the"})
    CHECK(is_stop_word(word));
  for (const std::string_view word : {"інтернет", "оплата", "router"})
    CHECK_FALSE(is_stop_word(word));
}
