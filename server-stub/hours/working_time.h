// Working time: a department's week, its holidays and its time zone, and how they count minutes.
// The zones are the system's (the package tzdata, by Abseil). Values are immutable and may be
// shared between threads.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "shared/base/result.h"

namespace askus::hours {

inline constexpr int kMinutesPerDay = 1'440;
// A department that never opens for so long keeps no promise that could be computed; what is due
// then is due at the end of them. Ten years.
inline constexpr int kMostDays = 3'660;
inline constexpr std::size_t kMaxHolidays = 1'000;

// From `from` to `to`, minutes of the day on which it begins. `to` may be up to kMinutesPerDay
// beyond that day: a night shift.
struct Opening {
  int from = 0, to = 0;
  bool operator==(const Opening&) const = default;
};

// "09:00-18:00", several parted by commas; "22:00-06:00" ends on the next day, "00:00-24:00" is a
// whole one. kMalformed: no such times, or none of them in order.
Result<std::vector<Opening>> parse_openings(std::string_view text);
// "mon", "mon-fri", "fri-mon", several parted by commas: which days of a week, Monday first.
Result<std::array<bool, 7>> parse_weekdays(std::string_view text);
// Whether the system knows that IANA name.
bool is_zone(const std::string& name);

struct Rules {
  // By weekday, Monday first. All empty: always open.
  std::array<std::vector<Opening>, 7> week;
  std::set<std::string> holidays;  // YYYY-MM-DD: nothing begins on them
  std::string zone = "UTC";
  std::uint32_t answer_within_minutes = 1'440;  // the promise, in working time

  bool always_open() const;
  // Everything that the times depend on, as one line.
  std::string text() const;
};

// Nothing of a day's openings may overlap, also with those that the day before leaves.
Status check(const Rules& rules);

// All times are Unix seconds. An opening begins and ends when the wall clock first shows its time;
// one that the clock skips is when it jumps. So an opening over a change of the clocks is an hour
// longer or shorter, as it is for who works in it.
class WorkingTime {
 public:
  // `rules` must have passed check() and name a zone that is_zone().
  explicit WorkingTime(Rules rules);

  // When what came then is due.
  std::int64_t due(std::int64_t received) const;
  // When so many seconds of working time have passed since then.
  std::int64_t add(std::int64_t since, std::int64_t seconds) const;
  // Seconds of working time in [from, to).
  std::int64_t between(std::int64_t from, std::int64_t to) const;
  bool is_open(std::int64_t at) const;
  // When it opens next, or `at` itself when it is open. Nothing: not within kMostDays.
  std::optional<std::int64_t> opens(std::int64_t at) const;

  const Rules& rules() const { return rules_; }

 private:
  struct Span {
    std::int64_t from, to;
  };
  // Of the day `n` days after the one on which `at` is there, in order.
  std::vector<Span> spans(std::int64_t at, int n) const;

  Rules rules_;
};

}  // namespace askus::hours
