#include "server-stub/config/read_departments.h"

#include <algorithm>
#include <cmath>

#include "shared/faq/dates.h"

namespace askus::config {
namespace {

constexpr std::uint32_t kMaxAnswerMinutes = 525'600;  // a year

void read_hours(Reader& read, const Json& json, const std::string& path, hours::Rules& rules) {
  rules.week = {};
  std::array<bool, 7> said{};
  read.each(json, path, [&](const std::string& name, const Json& v, const std::string& p) {
    const Result<std::array<bool, 7>> days = hours::parse_weekdays(name);
    if (!days.ok()) return read.fail(p, days.error().text);
    const std::string text = read.text(v, p);
    if (!read.ok()) return;
    const Result<std::vector<hours::Opening>> openings = hours::parse_openings(text);
    if (!openings.ok()) return read.fail(p, openings.error().text);
    for (std::size_t day = 0; day < said.size(); ++day) {
      if (!(*days)[day]) continue;
      if (said[day]) return read.fail(p, "names a day that another key names, too");
      said[day] = true;
      rules.week.at(day) = *openings;
    }
  });
  if (read.ok() && rules.always_open())
    read.fail(path, "has no day: leave it out where it is always open");
}

void read_holidays(Reader& read, const Json& json, const std::string& path, hours::Rules& rules) {
  const auto is_day = [](std::string_view text) { return parse_date(text).has_value(); };
  rules.holidays.clear();
  for (const std::string& day : read.list(json, path, is_day, "a day, YYYY-MM-DD"))
    if (const auto date = parse_date(day)) rules.holidays.insert(format_date(*date));
  if (read.ok() && rules.holidays.size() > hours::kMaxHolidays)
    read.fail(path, "has more than " + std::to_string(hours::kMaxHolidays) + " days");
}

void read_zone(Reader& read, const Json& json, const std::string& path, hours::Rules& rules) {
  rules.zone = read.text(json, path);
  if (read.ok() && !hours::is_zone(rules.zone))
    read.fail(path, "is not a time zone that this system knows (package tzdata): " + rules.zone);
}

// 4, 4.5 and 4.05, never 4.055.
std::int64_t price(Reader& read, const Json& json, const std::string& path) {
  constexpr double kMost = static_cast<double>(kMaxCost) / 100;
  const double value = json.is_number() ? json.get<double>() * 100 : -1;
  const double whole = std::round(value);
  if (value >= 0 && whole <= static_cast<double>(kMaxCost) && std::abs(value - whole) < 1e-6)
    return static_cast<std::int64_t>(whole);
  read.fail(path, "must be an amount from 0 to " + std::to_string(static_cast<int>(kMost)) +
                      " with at most two decimals, not " + json.dump());
  return 0;
}

bool is_currency(std::string_view text) {
  return text.size() == 3 &&
         std::all_of(text.begin(), text.end(), [](char c) { return c >= 'A' && c <= 'Z'; });
}

}  // namespace

Reader::Members working_members(Reader& read, hours::Rules& rules) {
  using Read = void (*)(Reader&, const Json&, const std::string&, hours::Rules&);
  const auto by = [&read, &rules](Read how) {
    return [&read, &rules, how](const Json& v, const std::string& p) { how(read, v, p, rules); };
  };
  return {{"hours", by(read_hours)},
          {"holidays", by(read_holidays)},
          {"time_zone", by(read_zone)},
          {"answer_within_minutes", [&read, &rules](const Json& v, const std::string& p) {
             rules.answer_within_minutes =
                 static_cast<std::uint32_t>(read.number(v, p, 1, kMaxAnswerMinutes));
           }}};
}

void check_working(Reader& read, const std::string& path, const hours::Rules& rules) {
  if (!read.ok()) return;
  if (const Status status = hours::check(rules); !status.ok())
    read.fail(below(path, "hours"), status.error().text);
}

void read_departments(Reader& read, const Json& json, const std::string& path,
                      const hours::Rules& site, std::map<std::string, DepartmentConfig>& into) {
  read.each(json, path, [&](const std::string& name, const Json& v, const std::string& p) {
    DepartmentConfig& department = into[name];
    department.working = site;
    if (!v.is_object()) {
      department.address = read.text(v, p);
      return;
    }
    Reader::Members members = working_members(read, department.working);
    members["address"] = [&](const Json& address, const std::string& at) {
      department.address = read.text(address, at);
    };
    read.object(v, p, members);
    check_working(read, p, department.working);
  });
}

void read_costs(Reader& read, const Json& json, const std::string& path, CostsConfig& costs) {
  read.object(
      json, path,
      {{"call", [&](const Json& v, const std::string& p) { costs.call = price(read, v, p); }},
       {"writing", [&](const Json& v, const std::string& p) { costs.writing = price(read, v, p); }},
       {"currency", [&](const Json& v, const std::string& p) {
          costs.currency = read.text(v, p);
          if (read.ok() && !is_currency(costs.currency))
            read.fail(p, "is not a currency's three letters, such as UAH");
        }}});
}

}  // namespace askus::config
