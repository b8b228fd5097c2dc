// Any bytes as a workbook, as a sheet and as shared strings: findings and entries, never a crash;
// what was read is written and reads back the same.
#include <cstdint>
#include <string_view>

#include "server-stub/faq/zip.h"

namespace {

using namespace askus::faq;

const std::string kBook =
    R"(<workbook xmlns:r="r"><sheets><sheet name="FAQ" r:id="a"/></sheets></workbook>)";
const std::string kRelations =
    R"(<Relationships><Relationship Id="a" Target="worksheets/s.xml"/></Relationships>)";
const std::string kSheet =
    R"(<worksheet><sheetData><row><c t="s"><v>0</v></c><c t="s"><v>1</v></c></row></sheetData></worksheet>)";

void read(const std::vector<Part>& parts) {
  Source source;
  parse_xlsx(source, parts);
  std::vector<Entry> usable;
  for (Entry& entry : source.entries) {
    if (entry.usable) usable.push_back(std::move(entry));
  }
  Source again;
  parse_xlsx(again, write_xlsx(to_table(usable, kMaxCellUnits)));
  if (again.entries.size() != usable.size()) __builtin_trap();
  for (std::size_t i = 0; i < usable.size(); ++i) {
    if (again.entries[i].version != usable[i].version) __builtin_trap();
  }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string bytes(reinterpret_cast<const char*>(data), size);
  if (const auto parts = unzip(bytes)) read(*parts);
  const Part book{"xl/workbook.xml", kBook}, relations{"xl/_rels/workbook.xml.rels", kRelations};
  read({book, relations, {"xl/worksheets/s.xml", bytes}});
  read({book, relations, {"xl/worksheets/s.xml", kSheet}, {"xl/sharedStrings.xml", bytes}});
  return 0;
}
