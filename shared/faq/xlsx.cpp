#include "shared/faq/xlsx.h"

#include <algorithm>
#include <charconv>
#include <optional>
#include <pugixml.hpp>

#include "shared/faq/dates.h"
#include "shared/faq/words.h"
#include "shared/faq/xlsx_text.h"

namespace askus::faq {
namespace {

using pugi::xml_node;

constexpr std::string_view kWorkbook = "xl/workbook.xml";
constexpr std::string_view kRelations = "xl/_rels/workbook.xml.rels";
constexpr std::string_view kStyles = "xl/styles.xml";
constexpr std::string_view kStrings = "xl/sharedStrings.xml";
constexpr std::string_view kSheets = "xl/worksheets/";

// The name without its namespace: some programs write "x:row".
std::string_view local_name(const char* name) {
  const std::string_view whole(name);
  return whole.substr(whole.find(':') + 1);  // npos + 1 is 0
}

bool is(const xml_node& node, std::string_view name) {
  return local_name(node.name()) == name;
}

xml_node child(const xml_node& parent, std::string_view name) {
  return parent.find_child([&](const xml_node& node) { return is(node, name); });
}

std::string_view attribute(const xml_node& node, std::string_view name) {
  for (const pugi::xml_attribute& found : node.attributes()) {
    if (local_name(found.name()) == name) return found.value();
  }
  return {};
}

template <typename Number>
std::optional<Number> number_of(std::string_view text) {
  Number value{};
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (error != std::errc() || text.empty()) return {};
  return value;
}

// The text of <si> or <is>: its <t> and those of its runs, without phonetic ones.
std::string rich_text(const xml_node& node) {
  std::string text;
  for (const xml_node& part : node.children()) {
    if (is(part, "t")) text += part.text().get();
    if (is(part, "r")) text += child(part, "t").text().get();
  }
  return unescape_xlsx(text);
}

// The column of "AB12", from 0; nothing when it is none.
std::optional<std::uint32_t> column_of_reference(std::string_view reference) {
  std::uint32_t column = 0;
  std::size_t at = 0;
  for (; at < reference.size() && reference[at] >= 'A' && reference[at] <= 'Z' && at < 4; ++at)
    column = column * 26 + static_cast<std::uint32_t>(reference[at] - 'A') + 1;
  if (column == 0) return {};
  return column - 1;
}

class Workbook {
 public:
  Workbook(Source& source, const std::vector<Part>& parts) : source_(source), parts_(parts) {}
  Table read();

 private:
  void report(Severity severity, std::string rule, std::uint32_t row, std::string column,
              std::string_view found, std::string remedy) {
    source_.findings.push_back({severity, std::move(rule), source_.file, row, std::move(column),
                                shorten(found), std::move(remedy)});
  }
  bool load(std::string_view name, pugi::xml_document& document, bool needed);
  std::optional<std::string> first_sheet();
  bool read_strings();
  bool read_styles();
  bool read_row(const xml_node& node, std::uint32_t number);
  std::string text_of(const xml_node& cell, std::uint32_t row, std::uint32_t column);
  std::string number_or_date(const xml_node& cell, std::string_view value) const;

