#include "server-stub/api/told_question.h"

#include "tests/catch.h"

using askus::api::kToldBytes;
using askus::api::told_question;

TEST_CASE("what is told of a written question, and what is not") {
  struct Case {
    std::string title, told, name = {}, contact = {};
  };
  const Case cases[] = {
      {"Як підключити РОУМІНГ?", "як підключити роумінг"},
      {"Wi-Fi на 2.4 ГГц не працює", "wi fi на 2 4 ггц не працює"},
      {"тариф 300 грн", "тариф 300 грн"},
      // Contacts go, the question stays.
      {"не приходить лист на ivan@example.org, чому?", "не приходить лист на чому"},
      {"зайшов на mail.ua і нічого", "зайшов на і нічого"},
      {"пишіть у t.me/ivan про рахунок", "пишіть у про рахунок"},
      {"ось https://example.org/a?b=1 не відкривається", "ось не відкривається"},
      {"чому 0671234567 не в мережі", "чому не в мережі"},
      {"чому +380 67 123-45-67 не в мережі", "чому не в мережі"},
      {"чому (067) 123 45 67 не в мережі", "чому не в мережі"},
      {"картка 4111 1111 1111 1111 не приймається", "картка не приймається"},
      {"договір №1234567 де знайти", "договір де знайти"},
      {"рахунок UA213223130000026007233566001 чужий", "рахунок чужий"},
      // So do the words of who wrote it.
      {"Олена Петренко: де мій рахунок", "де мій рахунок", "Петренко Олена"},
      {"де рахунок, ОЛЕНА", "де рахунок", "Олена"},
      {"де рахунок Петренко-Коваль", "де рахунок", "Коваль"},
      {"мій нік superivan, допоможіть", "мій нік допоможіть", "", "superivan"},
      {"а де і як", "а де і як", "І Я"},  // one letter is no name
      // What may still be a contact is not told at all.
      {"дзвоніть 067 потім 123 потім 45", ""},
      {"дзвоніть ０６７１２３４５６７", ""},
      {"дзвоніть ٠١٢٣٤", ""},
      {"пишіть ivan＠ukr", ""},
      {"bad \xff bytes", ""},
      {"ivan@example.org", ""},
      {"", ""},
  };
  for (const Case& c : cases) {
    CAPTURE(c.title);
    CHECK(told_question({c.title, "uk", c.name, c.contact}) == c.told);
  }
}

TEST_CASE("a told question is cut between words") {
  std::string title;
  while (title.size() < 3 * kToldBytes) title += "слово ";
  const std::string told = told_question({title, "uk", "", ""});
  CHECK(told.size() <= kToldBytes);
  CHECK(told.size() > kToldBytes - 12);
  CHECK(told.ends_with("слово"));
}
