// Reports: figures over some days of a site, each made by one statement that the database runs.
// docs/reports.md says what every figure means and has the same statements, for who wants to check.
#pragma once

#include <cstdint>
#include <functional>
#include <map>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "server-stub/store/counters.h"
#include "server-stub/store/store.h"

namespace askus::store {

enum class Unit : std::uint8_t {
  kCount,
  kShare,    // thousandths, to the nearest
  kSeconds,  // whole ones
  kMoney,    // hundredths of the site's currency
};

struct ReportFigure {
  std::string_view name;
  Unit unit = Unit::kCount;
};

// One table of a report. Its statement gives the columns `by` (where there are none, a single empty
// one), then one for each figure; what cannot be said (nothing to divide by) is NULL. It has the
// parameters :site, :from, :to (days), :behind (the day behind the last), :now (Unix seconds),
// :call and :writing (prices in hundredths).
struct ReportTable {
  std::string_view report, name;
  std::vector<std::string_view> by;  // empty: one row at most, of everything
  std::vector<ReportFigure> figures;
  std::string sql;
};

// All tables of all reports, those of a report behind each other. A table of topics has the 200
// with the most counts.
std::span<const ReportTable> report_tables();
// Those of one; empty: there is no such report.
std::span<const ReportTable> tables_of(std::string_view report);

struct ReportQuestion {
  std::string site, report;
  Days days;
  std::int64_t now = 0;                // Unix seconds
  std::int64_t call = 0, writing = 0;  // what an answer costs, hundredths
};

using Figure = std::optional<std::int64_t>;
struct ReportRow {
  std::vector<std::string> of;      // by `by`
  std::vector<Figure> now, before;  // by `figures`; `before`: of as many days before `days`
};
// By table as tables_of() has them, the rows in the order of `of`. A row that is there for one of
// the periods only has counts of 0 and no other figures for the other; so has every row by day.
struct Report {
  Days before;
  std::vector<std::vector<ReportRow>> tables;
};

// As many days just before; the same when there are none.
Days days_before(const Days& days);

void read_report(Store& store, const ReportQuestion& question,
                 std::function<void(Result<Report>)> done);

}  // namespace askus::store
