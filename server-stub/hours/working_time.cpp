#include "server-stub/hours/working_time.h"

#include <absl/time/civil_time.h>
#include <absl/time/time.h>

#include <algorithm>
#include <charconv>
#include <utility>

namespace askus::hours {
namespace {

constexpr std::array<std::string_view, 7> kDays{"mon", "tue", "wed", "thu", "fri", "sat", "sun"};

std::string_view trimmed(std::string_view text) {
  while (text.starts_with(' ')) text.remove_prefix(1);
  while (text.ends_with(' ')) text.remove_suffix(1);
  return text;
}

// The parts between commas, without spaces around them.
std::vector<std::string_view> parts_of(std::string_view text) {
  std::vector<std::string_view> parts;
  for (;;) {
    const std::size_t comma = text.find(',');
    parts.push_back(trimmed(text.substr(0, comma)));
    if (comma == std::string_view::npos) return parts;
    text.remove_prefix(comma + 1);
  }
}

// "09:30" in minutes; "24:00" is a day's end.
std::optional<int> minutes_of(std::string_view text) {
  const auto digit = [&text](std::size_t at) {
    return text[at] >= '0' && text[at] <= '9' ? text[at] - '0' : -100;
  };
  if (text.size() != 5 || text[2] != ':') return std::nullopt;
  const int hours = digit(0) * 10 + digit(1), minutes = digit(3) * 10 + digit(4);
  if (hours < 0 || minutes < 0 || minutes > 59 || hours * 60 + minutes > kMinutesPerDay)
    return std::nullopt;
  return hours * 60 + minutes;
}

std::optional<std::size_t> weekday_of(std::string_view text) {
  const auto found = std::find(kDays.begin(), kDays.end(), text);
  if (found == kDays.end()) return std::nullopt;
  return static_cast<std::size_t>(found - kDays.begin());
}

absl::TimeZone zone_of(const std::string& name) {
  absl::TimeZone zone;
  absl::LoadTimeZone(name, &zone);
  return zone;
}

// When the wall clock first shows it.
std::int64_t instant(absl::CivilSecond time, const absl::TimeZone& zone) {
  const absl::TimeZone::TimeInfo info = zone.At(time);
  const bool skipped = info.kind == absl::TimeZone::TimeInfo::SKIPPED;
  return absl::ToUnixSeconds(skipped ? info.trans : info.pre);
}

}  // namespace

Result<std::vector<Opening>> parse_openings(std::string_view text) {
  std::vector<Opening> openings;
  for (const std::string_view part : parts_of(text)) {
    const std::size_t dash = part.find('-');
    const auto from = minutes_of(trimmed(part.substr(0, dash)));
    const auto to =
        dash == std::string_view::npos ? std::nullopt : minutes_of(trimmed(part.substr(dash + 1)));
    if (!from || !to || *from == *to || *from == kMinutesPerDay)
      return Error{Code::kMalformed, "\"" + std::string(part) + "\" is not like 09:00-18:00"};
    openings.push_back({*from, *to < *from ? *to + kMinutesPerDay : *to});
  }
  return openings;
}

Result<std::array<bool, 7>> parse_weekdays(std::string_view text) {
  std::array<bool, 7> days{};
  for (const std::string_view part : parts_of(text)) {
    const std::size_t dash = part.find('-');
    const auto first = weekday_of(trimmed(part.substr(0, dash)));
    const auto last =
        dash == std::string_view::npos ? first : weekday_of(trimmed(part.substr(dash + 1)));
    if (!first || !last)
      return Error{Code::kMalformed,
                   "\"" + std::string(part) + "\" is not like mon, mon-fri or sat,sun"};
    for (std::size_t day = *first;; day = (day + 1) % days.size()) {
      days.at(day) = true;
      if (day == *last) break;
    }
  }
  return days;
}

bool is_zone(const std::string& name) {
  absl::TimeZone zone;
  return !name.empty() && absl::LoadTimeZone(name, &zone);
}

bool Rules::always_open() const {
  return std::all_of(week.begin(), week.end(), [](const auto& day) { return day.empty(); });
}

std::string Rules::text() const {
  std::string text = zone + " " + std::to_string(answer_within_minutes);
  for (const auto& day : week) {
    text += " |";
    for (const Opening& one : day)
      text += " " + std::to_string(one.from) + "-" + std::to_string(one.to);
  }
  for (const std::string& day : holidays) text += " " + day;
  return text;
}

Status check(const Rules& rules) {
  for (std::size_t day = 0; day < rules.week.size(); ++day) {
    const std::vector<Opening>& before = rules.week[(day + 6) % 7];
    int free_from = before.empty() ? 0 : before.back().to - kMinutesPerDay;
    for (const Opening& one : rules.week[day]) {
      if (one.from < free_from)
        return Error{Code::kMalformed, "the hours of " + std::string(kDays.at(day)) +
                                           " overlap, or are not in order"};
      free_from = one.to;
    }
  }
  return {};
}

WorkingTime::WorkingTime(Rules rules) : rules_(std::move(rules)) {}

std::vector<WorkingTime::Span> WorkingTime::spans(std::int64_t at, int n) const {
  const absl::TimeZone zone = zone_of(rules_.zone);
  const absl::CivilDay day = absl::ToCivilDay(absl::FromUnixSeconds(at), zone) + n;
  std::vector<Span> spans;
  if (!rules_.holidays.contains(absl::FormatCivilTime(day))) {
    const auto weekday = static_cast<std::size_t>(absl::GetWeekday(day));  // Monday is 0
    for (const Opening& one : rules_.week.at(weekday)) {
      const absl::CivilMinute midnight(day);
      spans.push_back({instant(absl::CivilSecond(midnight + one.from), zone),
                       instant(absl::CivilSecond(midnight + one.to), zone)});
    }
  }
  return spans;
}

std::int64_t WorkingTime::due(std::int64_t received) const {
  return add(received, std::int64_t{rules_.answer_within_minutes} * 60);
}

std::int64_t WorkingTime::add(std::int64_t since, std::int64_t seconds) const {
  if (rules_.always_open()) return since + seconds;
  std::int64_t last = since;
  // The day before may leave a night shift.
  for (int n = -1; n <= kMostDays; ++n)
    for (const Span& span : spans(since, n)) {
      const std::int64_t from = std::max(span.from, since);
      if (span.to <= from) continue;
      if (span.to - from >= seconds) return from + seconds;
      seconds -= span.to - from;
      last = span.to;
    }
  return last;
}

std::int64_t WorkingTime::between(std::int64_t from, std::int64_t to) const {
  if (to <= from) return 0;
  if (rules_.always_open()) return to - from;
  std::int64_t seconds = 0;
  for (int n = -1; n <= kMostDays; ++n) {
    // A day that begins behind `to` has nothing more.
    if (n > 1 && from + std::int64_t{n - 1} * kMinutesPerDay * 60 > to) break;
    for (const Span& span : spans(from, n))
      seconds += std::max<std::int64_t>(0, std::min(span.to, to) - std::max(span.from, from));
  }
  return seconds;
}

bool WorkingTime::is_open(std::int64_t at) const {
  return opens(at) == at;
}

std::optional<std::int64_t> WorkingTime::opens(std::int64_t at) const {
  if (rules_.always_open()) return at;
  for (int n = -1; n <= kMostDays; ++n)
    for (const Span& span : spans(at, n))
      if (span.to > at) return std::max(span.from, at);
  return std::nullopt;
}

}  // namespace askus::hours
