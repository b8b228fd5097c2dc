#include <string_view>

#include "server-stub/api/reports.h"

namespace askus::api {
namespace {

using store::Unit;

// OWASP's list of what begins a formula; a tab and a line end may hide one.
constexpr std::string_view kFormula = "=+-@\t\r\n";
constexpr std::string_view kQuoted = "\",;\r\n";

std::string cell(std::string text) {
  if (!text.empty() && kFormula.find(text[0]) != std::string_view::npos) text.insert(0, "'");
  if (text.find_first_of(kQuoted) == std::string::npos) return text;
  std::string quoted = "\"";
  for (const char c : text) quoted.append(c == '"' ? "\"\"" : std::string(1, c));
  return quoted + "\"";
}

std::string figure(const store::Figure& value, Unit unit, char point) {
  if (!value) return {};
  if (unit == Unit::kShare) return decimal_text(*value, 3, point);
  if (unit == Unit::kMoney) return decimal_text(*value, 2, point);
  return std::to_string(*value);
}

void end_line(std::string& csv) {
  csv.back() = '\r';  // in place of what parts the last cell from none
  csv += '\n';
}

}  // namespace

char decimal_point(std::string_view language) {
  const std::string_view main = language.substr(0, language.find('-'));
  return main == "uk" || main == "ru" ? ',' : '.';
}

std::string decimal_text(std::int64_t value, std::size_t digits, char point) {
  std::string text = std::to_string(value < 0 ? -value : value);
  if (text.size() <= digits) text.insert(0, digits + 1 - text.size(), '0');
  text.insert(text.size() - digits, 1, point);
  return (value < 0 ? "-" : "") + text;
}

std::string report_csv(const store::ReportTable& table, const std::vector<store::ReportRow>& rows,
                       const ReportNames& names, std::string_view language) {
  const char point = decimal_point(language), next = point == ',' ? ';' : ',';
  std::string csv = "\xEF\xBB\xBF";
  for (const std::string_view by : table.by) {
    csv.append(by) += next;
    if (names.contains(std::string(by))) csv.append(by).append("_name") += next;
  }
  for (const char* end : {"", "_before"})
    for (const store::ReportFigure& one : table.figures) csv.append(one.name).append(end) += next;
  end_line(csv);
  for (const store::ReportRow& row : rows) {
    for (std::size_t i = 0; i < table.by.size(); ++i) {
      csv += cell(row.of[i]) + next;
      const auto named = names.find(std::string(table.by[i]));
      if (named == names.end()) continue;
      const auto name = named->second.find(row.of[i]);
      csv += (name == named->second.end() ? "" : cell(name->second)) + next;
    }
    for (const auto* figures : {&row.now, &row.before})
      for (std::size_t i = 0; i < figures->size(); ++i)
        csv += figure((*figures)[i], table.figures[i].unit, point) + next;
    end_line(csv);
  }
  return csv;
}

}  // namespace askus::api
