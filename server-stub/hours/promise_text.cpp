#include "server-stub/hours/promise_text.h"

#include <absl/time/civil_time.h>
#include <absl/time/time.h>

#include <algorithm>
#include <array>

namespace askus::hours {
namespace {

constexpr std::int64_t kMinute = 60, kHour = 3'600, kDay = 86'400;

// Behind "within": of one (21, 31 too, where the language says so), and of others.
struct Noun {
  std::string_view one, many;
};

struct Language {
  std::string_view tag;
  std::string_view usual, promise;  // before the time
  Noun minute, hour, day;
  bool one_of_21;  // 21 hours are said as one hour is
  std::string_view again;
  std::array<std::string_view, 7> on_weekday;  // Monday first
  std::array<std::string_view, 12> months;
  std::string_view on_date;  // before a date
};

constexpr std::array<Language, 3> kLanguages{{
    {"en",
     "We usually answer within ",
     "We answer within ",
     {"minute", "minutes"},
     {"hour", "hours"},
     {"day", "days"},
     false,
     "We answer again ",
     {"on Monday", "on Tuesday", "on Wednesday", "on Thursday", "on Friday", "on Saturday",
      "on Sunday"},
     {"January", "February", "March", "April", "May", "June", "July", "August", "September",
      "October", "November", "December"},
     "on "},
    {"uk",
     "Зазвичай відповідаємо протягом ",
     "Відповідаємо протягом ",
     {"хвилини", "хвилин"},
     {"години", "годин"},
     {"дня", "днів"},
     true,
     "Знову відповідатимемо ",
     {"у понеділок", "у вівторок", "у середу", "у четвер", "у п’ятницю", "у суботу", "у неділю"},
     {"січня", "лютого", "березня", "квітня", "травня", "червня", "липня", "серпня", "вересня",
      "жовтня", "листопада", "грудня"},
     ""},
    {"ru",
     "Обычно отвечаем в течение ",
     "Отвечаем в течение ",
     {"минуты", "минут"},
     {"часа", "часов"},
     {"дня", "дней"},
     true,
     "Снова будем отвечать ",
     {"в понедельник", "во вторник", "в среду", "в четверг", "в пятницу", "в субботу",
      "в воскресенье"},
     {"января", "февраля", "марта", "апреля", "мая", "июня", "июля", "августа", "сентября",
      "октября", "ноября", "декабря"},
     ""},
}};

const Language& language_of(std::string_view tag) {
  for (const Language& one : kLanguages)
    if (tag.substr(0, tag.find('-')) == one.tag) return one;
  return kLanguages[0];
}

std::int64_t rounded_up(std::int64_t value, std::int64_t to) {
  return (value + to - 1) / to * to;
}

std::string counted(const Language& language, std::int64_t n, const Noun& noun) {
  const bool one = n == 1 || (language.one_of_21 && n % 10 == 1 && n % 100 != 11);
  return std::to_string(n) + " " + std::string(one ? noun.one : noun.many);
}

std::string length_text(const Language& language, std::int64_t seconds) {
  constexpr std::int64_t kStep = 5 * kMinute, kLongestInHours = 36 * kHour;
  if (rounded_up(seconds, kStep) < kHour)
    return counted(language, std::max(rounded_up(seconds, kStep), kStep) / kMinute,
                   language.minute);
  if (seconds <= kLongestInHours)
    return counted(language, rounded_up(seconds, kHour) / kHour, language.hour);
  return counted(language, rounded_up(seconds, kDay) / kDay, language.day);
}

std::string sentence(std::string_view before, const std::string& time) {
  return std::string(before) + time + ".";
}

// "at 9:00", as the language says it before that hour.
std::string at_text(const Language& language, int hour, int minute) {
  const std::string time =
      std::to_string(hour) + ":" + (minute < 10 ? "0" : "") + std::to_string(minute);
  if (language.tag == "en") return "at " + time;
  if (language.tag == "ru") return "в " + time;
  return (hour == 11 ? "об " : "о ") + time;
}

}  // namespace

std::string usual_text(std::string_view language, std::int64_t seconds) {
  const Language& words = language_of(language);
  return sentence(words.usual, length_text(words, seconds));
}

std::string promise_text(std::string_view language, std::int64_t seconds) {
  const Language& words = language_of(language);
  return sentence(words.promise, length_text(words, seconds));
}

std::string closed_text(std::string_view language, const WorkingTime& working, std::int64_t now) {
  const auto opens = working.opens(now);
  if (!opens || *opens == now) return {};
  absl::TimeZone zone;
  absl::LoadTimeZone(working.rules().zone, &zone);
  const absl::CivilMinute at = absl::ToCivilMinute(absl::FromUnixSeconds(*opens), zone);
  const absl::CivilDay day(at), today = absl::ToCivilDay(absl::FromUnixSeconds(now), zone);
  const Language& words = language_of(language);
  constexpr int kNamedDays = 6;
  const std::string when =
      day - today <= kNamedDays
          ? std::string(words.on_weekday.at(static_cast<std::size_t>(absl::GetWeekday(day))))
          : std::string(words.on_date) + std::to_string(day.day()) + " " +
                std::string(words.months.at(static_cast<std::size_t>(day.month() - 1)));
  return sentence(words.again, when + " " + at_text(words, at.hour(), at.minute()));
}

}  // namespace askus::hours
