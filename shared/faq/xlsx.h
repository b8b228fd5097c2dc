// A spreadsheet's workbook (Office Open XML) as a table. What stands in the zip is read and written
// here, by pugixml; the zip itself is the platform's: minizip natively, the page's library in the
// browser.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "shared/faq/table.h"

namespace askus::faq {

// One file of the zip. Only those that wanted_part() names need be there.
struct Part {
  std::string name, bytes;
};
bool wanted_part(std::string_view name);

// What a workbook may hold; more is a finding with row and column. The zip's reader stops at
// kMaxPartBytes of unpacked bytes, all parts together.
inline constexpr std::size_t kMaxPartBytes = std::size_t{48} << 20;
inline constexpr std::size_t kMaxParts = 2'000;
inline constexpr std::uint32_t kMaxSheetRows = 250'000;
inline constexpr std::uint32_t kMaxSheetColumns = 400;
inline constexpr std::size_t kMaxCellUnits = 32'767;  // of UTF-16: Excel's own limit

// The first sheet of the workbook, as parse_table() takes it, and the same
// with the table's records as entries. Texts, numbers as they are stored,
// dates as 2026-05-31, a formula's last result. XML entities of a document's own are never read.
Table read_xlsx(Source& source, const std::vector<Part>& parts);
void parse_xlsx(Source& source, const std::vector<Part>& parts);

// The parts of a workbook with one sheet "faq", whose cells are all texts: nothing in it is
// calculated. The same table gives the same bytes.
std::vector<Part> write_xlsx(const Table& table);

}  // namespace askus::faq
