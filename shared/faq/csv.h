// Cells and rows of a CSV file (RFC 4180, as spreadsheets export it), by libcsv.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace askus::faq {

struct CsvRow {
  std::uint32_t line = 0;  // of the file, where the row starts, 1-based
  std::vector<std::string> cells;
};

// Quotes that break the format: the row that starts at `line` was not read, nor anything up to
// and with `last_line`.
struct CsvBreak {
  std::uint32_t line = 0, last_line = 0;
  std::size_t cell = 0;  // position in the row, from 0
  std::string text;      // what stands there
};

struct CsvFile {
  std::vector<CsvRow> rows;  // without blank lines
  std::vector<CsvBreak> breaks;
};

// The separator of the first row (comma, semicolon or tab): Excel's own "sep=;" line, else the one
// found most often outside quotes.
char guess_separator(std::string_view bytes);

// Any bytes. A byte order mark and a "sep=" line are skipped.
CsvFile read_csv(std::string_view bytes, char separator);

}  // namespace askus::faq
