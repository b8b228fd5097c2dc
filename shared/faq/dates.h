// Dates and times of the source formats and the manifest. Proleptic Gregorian calendar, UTC.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace askus {

// Days since 1970-01-01 of "2026-05-31" or "31.05.2026"; nothing for any other text, for days that
// do not exist, and for years outside 1970 to 9999.
std::optional<std::uint32_t> parse_date(std::string_view text);

// "2026-05-31".
std::string format_date(std::uint32_t days);

// Unix seconds of an RFC 3339 time ("2026-05-31T08:00:00Z", "...+03:00") without fractions.
std::optional<std::uint64_t> parse_time(std::string_view text);

// "2026-05-31T08:00:00Z". `seconds` must lie before the year 10000.
std::string format_time(std::uint64_t seconds);

}  // namespace askus
