// Every figure of every report over a made-up quarter, on both backends, and the statements that
// docs/reports.md shows.
#include "server-stub/store/reports.h"

#include <fstream>
#include <set>
#include <sstream>

#include "server-stub/store/awaited.h"
#include "tests/catch.h"
#include "tests/server-stub/store/place.h"
#include "tests/server-stub/store/quarter.h"

namespace {

using namespace askus;
using namespace askus::store;
using testing::Backend;
using testing::kQuarter;
using testing::Place;
using testing::Quarter;

Report report(Store& store, const std::string& name, const Days& days) {
  const ReportQuestion question{
      "demo", name, days, testing::kQuarterNow, testing::kQuarterCall, testing::kQuarterWriting};
  const auto read =
      awaited<Result<Report>>([&](auto done) { read_report(store, question, std::move(done)); });
  INFO((read.ok() ? "" : read.error().text));
  REQUIRE(read.ok());
  return *read;
}

std::string text_of(const std::vector<Figure>& figures) {
  std::string text;
  for (const Figure& one : figures) text += (one ? std::to_string(*one) : "-") + " ";
  return text;
}

std::string text_of(const std::vector<std::string>& of, const std::vector<Figure>& figures) {
  std::string text;
  for (const std::string& one : of) text += "[" + one + "] ";
  return text + text_of(figures);
}

// As lines, for a message that shows the whole difference.
std::string lines_of(const Quarter::Rows& rows) {
  std::string text;
  for (const auto& [of, figures] : rows) text += text_of(of, figures) + "\n";
  return text;
}

// The rows of one period alone: those of the other have counts of 0 there.
std::string lines_of(const std::vector<ReportRow>& rows, std::vector<Figure> ReportRow::*period,
                     const Quarter::Rows& truth) {
  std::string text;
  for (const ReportRow& row : rows) {
    bool none = true;
    for (const Figure& one : row.*period) none = none && one.value_or(0) == 0;
    if (none && !truth.contains(row.of)) continue;
    text += text_of(row.of, row.*period) + "\n";
  }
  return text;
}

constexpr std::string_view kWith = ", with ", kFor = " for ";

// With `value` wherever the word stands.
std::string with_word(std::string sql, const std::string& word, const std::string& value) {
  const auto is_letter = [&sql](std::size_t at) {
    return at < sql.size() && (std::isalnum(static_cast<unsigned char>(sql[at])) || sql[at] == '_');
  };
  for (std::size_t at = sql.find(word); at != std::string::npos; at = sql.find(word, at)) {
    if (is_letter(at + word.size()) || (at > 0 && is_letter(at - 1))) {
      at += word.size();
      continue;
    }
    sql.replace(at, word.size(), value);
    at += value.size();
  }
  return sql;
}

// The statements of docs/reports.md by "report: table". A block begins with lines such as
// "-- found: channels" and "-- found: totals, with '' for channel".
std::map<std::string, std::string> documented() {
  std::ifstream file("docs/reports.md");
  REQUIRE(file.good());
  std::map<std::string, std::string> statements;
  std::vector<std::string> heads;
  std::string sql;
  bool inside = false;
  for (std::string line; std::getline(file, line);) {
    if (!inside) {
      inside = line == "```sql";
      continue;
    }
    if (line.starts_with("-- ")) {
      heads.push_back(line.substr(3));
    } else if (line != "```") {
      sql += line + "\n";
    } else {
      for (const std::string& head : heads) {
        const std::size_t with = head.find(kWith), instead = head.find(kFor);
        REQUIRE((with == std::string::npos) == (instead == std::string::npos));
        statements[head.substr(0, with)] =
            with == std::string::npos
                ? sql
                : with_word(sql, head.substr(instead + kFor.size()),
                            head.substr(with + kWith.size(), instead - with - kWith.size()));
      }
      heads.clear();
      sql.clear();
      inside = false;
    }
  }
  return statements;
}

// With the values in it, as somebody at the database's own prompt would write them.
std::string filled_in(std::string sql) {
  const std::pair<const char*, std::string> values[] = {
      {":site", "'demo'"},
      {":from", "'" + kQuarter.from + "'"},
      {":to", "'" + kQuarter.to + "'"},
      {":behind", "'2027-01-01'"},
      {":now", std::to_string(testing::kQuarterNow)},
      {":call", std::to_string(testing::kQuarterCall)},
      {":writing", std::to_string(testing::kQuarterWriting)}};
  for (const auto& [name, value] : values) sql = with_word(std::move(sql), name, value);
  return sql;
}

void check_documented(const Place& place, const ReportTable& table, const std::string& sql,
                      const Quarter::Rows& truth) {
  const auto session = place.session();
  const std::string text = filled_in(sql);
  const auto rows = session->run(Query{text});
  INFO((rows.ok() ? "" : rows.error().text));
  REQUIRE(rows.ok());
  Quarter::Rows got;
  const std::size_t skipped = std::max<std::size_t>(1, table.by.size());
  for (const auto& columns : *rows) {
    std::vector<Figure>& figures =
        got[{columns.begin(), columns.begin() + static_cast<std::ptrdiff_t>(table.by.size())}];
    for (std::size_t i = skipped; i < columns.size(); ++i)
      figures.push_back(columns[i].empty() ? Figure() : Figure(number_of(columns[i])));
  }
  CHECK(lines_of(got) == lines_of(truth));
}

}  // namespace

