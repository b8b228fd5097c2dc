#include "widget/flow/times.h"

#include <chrono>
#include <string_view>

namespace askus::flow {

namespace {

void append_number(std::string& text, std::uint32_t number, std::size_t digits) {
  const std::size_t begin = text.size();
  text.resize(begin + digits, '0');
  for (std::size_t i = begin + digits; i-- > begin; number /= 10) {
    text[i] = static_cast<char>('0' + number % 10);
  }
}

constexpr std::uint32_t kLastDay = 2'932'896;  // 9999-12-31: years have four digits
constexpr double kDayMs = 86'400'000;

}  // namespace

std::string iso_date(std::uint32_t days) {
  const std::chrono::days since(days < kLastDay ? days : kLastDay);
  const std::chrono::year_month_day date{std::chrono::sys_days(since)};
  std::string text;
  append_number(text, static_cast<std::uint32_t>(static_cast<int>(date.year())), 4);
  text.push_back('-');
  append_number(text, static_cast<unsigned>(date.month()), 2);
  text.push_back('-');
  append_number(text, static_cast<unsigned>(date.day()), 2);
  return text;
}

std::string iso_time(double unix_ms) {
  if (!(unix_ms >= 0 && unix_ms < kDayMs * kLastDay)) unix_ms = 0;
  const auto seconds = static_cast<std::uint64_t>(unix_ms / 1000);
  const auto second_of_day = static_cast<std::uint32_t>(seconds % 86'400);
  std::string text = iso_date(static_cast<std::uint32_t>(seconds / 86'400));
  text.push_back('T');
  append_number(text, second_of_day / 3600, 2);
  text.push_back(':');
  append_number(text, second_of_day / 60 % 60, 2);
  text.push_back(':');
  append_number(text, second_of_day % 60, 2);
  text.push_back('Z');
  return text;
}

}  // namespace askus::flow
