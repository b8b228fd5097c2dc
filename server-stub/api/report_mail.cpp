#include "server-stub/api/report_mail.h"

#include <algorithm>
#include <array>
#include <string_view>

#include "server-stub/api/reports.h"
#include "server-stub/out/outbox.h"

namespace askus::api {
namespace {

using store::Unit;

// One line of the mail: a figure of a report's totals, and what it is called in each language.
struct Line {
  store::Report MailedReports::*report;
  std::string_view name, table, figure;
  std::array<std::string_view, 3> label;
};

constexpr std::array<std::string_view, 3> kLanguages{"en", "uk", "ru"};
constexpr std::array<std::string_view, 3> kSubject{"report", "звіт", "отчёт"};
constexpr std::array<std::string_view, 3> kBefore{"before: ", "раніше: ", "раньше: "};
constexpr std::array<std::string_view, 3> kNothing{"Nothing happened in these days.",
                                                   "За ці дні нічого не сталося.",
                                                   "За эти дни ничего не произошло."};
constexpr std::array<std::string_view, 3> kStop{
    "No more of these: ", "Більше не надсилати: ", "Больше не присылать: "};
constexpr std::array<std::string_view, 3> kMore{"All of it: ", "Усе докладно: ", "Всё подробно: "};

const std::array<Line, 10>& lines() {
  static const std::array<Line, 10> kLines{
      Line{&MailedReports::found,
           "found",
           "totals",
           "found_alone",
           {"Found alone", "Знайшли самі", "Нашли сами"}},
      {&MailedReports::found,
       "found",
       "totals",
       "wrote_anyway",
       {"Wrote anyway", "Усе одно написали", "Всё равно написали"}},
      {&MailedReports::found, "found", "totals", "searches", {"Searches", "Пошуків", "Поисков"}},
      {&MailedReports::found, "found", "totals", "requests", {"Requests", "Звернень", "Обращений"}},
      {&MailedReports::times, "times", "totals", "answered", {"Answered", "Відповіли", "Ответили"}},
      {&MailedReports::times,
       "times",
       "totals",
       "response_median",
       {"First answer, median", "Перша відповідь, медіана", "Первый ответ, медиана"}},
      {&MailedReports::times,
       "times",
       "totals",
       "response_p90",
       {"First answer, p90", "Перша відповідь, p90", "Первый ответ, p90"}},
      {&MailedReports::times, "times", "totals", "in_time_share", {"In time", "Вчасно", "Вовремя"}},
      {&MailedReports::cost, "cost", "totals", "cost", {"Cost", "Витрати", "Расходы"}},
      {&MailedReports::cost, "cost", "totals", "saved", {"Saved", "Заощаджено", "Сэкономлено"}},
  };
  return kLines;
}

std::size_t language_at(const std::string& language) {
  const auto found = std::find(kLanguages.begin(), kLanguages.end(), language.substr(0, 2));
  return found == kLanguages.end() ? 0 : static_cast<std::size_t>(found - kLanguages.begin());
}

std::string two_digits(std::int64_t n) {
  return (n < 10 ? "0" : "") + std::to_string(n);
}

// Hours, minutes and seconds: 26:05:09.
std::string clock_text(std::int64_t seconds) {
  return std::to_string(seconds / 3'600) + ":" + two_digits(seconds / 60 % 60) + ":" +
         two_digits(seconds % 60);
}

std::string figure_text(const store::Figure& value, Unit unit, const std::string& currency,
                        char point) {
  if (!value) return "–";
  switch (unit) {
    case Unit::kShare:
      return decimal_text(*value, 1, point) + " %";
    case Unit::kSeconds:
      return clock_text(*value);
    case Unit::kMoney:
      return decimal_text(*value, 2, point) + " " + currency;
    case Unit::kCount:
      break;
  }
  return std::to_string(*value);
}

// Empty: that table has nothing.
std::string line_text(const Line& line, const MailedReports& reports, std::size_t language,
                      const std::string& currency) {
  const char point = decimal_point(kLanguages.at(language));
  const auto tables = store::tables_of(line.name);
  for (std::size_t t = 0; t < tables.size(); ++t) {
    if (tables[t].name != line.table) continue;
    const auto& rows = (reports.*line.report).tables.at(t);
    if (rows.empty()) return {};
    const auto& figures = tables[t].figures;
    for (std::size_t i = 0; i < figures.size(); ++i)
      if (figures[i].name == line.figure)
        return std::string(line.label.at(language)) + ": " +
               figure_text(rows[0].now[i], figures[i].unit, currency, point) + " (" +
               std::string(kBefore.at(language)) +
               figure_text(rows[0].before[i], figures[i].unit, currency, point) + ")\n";
  }
  return {};
}

std::string days_text(const store::Days& days) {
  return days.from == days.to ? days.from : days.from + " – " + days.to;
}

}  // namespace

ReportMail report_mail(const std::string& site, const std::string& currency,
                       const MailedReports& reports, const std::string& language,
                       const std::string& address) {
  const std::size_t at = language_at(language);
  ReportMail mail;
  mail.language = language;
  mail.site = site;
  mail.subject = site + ": " + std::string(kSubject.at(at)) + ", " + days_text(reports.days);
  std::string text;
  for (const Line& line : lines()) text += line_text(line, reports, at, currency);
  if (text.empty()) text = std::string(kNothing.at(at)) + "\n";
  mail.text = days_text(reports.days) + " (" + std::string(kBefore.at(at)) +
              days_text(reports.before) + ")\n\n" + text;
  if (!address.empty()) mail.text += "\n" + std::string(kMore.at(at)) + address + "\n";
  mail.text += "\n" + std::string(kStop.at(at)) + std::string(out::kUnsubscribeLink) + "\n";
  return mail;
}

}  // namespace askus::api
