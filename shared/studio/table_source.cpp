#include "shared/studio/table_source.h"

#include "shared/faq/csv.h"
#include "shared/faq/formats.h"
#include "shared/faq/import.h"
#include "shared/faq/json_parse.h"
#include "shared/faq/words.h"
#include "shared/studio/report.h"

namespace askus::studio {
namespace {

using nlohmann::json;

std::string csv_lines(faq::Source& source, std::string_view bytes) {
  const faq::CsvFile file = faq::read_csv_table(bytes);
  std::string lines = faq::table_lines(source, file.rows);
  faq::report_breaks(source, file);
  return lines;
}

// Each record on a line of its own, as it is. A file that is no list of records keeps what the
// parser says about it.
std::string json_lines(faq::Source& source, std::string_view bytes) {
  const faq::ParsedJson parsed = faq::parse_json(bytes);
  const json* list = &parsed.value;
  if (parsed.value.is_object() && parsed.value.contains("topics")) list = &parsed.value["topics"];
  if (parsed.error || !list->is_array()) {
    source.findings = faq::parse(source.file, bytes, faq::Format::kJson).findings;
    return {};
  }
  std::string lines;
  for (const json& record : *list) lines += dump(record) + "\n";
  return lines;
}

}  // namespace

std::string lines_of_file(faq::Source& source, std::string_view bytes,
                          const faq::HtmlReader& reader) {
  if (const auto origin = faq::guess_origin(bytes)) {
    faq::Source imported = faq::import(source.file, bytes, *origin, reader);
    source.findings = std::move(imported.findings);
    return faq::write_json_lines(imported.entries);
  }
  switch (faq::guess_format(source.file, bytes)) {
    case faq::Format::kCsv:
      return csv_lines(source, bytes);
    case faq::Format::kJson:
      return json_lines(source, bytes);
    case faq::Format::kJsonLines:
      break;
  }
  return std::string(bytes);
}

std::vector<faq::Entry> entries_of(const snapshot::Faq& faq) {
  std::vector<faq::Entry> entries;
  for (const snapshot::Topic& topic : faq.topics) {
    for (const snapshot::Version& version : topic.versions) {
      faq::Entry& entry = entries.emplace_back();
      entry.id = topic.id;
      entry.category = topic.category;
      entry.version = version;
    }
  }
  return entries;
}

}  // namespace askus::studio
