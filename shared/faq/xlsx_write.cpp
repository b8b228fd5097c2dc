#include "shared/faq/xlsx.h"
#include "shared/faq/xlsx_text.h"

namespace askus::faq {
namespace {

constexpr std::string_view kHead = R"(<?xml version="1.0" encoding="UTF-8" standalone="yes"?>
)";
constexpr std::string_view kTypes =
    R"(<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Override PartName="/xl/workbook.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"/><Override PartName="/xl/worksheets/sheet1.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml"/><Override PartName="/xl/styles.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.styles+xml"/></Types>)";
constexpr std::string_view kRootRelations =
    R"(<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" Target="xl/workbook.xml"/></Relationships>)";
constexpr std::string_view kBook =
    R"(<workbook xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main" xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"><sheets><sheet name="faq" sheetId="1" r:id="rId1"/></sheets></workbook>)";
constexpr std::string_view kBookRelations =
    R"(<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/worksheet" Target="worksheets/sheet1.xml"/><Relationship Id="rId2" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/styles" Target="styles.xml"/></Relationships>)";
// Style 0: a text (format 49) that wraps, at the cell's top. 1: the same with the quote prefix, by
// which Excel keeps a text that looks like a formula a text when it is edited. 2: bold, of the
// head.
constexpr std::string_view kStyleSheet =
    R"(<styleSheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><fonts count="2"><font><sz val="11"/><name val="Calibri"/></font><font><b/><sz val="11"/><name val="Calibri"/></font></fonts><fills count="1"><fill><patternFill patternType="none"/></fill></fills><borders count="1"><border/></borders><cellStyleXfs count="1"><xf/></cellStyleXfs><cellXfs count="3"><xf numFmtId="49" applyNumberFormat="1" applyAlignment="1"><alignment vertical="top" wrapText="1"/></xf><xf numFmtId="49" quotePrefix="1" applyNumberFormat="1" applyAlignment="1"><alignment vertical="top" wrapText="1"/></xf><xf fontId="1" numFmtId="49" applyNumberFormat="1" applyFont="1"/></cellXfs></styleSheet>)";
constexpr std::string_view kSheetHead =
    R"(<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetViews><sheetView workbookViewId="0"><pane ySplit="1" topLeftCell="A2" activePane="bottomLeft" state="frozen"/></sheetView></sheetViews><cols><col min="1" max="400" width="28" customWidth="1"/></cols><sheetData>)";

void write_cell(std::string& out, const std::string& text, std::uint32_t column,
                std::uint32_t row) {
  if (text.empty()) return;
  const char* style = row == 1 ? R"( s="2")" : looks_like_formula(text) ? R"( s="1")" : "";
  out += "<c r=\"" + column_letters(column) + std::to_string(row) + "\"" + style +
         R"( t="inlineStr"><is><t xml:space="preserve">)" + escape_xlsx(text) + "</t></is></c>";
}

}  // namespace

std::vector<Part> write_xlsx(const Table& table) {
  std::string sheet = std::string(kHead).append(kSheetHead);
  std::uint32_t number = 0;
  for (const Row& row : table) {
    ++number;
    sheet += "<row r=\"" + std::to_string(number) + "\">";
    for (std::uint32_t i = 0; i < row.cells.size(); ++i) write_cell(sheet, row.cells[i], i, number);
    sheet += "</row>";
  }
  sheet += "</sheetData></worksheet>";
  const auto part = [](const char* name, std::string_view xml) {
    return Part{name, std::string(kHead).append(xml)};
  };
  std::vector<Part> parts{part("[Content_Types].xml", kTypes), part("_rels/.rels", kRootRelations),
                          part("xl/workbook.xml", kBook),
                          part("xl/_rels/workbook.xml.rels", kBookRelations),
                          part("xl/styles.xml", kStyleSheet)};
  parts.push_back({"xl/worksheets/sheet1.xml", std::move(sheet)});
  return parts;
}

}  // namespace askus::faq
