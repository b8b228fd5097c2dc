// The parsers behind parse(): each appends entries and findings to the source.
#pragma once

#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "shared/faq/record.h"
#include "shared/faq/source.h"

namespace askus::faq {

// The rows of a CSV file without its guards; what breaks the format goes to the source's findings
// by report_breaks(), after those of the rows.
struct CsvFile;
CsvFile read_csv_table(std::string_view bytes);
void report_breaks(Source& source, const CsvFile& file);
void parse_csv(Source& source, std::string_view bytes);
void parse_json_file(Source& source, std::string_view bytes);
void parse_json_lines(Source& source, std::string_view bytes);

// A list column's cell that holds a JSON list, which can say what the plain form cannot: a phrasing
// with " | ", a tag with a comma, a comment of several lines. False when it is none; then nothing
// was read.
bool set_json_list(Record& record, Column column, std::string_view cell);
// A record's fields as one line of JSON. A list cell that holds a JSON list becomes that list.
std::string json_fields(const std::vector<std::pair<std::string, std::string>>& fields);
// That cell.
std::string json_list(const Entry& entry, Column column);

}  // namespace askus::faq
