// A FAQ as a table of cells: what CSV and XLSX have in common. The first row names the columns.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "shared/faq/source.h"

namespace askus::faq {

struct Row {
  std::uint32_t line = 0;  // where the row starts, 1-based: a file's line or a sheet's row
  std::vector<std::string> cells;
};
using Table = std::vector<Row>;

// A text too long for one cell goes on in columns of the same name with a number: "answer",
// "answer 2", "answer 3". A cell that begins with the characters by which spreadsheets know a
// formula (guard_cell) has lost its guard before it comes here.
void parse_table(Source& source, const Table& table);

// The table's records as JSON Lines with the cells' own texts, unchecked, so that nothing is lost
// while it is being mended; what parse() then finds has the line of the record. What is wrong with
// the table itself (its head, cells without a column) is a finding of `source`.
std::string table_lines(Source& source, const Table& table);

// The entries as a table that parse_table() reads back as the same entries: every column that one
// of them uses, in the documented order. No cell has more than `limit` UTF-16 units (what
// spreadsheets count in); longer texts go on as above. 0: no limit.
Table to_table(const std::vector<Entry>& entries, std::size_t limit = 0);

// Spreadsheets take a CSV cell that begins with = + - @ (also full width), tab or CR for a formula
// and run it. guard_cell() puts an apostrophe before those, which read_guarded() takes away again:
// read_guarded(guard_cell(x)) == x for every x.
std::string guard_cell(std::string_view cell);
std::string_view read_guarded(std::string_view cell);
bool looks_like_formula(std::string_view cell);

}  // namespace askus::faq
