// What visitors are told, in three languages with their plurals.
#include "server-stub/hours/promise_text.h"

#include "shared/faq/dates.h"
#include "tests/catch.h"

namespace {

using namespace askus;
using namespace askus::hours;

constexpr std::int64_t kMinute = 60, kHour = 3'600, kDay = 86'400;

std::int64_t at(const char* time) {
  return static_cast<std::int64_t>(parse_time(time).value_or(0));
}

}  // namespace

TEST_CASE("how long answers take, in what people say") {
  const std::tuple<std::int64_t, const char*, const char*, const char*> cases[] = {
      {0, "5 minutes", "5 хвилин", "5 минут"},
      {5 * kMinute + 1, "10 minutes", "10 хвилин", "10 минут"},
      {54 * kMinute, "55 minutes", "55 хвилин", "55 минут"},
      {56 * kMinute, "1 hour", "1 години", "1 часа"},
      {kHour, "1 hour", "1 години", "1 часа"},
      {kHour + 1, "2 hours", "2 годин", "2 часов"},
      {5 * kHour, "5 hours", "5 годин", "5 часов"},
      {11 * kHour, "11 hours", "11 годин", "11 часов"},
      {21 * kHour, "21 hours", "21 години", "21 часа"},
      {36 * kHour, "36 hours", "36 годин", "36 часов"},
      {36 * kHour + 1, "2 days", "2 днів", "2 дней"},
      {21 * kDay, "21 days", "21 дня", "21 дня"},
  };
  for (const auto& [seconds, en, uk, ru] : cases) {
    CHECK(usual_text("en", seconds) == std::string("We usually answer within ") + en + ".");
    CHECK(usual_text("uk", seconds) == std::string("Зазвичай відповідаємо протягом ") + uk + ".");
    CHECK(usual_text("ru-UA", seconds) == std::string("Обычно отвечаем в течение ") + ru + ".");
  }
  CHECK(promise_text("de", kHour) == "We answer within 1 hour.");
  CHECK(promise_text("uk", kHour) == "Відповідаємо протягом 1 години.");
  CHECK(promise_text("ru", kHour) == "Отвечаем в течение 1 часа.");
}

TEST_CASE("when it opens again, by the department's own clock") {
  Rules rules;
  rules.zone = "Europe/Kyiv";
  for (std::size_t day = 0; day < 5; ++day) rules.week.at(day) = {{9 * 60, 18 * 60}};
  const WorkingTime office(rules);
  const auto saturday = at("2026-11-28T12:00:00Z");
  CHECK(closed_text("en", office, saturday) == "We answer again on Monday at 9:00.");
  CHECK(closed_text("uk", office, saturday) == "Знову відповідатимемо у понеділок о 9:00.");
  CHECK(closed_text("ru", office, saturday) == "Снова будем отвечать в понедельник в 9:00.");
  CHECK(closed_text("ru", office, at("2026-11-30T20:00:00Z")) ==
        "Снова будем отвечать во вторник в 9:00.");
  CHECK(closed_text("en", office, at("2026-11-30T12:00:00Z")).empty());
  for (auto& day : rules.week) day = {{11 * 60 + 5, 12 * 60}};
  CHECK(closed_text("uk", WorkingTime(rules), saturday) ==
        "Знову відповідатимемо у неділю об 11:05.");
  for (int day = 1; day <= 9; ++day) rules.holidays.insert("2027-01-0" + std::to_string(day));
  const WorkingTime holidays(rules);
  const auto first = at("2027-01-01T12:00:00Z");
  CHECK(closed_text("en", holidays, first) == "We answer again on 10 January at 11:05.");
  CHECK(closed_text("uk", holidays, first) == "Знову відповідатимемо 10 січня об 11:05.");
  CHECK(closed_text("ru", holidays, first) == "Снова будем отвечать 10 января в 11:05.");
  CHECK(closed_text("en", WorkingTime(Rules()), first).empty());
}
