// Figures for who pays: GET /v1/sites/{site}/reports/{name}, as JSON and as CSV. docs/reports.md.
#pragma once

#include <map>
#include <nlohmann/json.hpp>
#include <string>
#include <string_view>

#include "server-stub/api/app.h"
#include "server-stub/store/reports.h"

namespace askus::api {

// Reports that are being made at once; over it 503. Each occupies the connection for long reads for
// as long as it takes.
inline constexpr std::size_t kReportsAtOnce = 4;

// What the ids in a report are called, by column ("category", "topic", "person"), then by id.
using ReportNames = std::map<std::string, std::map<std::string, std::string>>;

// The whole answer; docs/http-api.md has its form. `currency`: of the prices.
nlohmann::ordered_json report_json(const store::ReportQuestion& question,
                                   const store::Report& report, const ReportNames& names,
                                   const std::string& currency);

// One of its tables: RFC 4180, UTF-8 with a byte order mark, which spreadsheets need. A text that a
// spreadsheet would take for a formula has an apostrophe before it. Where numbers have a comma,
// cells are parted by semicolons: so does a spreadsheet program that is set to such a language.
std::string report_csv(const store::ReportTable& table, const std::vector<store::ReportRow>& rows,
                       const ReportNames& names, std::string_view language);

// What stands before a number's fraction: a comma in Ukrainian and Russian.
char decimal_point(std::string_view language);
// value / 10^digits, with so many digits behind the point: -1.50.
std::string decimal_text(std::int64_t value, std::size_t digits, char point);

void add_report_routes(App& app, http::Router& router);

}  // namespace askus::api
