#include "shared/tags/watch_words.h"

#include "tests/catch.h"

namespace {

using askus::tags::can_be_watched;
using askus::tags::WatchWords;

std::string found(WatchWords& words, std::string_view text) {
  std::string all;
  for (const std::string& one : words.found(text)) all += (all.empty() ? "" : ", ") + one;
  return all;
}

}  // namespace

TEST_CASE("watched words are found in any form, misspelt, in the other script") {
  const std::string words[] = {"Зірконет", "поганий зв'язок", "fiber outage"};
  const std::string minus[] = {"вакансія"};
  WatchWords watch(words, minus);
  CHECK(found(watch, "У Зірконеті знову обрив") == "Зірконет");
  CHECK(found(watch, "зирконет не работает") == "Зірконет");
  CHECK(found(watch, "zirkonet is down") == "Зірконет");
  CHECK(found(watch, "Ззірконет, дайте інтернет") == "Зірконет");
  CHECK(found(watch, "зв'язок дуже поганий сьогодні") == "поганий зв'язок");
  CHECK(found(watch, "зв'язок є") == "");
  CHECK(found(watch, "Outages of fiber near Зірконету") == "Зірконет, fiber outage");
  CHECK(found(watch, "Зірконет: відкриті вакансії") == "");
  CHECK(found(watch, "зірка на небі") == "");
  for (const char* one : {"обрив", "обриви"}) {
    const std::string given[] = {one};
    WatchWords outages(given, {});
    for (const char* form : {"обрив", "обриву", "обриви", "обривів", "обривом", "обривах"})
      CHECK(found(outages, std::string("Знову ") + form + " на лінії") == one);
    CHECK(found(outages, "обід на лінії") == "");
  }
  CHECK(found(watch, "") == "");
  CHECK(found(watch, "\xff\xfe\x01") == "");
}

TEST_CASE("words of a phrase that stand far apart are no phrase") {
  const std::string words[] = {"поганий зв'язок"};
  WatchWords watch(words, {});
  std::string text = "поганий ";
  for (int i = 0; i < 12; ++i) text += "день ";
  CHECK(found(watch, text + "зв'язок") == "");
}

TEST_CASE("a stop word alone is nothing to watch for") {
  CHECK(can_be_watched("Зірконет"));
  CHECK_FALSE(can_be_watched("і"));
  CHECK_FALSE(can_be_watched("!!!"));
  const std::string words[] = {"і"};
  WatchWords watch(words, {});
  CHECK(found(watch, "і це теж") == "");
}