  Source& source_;
  const std::vector<Part>& parts_;
  std::vector<std::string> strings_;
  std::vector<bool> date_styles_;
  bool from_1904_ = false;
  Table table_;
};

// False when the part is broken, or missing though it is needed.
bool Workbook::load(std::string_view name, pugi::xml_document& document, bool needed) {
  const auto part = std::find_if(parts_.begin(), parts_.end(),
                                 [&](const Part& known) { return known.name == name; });
  if (part == parts_.end()) {
    if (needed)
      report(Severity::kError, "bad-xlsx", 0, "", name,
             "this is no workbook; save it as \"Excel workbook (.xlsx)\"");
    return !needed;
  }
  const auto parsed =
      document.load_buffer(part->bytes.data(), part->bytes.size(),
                           pugi::parse_default | pugi::parse_ws_pcdata, pugi::encoding_auto);
  if (parsed) return true;
  report(Severity::kError, "bad-xlsx", 0, "",
         std::string(name) + ", byte " + std::to_string(parsed.offset),
         "the workbook is damaged; open it in your spreadsheet and save it again");
  return false;
}

// The name of the first sheet's part.
std::optional<std::string> Workbook::first_sheet() {
  pugi::xml_document workbook, relations;
  if (!load(kWorkbook, workbook, true) || !load(kRelations, relations, true)) return {};
  const xml_node root = workbook.document_element();
  const std::string_view epoch = attribute(child(root, "workbookPr"), "date1904");
  from_1904_ = epoch == "1" || epoch == "true";
  std::string_view id;
  for (const xml_node& sheet : child(root, "sheets").children()) {
    if (!is(sheet, "sheet")) continue;
    if (id.empty())
      id = attribute(sheet, "id");
    else
      report(Severity::kWarning, "unknown-sheet", 0, "", attribute(sheet, "name"),
             "only the first sheet is read; move what belongs to the FAQ there");
  }
  for (const xml_node& relation : relations.document_element().children()) {
    if (id.empty() || attribute(relation, "Id") != id) continue;
    const std::string_view target = attribute(relation, "Target");
    if (target.starts_with('/')) return std::string(target.substr(1));
    return "xl/" + std::string(target);
  }
  report(Severity::kError, "bad-xlsx", 0, "", "", "the workbook has no sheet");
  return {};
}

bool Workbook::read_strings() {
  pugi::xml_document strings;
  if (!load(kStrings, strings, false)) return false;
  for (const xml_node& node : strings.document_element().children()) {
    if (is(node, "si")) strings_.push_back(rich_text(node));
  }
  return true;
}

bool Workbook::read_styles() {
  pugi::xml_document styles;
  if (!load(kStyles, styles, false)) return false;
  const xml_node root = styles.document_element();
  std::vector<std::uint32_t> own_dates;
  for (const xml_node& format : child(root, "numFmts").children()) {
    const auto id = number_of<std::uint32_t>(attribute(format, "numFmtId"));
    if (id && is_date_format(attribute(format, "formatCode"))) own_dates.push_back(*id);
  }
  for (const xml_node& style : child(root, "cellXfs").children()) {
    const auto id = number_of<std::uint32_t>(attribute(style, "numFmtId")).value_or(0);
    date_styles_.push_back(is_builtin_date_format(id) ||
                           std::find(own_dates.begin(), own_dates.end(), id) != own_dates.end());
  }
  return true;
}

std::string Workbook::number_or_date(const xml_node& cell, std::string_view value) const {
  const auto style = number_of<std::size_t>(attribute(cell, "s"));
  const bool date = style && *style < date_styles_.size() && date_styles_[*style];
  const auto serial = date ? number_of<std::uint32_t>(value.substr(0, value.find('.')))
                           : std::optional<std::uint32_t>();
  const auto days = serial ? days_of_serial(*serial, from_1904_) : std::optional<std::uint32_t>();
  return days ? format_date(*days) : std::string(value);
}

std::string Workbook::text_of(const xml_node& cell, std::uint32_t row, std::uint32_t column) {
  const std::string_view type = attribute(cell, "t");
  if (type == "inlineStr") return rich_text(child(cell, "is"));
  const std::string value = child(cell, "v").text().get();
  if (type == "s") {
    const auto index = number_of<std::size_t>(value);
    if (index && *index < strings_.size()) return strings_[*index];
    report(Severity::kError, "bad-xlsx", row, column_letters(column), value,
           "the cell's text is missing in the workbook; write it again");
    return {};
  }
  if (type == "e")
    report(Severity::kWarning, "formula-error", row, column_letters(column), value,
           "the formula in this cell has no result; write a text instead");
  if (type == "b") return value == "1" ? "TRUE" : "FALSE";
  if (type == "str" || type == "e") return unescape_xlsx(value);
  return number_or_date(cell, value);
}

// False when nothing further is to be read.
bool Workbook::read_row(const xml_node& node, std::uint32_t number) {
  if (number > kMaxSheetRows) {
    report(Severity::kError, "too-many", number, "", std::to_string(number),
           "at most " + std::to_string(kMaxSheetRows) + " rows; delete the empty ones at the end");
    return false;
  }
  Row row;
  row.line = number;
  std::uint32_t next = 0;
  for (const xml_node& cell : node.children()) {
    if (!is(cell, "c")) continue;
    const std::uint32_t column = column_of_reference(attribute(cell, "r")).value_or(next);
    next = column + 1;
    if (column >= kMaxSheetColumns) {
      if (text_of(cell, number, column).empty()) continue;
      report(Severity::kError, "too-many", number, column_letters(column), "",
             "at most " + std::to_string(kMaxSheetColumns) + " columns; delete the others");
      return false;
    }
    std::string text = text_of(cell, number, column);
    if (text.empty()) continue;
    if (row.cells.size() <= column) row.cells.resize(column + 1);
    row.cells[column] = std::move(text);
  }
  if (row.cells.empty()) return true;
  // Empty cells at a row's end are not stored: they are not missing.
  if (!table_.empty() && row.cells.size() < table_.front().cells.size())
    row.cells.resize(table_.front().cells.size());
  table_.push_back(std::move(row));
  return true;
}

Table Workbook::read() {
  const auto name = first_sheet();
  pugi::xml_document sheet;
  if (!name || !read_strings() || !read_styles() || !load(*name, sheet, true)) return {};
  std::uint32_t next = 1;
  for (const xml_node& node : child(sheet.document_element(), "sheetData").children()) {
    if (!is(node, "row")) continue;
    const std::uint32_t number = number_of<std::uint32_t>(attribute(node, "r")).value_or(next);
    if (!read_row(node, number)) break;
    next = number + 1;
  }
  if (table_.empty() && source_.findings.empty())
    report(Severity::kError, "empty-file", 0, "", "", "there is nothing in the first sheet");
  return std::move(table_);
}

}  // namespace

bool wanted_part(std::string_view name) {
  return name == kWorkbook || name == kRelations || name == kStyles || name == kStrings ||
         (name.starts_with(kSheets) && name.ends_with(".xml")) ||
         (name.starts_with("xl/") && name.ends_with(".xml") && name.find("sheet") != name.npos);
}

Table read_xlsx(Source& source, const std::vector<Part>& parts) {
  return Workbook(source, parts).read();
}

void parse_xlsx(Source& source, const std::vector<Part>& parts) {
  parse_table(source, read_xlsx(source, parts));
}

}  // namespace askus::faq
