// Working time against the system's own clock, minute by minute, and at the places where clocks
// jump.
#include "server-stub/hours/working_time.h"

#include <cstdlib>
#include <ctime>
#include <random>

#include "shared/faq/dates.h"
#include "tests/catch.h"

namespace {

using namespace askus;
using namespace askus::hours;

std::int64_t at(const char* time) {
  const auto seconds = parse_time(time);
  REQUIRE(seconds);
  return static_cast<std::int64_t>(*seconds);
}

std::string text(std::int64_t time) {
  return format_time(static_cast<std::uint64_t>(time));
}

std::vector<Opening> openings(const char* text) {
  auto parsed = parse_openings(text);
  INFO(text);
  REQUIRE(parsed.ok());
  return *parsed;
}

Rules rules(const std::vector<std::pair<const char*, const char*>>& week,
            const char* zone = "Europe/Kyiv", std::set<std::string> holidays = {}) {
  Rules made;
  made.zone = zone;
  made.holidays = std::move(holidays);
  for (const auto& [days, hours] : week) {
    const auto parsed = parse_weekdays(days);
    REQUIRE(parsed.ok());
    for (std::size_t day = 0; day < 7; ++day)
      if ((*parsed)[day]) made.week.at(day) = openings(hours);
  }
  REQUIRE(check(made).ok());
  return made;
}

// Whether it is open by the C library's wall clock, which knows nothing of spans.
bool open_by_wall_clock(const Rules& made, std::int64_t time) {
  const auto moment = static_cast<std::time_t>(time);
  std::tm wall{};
  localtime_r(&moment, &wall);
  const int minute = wall.tm_hour * 60 + wall.tm_min;
  for (const int days_before : {0, 1}) {
    std::tm begun{};
    begun.tm_year = wall.tm_year;
    begun.tm_mon = wall.tm_mon;
    begun.tm_mday = wall.tm_mday - days_before;
    begun.tm_hour = 12;
    begun.tm_isdst = -1;
    std::mktime(&begun);
    char day[16];
    std::strftime(day, sizeof day, "%Y-%m-%d", &begun);
    if (made.holidays.contains(day)) continue;
    const int shown = minute + days_before * kMinutesPerDay;
    for (const Opening& one : made.week.at(static_cast<std::size_t>((begun.tm_wday + 6) % 7)))
      if (shown >= one.from && shown < one.to) return true;
  }
  return false;
}

// The system's clock set to a zone for as long as this is there.
class Zone {
 public:
  explicit Zone(const std::string& name) {
    setenv("TZ", name.c_str(), 1);
    tzset();
  }
  ~Zone() {
    unsetenv("TZ");
    tzset();
  }
};

}  // namespace

TEST_CASE("hours and days as the configuration writes them") {
  CHECK(openings("09:00-18:00") == std::vector<Opening>{{540, 1080}});
  CHECK(openings("09:00-13:00, 14:00-18:00") == std::vector<Opening>{{540, 780}, {840, 1080}});
  CHECK(openings("22:00-06:00") == std::vector<Opening>{{1320, 1800}});
  CHECK(openings("00:00-24:00") == std::vector<Opening>{{0, 1440}});
  for (const char* wrong : {"", "9-18", "09:00", "09:00-09:00", "24:00-01:00", "09:60-10:00",
                            "25:00-26:00", "09:00-18:00,", "a9:00-10:00", "09:00–18:00"})
    CHECK(!parse_openings(wrong).ok());
  const auto days = [](const char* text) {
    std::string set;
    const auto parsed = parse_weekdays(text);
    if (!parsed.ok()) return std::string("wrong");
    for (const bool day : *parsed) set += day ? 'x' : '.';
    return set;
  };
  CHECK(days("mon-fri") == "xxxxx..");
  CHECK(days("fri-mon") == "x...xxx");
  CHECK(days("sat") == ".....x.");
  CHECK(days("mon, wed-thu") == "x.xx...");
  CHECK(days("mo") == "wrong");
  CHECK(days("mon-") == "wrong");
  CHECK(is_zone("Europe/Kyiv"));
  CHECK(!is_zone("Europe/Nowhere"));
  CHECK(!is_zone(""));
}

TEST_CASE("hours of a day may not overlap, nor with the night before") {
  Rules made;
  made.week[0] = openings("09:00-12:00,11:00-13:00");
  CHECK(!check(made).ok());
  made.week[0] = openings("22:00-06:00");
  made.week[1] = openings("05:00-08:00");
  CHECK(!check(made).ok());
  made.week[1] = openings("06:00-08:00");
  CHECK(check(made).ok());
  made.week[6] = openings("20:00-22:30");
  CHECK(check(made).ok());
  made.week[0] = openings("00:00-24:00");
  made.week[6] = openings("22:00-00:30");
  CHECK(!check(made).ok());
}

