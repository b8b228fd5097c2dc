// Small conventions of workbooks: escapes of texts, dates as numbers, names of columns.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace askus::faq {

// "_x000A_" is a character by its UTF-16 number (ECMA-376, ST_Xstring).
std::string unescape_xlsx(std::string_view text);
// The text as XML, with what XML cannot hold and what would read as an escape escaped.
std::string escape_xlsx(std::string_view text);

// Whether a format of numbers, built in or of the workbook's own, shows a date.
bool is_builtin_date_format(std::uint32_t id);
bool is_date_format(std::string_view code);
// Days since 1970-01-01 of the day with that number; nothing before 1970.
std::optional<std::uint32_t> days_of_serial(std::uint32_t serial, bool from_1904);

// "A", ..., "AB", for the column counted from 0.
std::string column_letters(std::uint32_t column);

}  // namespace askus::faq
