#include "server-stub/store/reports.h"

#include <algorithm>
#include <array>
#include <memory>
#include <utility>

#include "shared/faq/dates.h"

namespace askus::store {
namespace {

// A statement as a session takes it: $1, $2, ... in the order in which the names first appear.
struct Prepared {
  std::string sql;
  std::vector<std::string_view> names;
};

bool is_letter(char c) {
  return c >= 'a' && c <= 'z';
}

Prepared prepared(std::string_view text) {
  Prepared result;
  for (std::size_t at = 0; at < text.size();) {
    if (text[at] != ':') {
      result.sql += text[at++];
      continue;
    }
    std::size_t end = at + 1;
    while (end < text.size() && is_letter(text[end])) ++end;
    const std::string_view name = text.substr(at + 1, end - at - 1);
    auto& names = result.names;
    auto found = std::find(names.begin(), names.end(), name);
    if (found == names.end()) found = names.insert(names.end(), name);
    result.sql += "$" + std::to_string(found - names.begin() + 1);
    at = end;
  }
  return result;
}

// By table of report_tables(); sessions keep statements by their text, which must live on.
const Prepared& prepared_of(const ReportTable& table) {
  static const std::vector<Prepared> kAll = [] {
    std::vector<Prepared> all;
    for (const ReportTable& one : report_tables()) all.push_back(prepared(one.sql));
    return all;
  }();
  return kAll[static_cast<std::size_t>(&table - report_tables().data())];
}

Value value_of(std::string_view name, const ReportQuestion& q, const Days& days) {
  if (name == "site") return q.site;
  if (name == "from") return days.from;
  if (name == "to") return days.to;
  if (name == "behind") return format_date(parse_date(days.to).value_or(0) + 1);
  if (name == "now") return q.now;
  return name == "call" ? q.call : q.writing;
}

Query query_of(const ReportTable& table, const ReportQuestion& q, const Days& days) {
  const Prepared& statement = prepared_of(table);
  Query query{statement.sql};
  for (const std::string_view name : statement.names)
    query.params.push_back(value_of(name, q, days));
  return query;
}

std::vector<Figure> none_of(const ReportTable& table) {
  std::vector<Figure> figures;
  for (const ReportFigure& one : table.figures)
    figures.push_back(one.unit == Unit::kCount ? Figure(0) : Figure());
  return figures;
}

void take(const ReportTable& table, const Rows& rows, std::vector<Figure> ReportRow::*into,
          std::map<std::vector<std::string>, ReportRow>& by_key) {
  for (const auto& columns : rows) {
    const auto keys = static_cast<std::ptrdiff_t>(table.by.size());
    const std::vector<std::string> key(columns.begin(), columns.begin() + keys);
    const auto behind_key = columns.begin() + std::max<std::ptrdiff_t>(keys, 1);
    ReportRow& row = by_key[key];
    if (row.now.empty()) row = {key, none_of(table), none_of(table)};
    std::vector<Figure>& figures = row.*into;
    std::size_t i = 0;
    for (auto column = behind_key; column != columns.end(); ++column, ++i)
      figures[i] = column->empty() ? Figure() : Figure(number_of(*column));
  }
}

// Days are never those of the period before.
bool has_before(const ReportTable& table) {
  return table.by.empty() || table.by[0] != "day";
}

Report report_of(const ReportQuestion& q, const std::vector<Rows>& rows) {
  Report report{days_before(q.days), {}};
  std::size_t at = 0;
  for (const ReportTable& table : tables_of(q.report)) {
    std::map<std::vector<std::string>, ReportRow> by_key;
    take(table, rows.at(at++), &ReportRow::now, by_key);
    if (has_before(table)) take(table, rows.at(at++), &ReportRow::before, by_key);
    std::vector<ReportRow>& list = report.tables.emplace_back();
    for (auto& [key, row] : by_key) list.push_back(std::move(row));
  }
  return report;
}

}  // namespace

Days days_before(const Days& days) {
  const auto from = parse_date(days.from).value_or(0), to = parse_date(days.to).value_or(0);
  const auto n = to - from + 1;
  return from < n ? days : Days{format_date(from - n), format_date(from - 1)};
}

void read_report(Store& store, const ReportQuestion& question,
                 std::function<void(Result<Report>)> done) {
  std::vector<Query> queries;
  for (const ReportTable& table : tables_of(question.report)) {
    queries.push_back(query_of(table, question, question.days));
    if (has_before(table)) queries.push_back(query_of(table, question, days_before(question.days)));
  }
  store.ask_long(std::move(queries), [question, done = std::move(done)](
                                         const Result<std::vector<Rows>>& rows) {
    done(rows.ok() ? Result<Report>(report_of(question, *rows)) : Result<Report>(rows.error()));
  });
}

}  // namespace askus::store
