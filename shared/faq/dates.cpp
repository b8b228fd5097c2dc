#include "shared/faq/dates.h"

#include <charconv>
#include <chrono>

namespace askus {
namespace {

constexpr std::uint64_t kMinute = 60, kHour = 3600, kDay = 86'400;  // in seconds
constexpr std::size_t kLocalTimeSize = 19;                          // YYYY-MM-DDThh:mm:ss
constexpr std::size_t kOffsetSize = 6;                              // +hh:mm

// The number that all `size` characters at `pos` spell.
std::optional<unsigned> digits(std::string_view text, std::size_t pos, std::size_t size) {
  const std::string_view part = text.substr(pos, size);
  unsigned value = 0;
  const auto [end, error] = std::from_chars(part.data(), part.data() + part.size(), value);
  if (error != std::errc() || end != part.data() + part.size() || part.size() != size) return {};
  return value;
}

std::optional<std::uint32_t> days_of(std::optional<unsigned> year, std::optional<unsigned> month,
                                     std::optional<unsigned> day) {
  if (!year || !month || !day || *year < 1970) return {};
  const std::chrono::year_month_day date{std::chrono::year(static_cast<int>(*year)),
                                         std::chrono::month(*month), std::chrono::day(*day)};
  if (!date.ok()) return {};
  return static_cast<std::uint32_t>(std::chrono::sys_days(date).time_since_epoch().count());
}

std::string padded(unsigned value, std::size_t width) {
  std::string text = std::to_string(value);
  return text.size() < width ? std::string(width - text.size(), '0') + text : text;
}

}  // namespace

std::optional<std::uint32_t> parse_date(std::string_view text) {
  if (text.size() != 10) return {};
  if (text[4] == '-' && text[7] == '-')
    return days_of(digits(text, 0, 4), digits(text, 5, 2), digits(text, 8, 2));
  if (text[2] == '.' && text[5] == '.')
    return days_of(digits(text, 6, 4), digits(text, 3, 2), digits(text, 0, 2));
  return {};
}

std::string format_date(std::uint32_t days) {
  const std::chrono::year_month_day date{
      std::chrono::sys_days(std::chrono::days(static_cast<int>(days)))};
  return padded(static_cast<unsigned>(static_cast<int>(date.year())), 4) + "-" +
         padded(static_cast<unsigned>(date.month()), 2) + "-" +
         padded(static_cast<unsigned>(date.day()), 2);
}

std::optional<std::uint64_t> parse_time(std::string_view text) {
  if (text.size() != kLocalTimeSize + 1 && text.size() != kLocalTimeSize + kOffsetSize) return {};
  if (text[4] != '-' || text[10] != 'T' || text[13] != ':' || text[16] != ':') return {};
  const auto days = parse_date(text.substr(0, 10));
  const auto hour = digits(text, 11, 2);
  const auto minute = digits(text, 14, 2);
  const auto second = digits(text, 17, 2);
  if (!days || !hour || !minute || !second || *hour > 23 || *minute > 59 || *second > 59) return {};
  const std::uint64_t local = *days * kDay + *hour * kHour + *minute * kMinute + *second;

  const std::string_view zone = text.substr(kLocalTimeSize);
  if (zone == "Z") return local;
  if (zone.size() != kOffsetSize || (zone[0] != '+' && zone[0] != '-') || zone[3] != ':') return {};
  const auto hours = digits(zone, 1, 2);
  const auto minutes = digits(zone, 4, 2);
  if (!hours || !minutes || *hours > 23 || *minutes > 59) return {};
  const std::uint64_t offset = *hours * kHour + *minutes * kMinute;
  if (zone[0] == '-') return local + offset;
  if (local < offset) return {};
  return local - offset;
}

std::string format_time(std::uint64_t seconds) {
  const auto second = static_cast<unsigned>(seconds % kDay);
  return format_date(static_cast<std::uint32_t>(seconds / kDay)) + "T" + padded(second / 3600, 2) +
         ":" + padded(second / 60 % 60, 2) + ":" + padded(second % 60, 2) + "Z";
}

}  // namespace askus
