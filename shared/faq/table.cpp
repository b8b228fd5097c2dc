#include "shared/faq/table.h"

#include <algorithm>
#include <array>

#include "shared/faq/formats.h"
#include "shared/faq/record.h"
#include "shared/faq/words.h"

namespace askus::faq {
namespace {

// What stands under a name of the first row. `more`: it goes on the cell of that column.
struct Heading {
  std::optional<Column> column;
  bool more = false;
};
using Header = std::vector<Heading>;

// "answer 2": the column whose text goes on here.
std::optional<Column> continued(std::string_view name) {
  name = trim(name);
  const std::size_t space = name.rfind(' ');
  if (space == std::string_view::npos) return {};
  const std::string_view number = name.substr(space + 1);
  if (number.empty() || number.find_first_not_of("0123456789") != std::string_view::npos) return {};
  return column_of(name.substr(0, space));
}

class HeaderReader {
 public:
  HeaderReader(Source& source, const Row& row) : source_(source), row_(row) {}
  Header read() {
    for (const std::string& cell : row_.cells) header_.push_back(heading(cell));
    for (const Column needed : {Column::kId, Column::kTitle, Column::kAnswer}) {
      if (!has(needed))
        report(
            Severity::kError, "missing-column", column_name(needed), "",
            "the first row names the columns; \"" + column_name(needed) + "\" is not among them");
    }
    return std::move(header_);
  }

 private:
  void report(Severity severity, std::string rule, std::string column, std::string_view found,
              std::string remedy) {
    source_.findings.push_back({severity, std::move(rule), source_.file, row_.line,
                                std::move(column), shorten(found), std::move(remedy)});
  }
  bool has(Column column) const {
    return std::any_of(header_.begin(), header_.end(),
                       [&](const Heading& heading) { return heading.column == column; });
  }
  Heading heading(const std::string& cell) {
    const auto column = column_of(cell);
    if (column && has(*column)) {
      report(Severity::kError, "repeated-column", column_name(*column), cell,
             "keep one column of this name");
      return {};
    }
    if (column) return {column, false};
    if (const auto more = continued(cell); more && has(*more)) return {more, true};
    if (!trim(cell).empty()) {
      const std::string like = nearest_column(cell);
      report(Severity::kWarning, "unknown-column", shorten(trim(cell)), trim(cell),
             like.empty() ? "it is not read; the columns are " + column_names()
                          : "it is not read; did you mean \"" + like + "\"?");
    }
    return {};
  }

  Source& source_;
  const Row& row_;
  Header header_;
};

bool is_blank(const Row& row) {
  return std::all_of(row.cells.begin(), row.cells.end(),
                     [](const std::string& cell) { return trim(cell).empty(); });
}

// Calls each(column, text) for the columns that the row has cells for.
template <typename Each>
void for_each_field(const Header& header, const Row& row, Each each) {
  const std::size_t known = std::min(header.size(), row.cells.size());
  for (std::size_t i = 0; i < known; ++i) {
    if (!header[i].column || header[i].more) continue;
    std::string text = row.cells[i];
    for (std::size_t j = i + 1; j < known; ++j) {
      if (header[j].more && header[j].column == header[i].column) text += row.cells[j];
    }
    each(*header[i].column, text);
  }
}

// Of cells behind the last column and cells that are not there.
void check_width(Record& record, const Header& header, const Row& row) {
  for (std::size_t i = header.size(); i < row.cells.size(); ++i) {
    if (trim(row.cells[i]).empty()) continue;
    record.report(Severity::kError, "extra-cell", "", row.cells[i],
                  "the row has more cells than the first one; put a text with a separator or a "
                  "line break in quotes");
    break;
  }
  if (row.cells.size() < header.size())
    record.report(Severity::kWarning, "missing-cells", "", row.cells.back(),
                  "the row has " + std::to_string(row.cells.size()) + " cells, the first one " +
                      std::to_string(header.size()) + "; put a text with a line break in quotes");
}

void read_row(Source& source, const Header& header, const Row& row) {
  if (is_blank(row)) return;  // spreadsheets export rows that were once used
  Record record(source, row.line);
  for_each_field(header, row, [&](Column column, const std::string& text) {
    if (!is_list(column) || !set_json_list(record, column, text)) record.set(column, text);
  });
  check_width(record, header, row);
  record.finish();
}

constexpr char kGuard = '\'';
constexpr std::array<std::string_view, 10> kFormulaStarts{
    "=", "+", "-", "@", "\t", "\r", "\uFF1D", "\uFF0B", "\uFF0D", "\uFF20"};

std::string_view behind_guards(std::string_view cell) {
  return cell.substr(std::min(cell.find_first_not_of(kGuard), cell.size()));
}

}  // namespace

void parse_table(Source& source, const Table& table) {
  if (table.empty()) return;
  const Header header = HeaderReader(source, table.front()).read();
  for (std::size_t i = 1; i < table.size(); ++i) read_row(source, header, table[i]);
}

std::string table_lines(Source& source, const Table& table) {
  if (table.empty()) return {};
  const Header header = HeaderReader(source, table.front()).read();
  std::string lines;
  for (std::size_t i = 1; i < table.size(); ++i) {
    if (is_blank(table[i])) continue;
    Record record(source, table[i].line);  // only for what check_width() says
    check_width(record, header, table[i]);
    std::vector<std::pair<std::string, std::string>> fields;
    for_each_field(header, table[i], [&](Column column, const std::string& text) {
      if (!text.empty()) fields.emplace_back(column_name(column), text);
    });
    lines += json_fields(fields) + "\n";
  }
  return lines;
}

bool looks_like_formula(std::string_view cell) {
  return std::any_of(kFormulaStarts.begin(), kFormulaStarts.end(),
                     [&](std::string_view start) { return cell.starts_with(start); });
}

std::string guard_cell(std::string_view cell) {
  const bool guarded = looks_like_formula(behind_guards(cell));
  return guarded ? kGuard + std::string(cell) : std::string(cell);
}

std::string_view read_guarded(std::string_view cell) {
  const bool guarded = cell.starts_with(kGuard) && looks_like_formula(behind_guards(cell));
  return guarded ? cell.substr(1) : cell;
}

}  // namespace askus::faq
