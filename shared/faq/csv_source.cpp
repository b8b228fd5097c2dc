#include <algorithm>

#include "shared/faq/csv.h"
#include "shared/faq/formats.h"
#include "shared/faq/record.h"
#include "shared/faq/words.h"

namespace askus::faq {
namespace {

using Header = std::vector<std::optional<Column>>;

// The columns of the first row; what cannot be used is a finding.
Header read_header(Source& source, const CsvRow& row) {
  const auto report = [&](Severity severity, std::string rule, std::string column,
                          std::string_view found, std::string remedy) {
    source.findings.push_back({severity, std::move(rule), source.file, row.line, std::move(column),
                               shorten(found), std::move(remedy)});
  };
  Header header;
  for (const std::string& cell : row.cells) {
    std::optional<Column> column = column_of(cell);
    if (column && std::find(header.begin(), header.end(), column) != header.end()) {
      report(Severity::kError, "repeated-column", column_name(*column), cell,
             "keep one column of this name");
      column.reset();
    } else if (!column && !trim(cell).empty()) {
      const std::string like = nearest_column(cell);
      report(Severity::kWarning, "unknown-column", shorten(trim(cell)), trim(cell),
             like.empty() ? "it is not read; the columns are " + column_names()
                          : "it is not read; did you mean \"" + like + "\"?");
    }
    header.push_back(column);
  }
  for (const Column needed : {Column::kId, Column::kTitle, Column::kAnswer}) {
    if (std::find(header.begin(), header.end(), needed) == header.end())
      report(Severity::kError, "missing-column", column_name(needed), "",
             "the first row names the columns; \"" + column_name(needed) + "\" is not among them");
  }
  return header;
}

void read_row(Source& source, const Header& header, const CsvRow& row) {
  const bool blank = std::all_of(row.cells.begin(), row.cells.end(),
                                 [](const std::string& cell) { return trim(cell).empty(); });
  if (blank) return;  // spreadsheets export rows that were once used
  Record record(source, row.line);
  for (std::size_t i = 0; i < row.cells.size(); ++i) {
    if (i < header.size()) {
      if (header[i]) record.set(*header[i], row.cells[i]);
    } else if (!trim(row.cells[i]).empty()) {
      record.report(Severity::kError, "extra-cell", "", row.cells[i],
                    "the row has more cells than the first one; put a text with a separator or a "
                    "line break in quotes");
      break;
    }
  }
  if (row.cells.size() < header.size())
    record.report(Severity::kWarning, "missing-cells", "", row.cells.back(),
                  "the row has " + std::to_string(row.cells.size()) + " cells, the first one " +
                      std::to_string(header.size()) + "; put a text with a line break in quotes");
  record.finish();
}

void report_break(Source& source, const Header& header, const CsvBreak& broken) {
  const bool named = broken.cell < header.size() && header[broken.cell];
  std::string remedy =
      "a cell with quotes inside is quoted as a whole, and each quote in it is doubled";
  if (broken.last_line > broken.line)
    remedy += "; lines " + std::to_string(broken.line) + " to " + std::to_string(broken.last_line) +
              " were not read";
  source.findings.push_back({Severity::kError, "bad-quoting", source.file, broken.line,
                             named ? column_name(*header[broken.cell]) : std::string(),
                             shorten(broken.text), std::move(remedy)});
}

}  // namespace

void parse_csv(Source& source, std::string_view bytes) {
  const CsvFile file = read_csv(bytes, guess_separator(bytes));
  Header header;
  if (!file.rows.empty()) header = read_header(source, file.rows.front());
  for (std::size_t i = 1; i < file.rows.size(); ++i) read_row(source, header, file.rows[i]);
  for (const CsvBreak& broken : file.breaks) report_break(source, header, broken);
}

}  // namespace askus::faq
