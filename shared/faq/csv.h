// Cells and rows of a CSV file (RFC 4180, as spreadsheets export it), by libcsv.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "shared/faq/table.h"

namespace askus::faq {

// Quotes that break the format: the row that starts at `line` was not read, nor anything up to
// and with `last_line`.
struct CsvBreak {
  std::uint32_t line = 0, last_line = 0;
  std::size_t cell = 0;  // position in the row, from 0
  std::string text;      // what stands there
};

struct CsvFile {
  Table rows;  // without blank lines
  std::vector<CsvBreak> breaks;
};

// The separator of the first row (comma, semicolon or tab): Excel's own "sep=;" line, else the one
// found most often outside quotes.
char guess_separator(std::string_view bytes);

// Any bytes. A byte order mark and a "sep=" line are skipped.
CsvFile read_csv(std::string_view bytes, char separator);

// UTF-8 with byte order mark, so that Excel knows it; commas, CRLF, every cell in quotes and
// guarded (table.h).
std::string write_csv(const Table& table);

}  // namespace askus::faq