TEST_CASE("when something is due") {
  const Rules desk = [] {
    Rules made =
        rules({{"mon-fri", "09:00-18:00"}, {"sat", "10:00-14:00"}}, "Europe/Kyiv", {"2026-12-25"});
    made.answer_within_minutes = 120;
    return made;
  }();
  const WorkingTime working(desk);
  const auto due = [&](const char* received) { return text(working.due(at(received))); };
  // Kyiv is two hours ahead in winter, three in summer.
  CHECK(due("2026-12-01T08:00:00Z") == "2026-12-01T10:00:00Z");  // a Tuesday at ten
  CHECK(due("2026-12-01T14:00:00Z") == "2026-12-01T16:00:00Z");  // at its very end
  CHECK(due("2026-12-01T14:00:01Z") == "2026-12-02T07:00:01Z");
  CHECK(due("2026-12-01T03:00:00Z") == "2026-12-01T09:00:00Z");  // at night
  CHECK(due("2026-12-04T15:30:00Z") == "2026-12-05T09:30:00Z");  // Friday evening: Saturday
  CHECK(due("2026-12-05T11:00:00Z") == "2026-12-07T08:00:00Z");  // Saturday at one: Monday
  CHECK(due("2026-12-24T15:00:00Z") == "2026-12-26T09:00:00Z");  // Christmas is no day
  CHECK(due("2026-10-23T14:00:00Z") == "2026-10-24T08:00:00Z");  // summer time still
  CHECK(due("2026-10-25T10:00:00Z") == "2026-10-26T09:00:00Z");  // and not any more
  CHECK(working.is_open(at("2026-12-01T07:00:00Z")));
  CHECK(!working.is_open(at("2026-12-01T16:00:00Z")));
  CHECK(text(*working.opens(at("2026-12-04T16:00:00Z"))) == "2026-12-05T08:00:00Z");
  CHECK(text(*working.opens(at("2026-12-05T12:00:00Z"))) == "2026-12-07T07:00:00Z");
  CHECK(WorkingTime(Rules()).due(100) == 100 + 1'440 * 60);
  CHECK(*WorkingTime(Rules()).opens(100) == 100);
}

TEST_CASE(
    "clocks that jump: a night is an hour longer or shorter, what is skipped is at the jump") {
  const WorkingTime night(rules({{"mon-sun", "22:00-06:00"}}));
  // 2026-10-25, 04:00 is 03:00 again; 2026-03-29, 03:00 is 04:00.
  CHECK(night.between(at("2026-10-24T12:00:00Z"), at("2026-10-25T12:00:00Z")) == 9 * 3'600);
  CHECK(night.between(at("2026-03-28T12:00:00Z"), at("2026-03-29T12:00:00Z")) == 7 * 3'600);
  CHECK(night.between(at("2026-06-01T12:00:00Z"), at("2026-06-02T12:00:00Z")) == 8 * 3'600);
  const WorkingTime skipped(rules({{"mon-sun", "03:30-05:00"}}));
  CHECK(skipped.between(at("2026-03-28T12:00:00Z"), at("2026-03-29T12:00:00Z")) == 3'600);
  CHECK(text(*skipped.opens(at("2026-03-28T12:00:00Z"))) == "2026-03-29T01:00:00Z");
  const WorkingTime twice(rules({{"mon-sun", "02:00-03:30"}}));
  CHECK(twice.between(at("2026-10-24T12:00:00Z"), at("2026-10-25T12:00:00Z")) == 5'400);
  CHECK(!twice.is_open(at("2026-10-25T01:15:00Z")));  // 03:15 for the second time
}

TEST_CASE("who is never there keeps no promise, and nothing hangs") {
  Rules made = rules({{"mon", "09:00-10:00"}}, "UTC");
  for (std::uint32_t day = *parse_date("2026-01-05"); made.holidays.size() < 600; day += 7)
    made.holidays.insert(format_date(day));
  const WorkingTime working(made);
  CHECK(!working.opens(at("2026-01-01T00:00:00Z")));
  CHECK(working.due(at("2026-01-01T00:00:00Z")) == at("2026-01-01T00:00:00Z"));
}

TEST_CASE("working time is what the system's clock says it is, minute by minute") {
  const std::vector<Rules> all{
      rules({{"mon-fri", "09:00-18:00"}, {"sat", "10:00-14:00"}}, "Europe/Kyiv", {"2026-10-26"}),
      rules({{"mon-sun", "22:00-06:00"}}, "Europe/Kyiv", {"2026-10-24", "2026-03-28"}),
      rules({{"mon,wed", "00:00-24:00"}, {"thu", "09:00-12:00,13:00-23:59"}}, "America/New_York"),
      rules({{"fri-sun", "20:00-08:00"}}, "Australia/Lord_Howe"),
      rules({{"mon-fri", "08:00-12:30,13:15-17:00"}}, "Asia/Kathmandu", {"2026-03-30"}),
  };
  std::mt19937 random(7);
  for (const Rules& made : all) {
    const Zone zone(made.zone);
    const WorkingTime working(made);
    for (const char* around : {"2026-03-25T00:00:00Z", "2026-10-20T00:00:00Z"}) {
      // Ten days in which clocks change in each of these zones that does, but New York's in March.
      const std::int64_t first = at(around), minutes = 14'400;
      std::vector<std::int64_t> worked{0};  // up to each minute
      for (std::int64_t m = 0; m < minutes; ++m)
        worked.push_back(worked.back() + (open_by_wall_clock(made, first + m * 60) ? 60 : 0));
      for (int round = 0; round < 300; ++round) {
        const std::int64_t from = static_cast<std::int64_t>(random()) % minutes,
                           to = static_cast<std::int64_t>(random()) % minutes;
        INFO(made.zone + " " + text(first + from * 60) + " " + text(first + to * 60));
        const std::int64_t between = from < to ? worked[static_cast<std::size_t>(to)] -
                                                     worked[static_cast<std::size_t>(from)]
                                               : 0;
        CHECK(working.between(first + from * 60, first + to * 60) == between);
        CHECK(working.is_open(first + from * 60) == open_by_wall_clock(made, first + from * 60));
        // add() is the inverse: the first moment by which so much has been worked.
        if (between == 0) continue;
        const std::int64_t end = working.add(first + from * 60, between);
        CHECK(end <= first + to * 60);
        CHECK(working.between(first + from * 60, end) == between);
        CHECK(working.between(first + from * 60, end - 1) == between - 1);
      }
    }
  }
}
