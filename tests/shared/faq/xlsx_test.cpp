#include "shared/faq/xlsx.h"

#include "shared/faq/xlsx_text.h"
#include "tests/catch.h"
#include "tests/shared/faq/helpers.h"

using namespace askus::faq;

namespace {

const std::string kBook =
    R"(<workbook xmlns:r="r"><sheets><sheet name="FAQ" r:id="rId3"/></sheets></workbook>)";
const std::string kRelations =
    R"(<Relationships><Relationship Id="rId3" Target="worksheets/s.xml"/></Relationships>)";
const std::string kHead =
    R"(<row r="1"><c r="A1" t="inlineStr"><is><t>id</t></is></c><c r="B1" t="inlineStr"><is><t>lang</t></is></c><c r="C1" t="inlineStr"><is><t>title</t></is></c><c r="D1" t="inlineStr"><is><t>answer</t></is></c><c r="E1" t="inlineStr"><is><t>updated</t></is></c></row>)";

Source read(const std::string& rows, std::vector<Part> more = {}, const std::string& book = kBook) {
  std::vector<Part> parts{{"xl/workbook.xml", book},
                          {"xl/_rels/workbook.xml.rels", kRelations},
                          {"xl/worksheets/s.xml",
                           "<worksheet><sheetData>" + kHead + rows + "</sheetData></worksheet>"}};
  parts.insert(parts.end(), more.begin(), more.end());
  Source source;
  source.file = "f.xlsx";
  parse_xlsx(source, parts);
  return source;
}

}  // namespace

TEST_CASE("a sheet as spreadsheets store it") {
  const Source source = read(
      R"(<row r="4"><c r="A4" t="s"><v>0</v></c><c r="B4" t="s"><v>1</v></c><c r="C4" t="str"><f>A1&amp;"?"</f><v>How_x003F_</v></c><c r="D4"><v>1.5</v></c><c r="E4" s="1"><v>46173.25</v></c></row>)"
      R"(<row><c t="inlineStr"><is><t>b</t></is></c><c t="inlineStr"><is><t>en</t></is></c><c t="b"><v>1</v></c><c t="inlineStr"><is><r><t xml:space="preserve">two </t></r><r><t>runs</t></r><rPh><t>no</t></rPh></is></c><c s="2"><v>46173</v></c></row>)",
      {{"xl/sharedStrings.xml",
        "<x:sst xmlns:x=\"x\"><x:si><x:t>a</x:t></x:si><x:si><x:t>uk</x:t></x:si></x:sst>"},
       {"xl/styles.xml",
        R"(<styleSheet><numFmts><numFmt numFmtId="164" formatCode="dd\.mm\.yyyy"/></numFmts><cellXfs><xf numFmtId="0"/><xf numFmtId="14"/><xf numFmtId="164"/></cellXfs></styleSheet>)"}});
  CHECK(texts_of(source.findings).empty());
  REQUIRE(source.entries.size() == 2);
  const auto& first = source.entries[0];
  CHECK(first.row == 4);
  CHECK(first.version.language == "uk");
  CHECK(first.version.title == "How?");
  CHECK(first.version.answer == "1.5");
  CHECK(first.version.updated == 20604);  // 2026-05-31
  CHECK(source.entries[1].row == 5);
  CHECK(source.entries[1].version.title == "TRUE");
  CHECK(source.entries[1].version.answer == "two runs");
  CHECK(source.entries[1].version.updated == 20604);
}

TEST_CASE("what is wrong with a workbook is said with row and column") {
  struct Case {
    const char* name;
    std::string rows, text;
  };
  const Case c = GENERATE(
      Case{"text missing", R"(<row r="2"><c r="A2" t="s"><v>7</v></c></row>)",
           "f.xlsx:2: error [bad-xlsx] A: found \"7\""},
      Case{"formula error", R"(<row r="2"><c r="AB2" t="e"><v>#REF!</v></c></row>)",
           "f.xlsx:2: warning [formula-error] AB: found \"#REF!\""},
      Case{"too many rows", R"(<row r="250001"><c r="A9"><v>1</v></c></row>)",
           "f.xlsx:250001: error [too-many] found \"250001\"; at most 250000 rows"},
      Case{"too many columns", R"(<row r="3"><c r="XFD3"><v>1</v></c></row>)",
           "f.xlsx:3: error [too-many] XFD: at most 400 columns"},
      Case{"broken XML", "<row", "f.xlsx: error [bad-xlsx] found \"xl/worksheets/s.xml, byte"},
      Case{"id missing", R"(<row r="12"><c r="C12"><v>1</v></c></row>)",
           "f.xlsx:12: error [missing-id] id"});
  CAPTURE(c.name);
  const auto texts = texts_of(read(c.rows).findings);
  CAPTURE(texts);
  CHECK(std::any_of(texts.begin(), texts.end(),
                    [&](const std::string& text) { return text.starts_with(c.text); }));
}

TEST_CASE("entities of a document's own are not read") {
  std::string lol = "<!ENTITY a \"aaaaaaaaaa\">";
  for (char c = 'b'; c <= 'k'; ++c)
    lol += std::string("<!ENTITY ") + c + " \"&" + char(c - 1) + ";&" + char(c - 1) + ";\">";
  const std::string book =
      "<!DOCTYPE x [" + lol + "<!ENTITY f SYSTEM \"file:///etc/passwd\">]>" + kBook;
  const Source source = read(
      R"(<row r="2"><c r="A2" t="inlineStr"><is><t>&k;&f;</t></is></c><c r="B2" t="inlineStr"><is><t>en</t></is></c></row>)",
      {}, book);
  REQUIRE(source.entries.size() == 1);
  CHECK(source.entries[0].id == "&k;&f;");
}

TEST_CASE("further sheets are named, no sheet is an error") {
  auto texts = texts_of(
      read(
          "", {},
          R"(<workbook xmlns:r="r"><sheets><sheet name="FAQ" r:id="rId3"/><sheet name="Old" r:id="rId4"/></sheets></workbook>)")
          .findings);
  REQUIRE(texts.size() == 1);
  CHECK(texts[0].starts_with("f.xlsx: warning [unknown-sheet] found \"Old\""));
  texts = texts_of(read("", {}, "<workbook/>").findings);
  REQUIRE_FALSE(texts.empty());
  CHECK(texts[0].find("the workbook has no sheet") != std::string::npos);
  Source none;
  parse_xlsx(none, {});
  CHECK(none.findings.size() == 1);
}

TEST_CASE("conventions of workbooks") {
  CHECK(column_letters(0) == "A");
  CHECK(column_letters(25) == "Z");
  CHECK(column_letters(26) == "AA");
  CHECK(column_letters(16'383) == "XFD");
  CHECK(is_date_format("[$-409]d mmm yyyy"));
  CHECK_FALSE(is_date_format("0.00\" days\""));
  CHECK_FALSE(is_date_format("[red]0\\d"));
  CHECK(days_of_serial(25'569, false) == 0U);
  CHECK(days_of_serial(24'107, true) == 0U);
  CHECK_FALSE(days_of_serial(100, false));
  CHECK(unescape_xlsx("_xD83D_") == "_xD83D_");
  CHECK(unescape_xlsx("a_x0042_c_x005F_") == "aBc_");
}