TEST_CASE("every figure of every report is exact over a quarter that is known") {
  const Place place(GENERATE(Backend::kSqlite, Backend::kPostgres));
  auto store = place.open();
  const Quarter quarter = Quarter::fill(*store);
  const std::map<std::string, std::string> statements = documented();
  std::size_t checked = 0;
  std::set<std::string> reports;
  for (const ReportTable& table : report_tables()) reports.insert(std::string(table.report));
  for (const std::string& name : reports) {
    const Report read = report(*store, name, kQuarter);
    CHECK(read.before.from == "2026-07-01");
    CHECK(read.before.to == "2026-09-30");
    REQUIRE(read.tables.size() == tables_of(name).size());
    for (std::size_t i = 0; i < read.tables.size(); ++i) {
      const ReportTable& table = tables_of(name)[i];
      const std::string table_name(table.name);
      INFO(name + ": " + table_name);
      const Quarter::Rows now = quarter.rows(name, table_name, kQuarter);
      // Days have none before them.
      const Quarter::Rows before =
          table_name == "days" ? Quarter::Rows() : quarter.rows(name, table_name, read.before);
      CHECK(!now.empty());
      CHECK(lines_of(read.tables[i], &ReportRow::now, now) == lines_of(now));
      CHECK(lines_of(read.tables[i], &ReportRow::before, before) == lines_of(before));
      REQUIRE(statements.contains(name + ": " + table_name));
      CHECK(statements.at(name + ": " + table_name) == table.sql + "\n");
      check_documented(place, table, statements.at(name + ": " + table_name), now);
      ++checked;
    }
  }
  CHECK(checked == report_tables().size());
  CHECK(statements.size() == checked);
}

TEST_CASE("a report of days on which nothing happened has no rows") {
  const Place place(GENERATE(Backend::kSqlite, Backend::kPostgres));
  auto store = place.open();
  for (const ReportTable& table : report_tables())
    for (const auto& rows : report(*store, std::string(table.report), kQuarter).tables)
      CHECK(rows.empty());
}

TEST_CASE("the period before has as many days, and none before there were any") {
  CHECK(days_before({"2026-03-01", "2026-03-01"}).from == "2026-02-28");
  CHECK(days_before({"2026-03-01", "2026-03-31"}).from == "2026-01-29");
  CHECK(days_before({"2026-03-01", "2026-03-31"}).to == "2026-02-28");
  CHECK(days_before({"1970-01-02", "1970-01-05"}).from == "1970-01-02");
}
