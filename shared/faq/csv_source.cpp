#include "shared/faq/csv.h"
#include "shared/faq/formats.h"
#include "shared/faq/record.h"
#include "shared/faq/words.h"

namespace askus::faq {
namespace {

void report_break(Source& source, const Table& table, const CsvBreak& broken) {
  std::string column;
  if (!table.empty() && broken.cell < table.front().cells.size()) {
    if (const auto named = column_of(table.front().cells[broken.cell]))
      column = column_name(*named);
  }
  std::string remedy =
      "a cell with quotes inside is quoted as a whole, and each quote in it is doubled";
  if (broken.last_line > broken.line)
    remedy += "; lines " + std::to_string(broken.line) + " to " + std::to_string(broken.last_line) +
              " were not read";
  source.findings.push_back({Severity::kError, "bad-quoting", source.file, broken.line,
                             std::move(column), shorten(broken.text), std::move(remedy)});
}

}  // namespace

CsvFile read_csv_table(std::string_view bytes) {
  CsvFile file = read_csv(bytes, guess_separator(bytes));
  for (Row& row : file.rows) {
    for (std::string& cell : row.cells) {
      if (const auto read = read_guarded(cell); read.size() != cell.size()) cell.erase(0, 1);
    }
  }
  return file;
}

void report_breaks(Source& source, const CsvFile& file) {
  for (const CsvBreak& broken : file.breaks) report_break(source, file.rows, broken);
}

void parse_csv(Source& source, std::string_view bytes) {
  const CsvFile file = read_csv_table(bytes);
  parse_table(source, file.rows);
  report_breaks(source, file);
}

}  // namespace askus::faq
