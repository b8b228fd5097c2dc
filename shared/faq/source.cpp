#include "shared/faq/source.h"

#include <algorithm>

#include "shared/faq/formats.h"
#include "shared/faq/words.h"
#include "shared/text/utf8.h"

namespace askus::faq {
namespace {

bool has_mark_of_utf16(std::string_view bytes) {
  return bytes.starts_with("\xFF\xFE") || bytes.starts_with("\xFE\xFF");
}

Finding whole_file(std::string_view file, std::string rule, std::string remedy) {
  return {Severity::kError, std::move(rule), std::string(file), 0, "", "", std::move(remedy)};
}

}  // namespace

std::string to_text(const Finding& finding) {
  std::string text = finding.file;
  if (finding.row > 0) text += ":" + std::to_string(finding.row);
  text += finding.severity == Severity::kError ? ": error [" : ": warning [";
  text += finding.rule + "] ";
  if (!finding.column.empty()) text += finding.column + ": ";
  if (!finding.found.empty()) text += "found \"" + finding.found + "\"; ";
  return text + finding.remedy;
}

Format guess_format(std::string_view file, std::string_view bytes) {
  const std::string name = lower(file);
  if (name.ends_with(".csv") || name.ends_with(".tsv")) return Format::kCsv;
  if (name.ends_with(".jsonl") || name.ends_with(".ndjson")) return Format::kJsonLines;
  if (name.ends_with(".json")) return Format::kJson;
  const std::string_view text = trim(bytes);
  if (text.starts_with('[')) return Format::kJson;
  if (!text.starts_with('{')) return Format::kCsv;
  const std::string_view first = trim(text.substr(0, text.find('\n')));
  return first.ends_with('}') ? Format::kJsonLines : Format::kJson;
}

Source parse(std::string_view file, std::string_view bytes, Format format) {
  Source source;
  source.file = std::string(file);
  if (has_mark_of_utf16(bytes)) {
    source.findings.push_back(whole_file(
        file, "bad-utf8", "the file is UTF-16; save it as UTF-8 (in Excel: \"CSV UTF-8\")"));
  } else if (trim(bytes).empty()) {
    source.findings.push_back(whole_file(file, "empty-file", "there is nothing in the file"));
  } else if (format == Format::kCsv) {
    parse_csv(source, bytes);
  } else if (format == Format::kJson) {
    parse_json_file(source, bytes);
  } else {
    parse_json_lines(source, bytes);
  }
  return source;
}

}  // namespace askus::faq
