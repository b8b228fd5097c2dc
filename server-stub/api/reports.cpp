#include "server-stub/api/reports.h"

#include <algorithm>

#include "server-stub/api/answers.h"
#include "server-stub/api/days.h"
#include "server-stub/api/principal.h"
#include "server-stub/http/problem.h"

namespace askus::api {
namespace {

using http::problem;
namespace problems = http::problems;
using nlohmann::ordered_json;
using store::Unit;

constexpr std::string_view kPeople =
    "SELECT p.id, p.name FROM people p JOIN memberships m ON m.person = p.id WHERE m.site = $1";

constexpr std::string_view kTags = "SELECT id, titles FROM tags WHERE site = $1";

// A tag's title in a language, or in the first that it has.
std::string title_of(const std::string& titles, const std::string& language) {
  const auto json = ordered_json::parse(titles, nullptr, false);
  if (!json.is_object() || json.empty()) return {};
  const auto own = json.find(language);
  const ordered_json& title = own != json.end() ? *own : json.front();
  return title.is_string() ? title.get<std::string>() : std::string();
}

ordered_json figure_json(const store::Figure& value, Unit unit) {
  if (!value) return nullptr;
  if (unit == Unit::kShare) return static_cast<double>(*value) / 1'000;
  if (unit == Unit::kMoney) return static_cast<double>(*value) / 100;
  return *value;
}

ordered_json figures_json(const std::vector<store::Figure>& figures,
                          const store::ReportTable& table) {
  ordered_json list = ordered_json::array();
  for (std::size_t i = 0; i < figures.size(); ++i)
    list.push_back(figure_json(figures[i], table.figures[i].unit));
  return list;
}

std::string_view name_of(Unit unit) {
  switch (unit) {
    case Unit::kShare:
      return "share";
    case Unit::kSeconds:
      return "seconds";
    case Unit::kMoney:
      return "money";
    case Unit::kCount:
      break;
  }
  return "count";
}

// The snapshot's number of a language, or of its first.
std::int32_t language_of(const snapshot::Snapshot& s, const std::string& tag) {
  const auto& languages = *s.root().languages();
  for (std::uint32_t i = 0; i < languages.size(); ++i)
    if (snapshot::view(languages.Get(i)) == tag) return static_cast<std::int32_t>(i);
  return 0;
}

// Categories and topics as the published snapshot calls them.
ReportNames names_of(const Site& site, const std::string& language) {
  ReportNames names;
  auto& categories = names["category"];
  auto& topics = names["topic"];
  names["person"];
  names["tag"];
  const auto published = site.snapshots->current();
  if (published == nullptr) return names;
  const snapshot::Snapshot& s = published->snapshot;
  const std::int32_t at = language_of(s, language);
  for (const snapshot::fb::Category* one : *s.settings().categories())
    categories[std::string(snapshot::view(one->id()))] = s.text(*one->title(), at);
  for (std::uint32_t i = 0; i < s.topic_count(); ++i) {
    const snapshot::fb::Topic& topic = s.topic(i);
    for (const snapshot::fb::Version* version : *topic.versions()) {
      std::string& name = topics[std::string(snapshot::view(topic.id()))];
      if (name.empty() || version->language() == at) name = snapshot::view(version->title());
    }
  }
  return names;
}

const store::ReportTable* table_named(const std::string& report, const std::string& name) {
  const auto tables = store::tables_of(report);
  const auto found = std::find_if(tables.begin(), tables.end(),
                                  [&name](const auto& table) { return table.name == name; });
  return found == tables.end() ? nullptr : &*found;
}

http::Response csv_response(const store::ReportQuestion& q, const store::ReportTable& table,
                            const store::Report& report, const ReportNames& names,
                            const std::string& language) {
  const auto at = static_cast<std::size_t>(&table - store::tables_of(q.report).data());
  http::Response response =
      http::text_response(200, "text/csv; charset=utf-8; header=present",
                          report_csv(table, report.tables[at], names, language));
  const std::string file = q.site + "-" + q.report + "-" + std::string(table.name) + "-" +
                           q.days.from + "-" + q.days.to + ".csv";
  response.with("Cache-Control", "no-store")
      .with("Content-Disposition", "attachment; filename=\"" + file + "\"");
  return response;
}

void get_report(App& app, const RequestPtr& request, const http::Reply& reply) {
  const Site& site = *app.site(request->args[0]);
  const std::optional<store::Days> days = days_of(request->query);
  if (!days) return reply(bad_days());
  const std::string format = http::query_value(request->query, "format");
  const store::ReportTable* table = nullptr;
  if (format == "csv")
    table = table_named(request->args[1], http::query_value(request->query, "table"));
  if ((format == "csv") != (table != nullptr) ||
      (!format.empty() && format != "csv" && format != "json"))
    return reply(problem(problems::kBadQuery, "format is json, or csv with a table of the report"));
  const config::CostsConfig& costs = site.config.costs;
  store::ReportQuestion question{site.name,   request->args[1], *days,
                                 app.clock(), costs.call,       costs.writing};
  app.log.event("report", {{"id", request->id},
                           {"site", site.name},
                           {"report", question.report},
                           {"reader", principal_of(*request).name}});
  const std::string language = http::query_value(request->query, "lang");
  ReportNames names = names_of(site, language);
  app.store->ask(
      {{kPeople, {site.name}}, {kTags, {site.name}}},
      [&app, &site, reply, table, question = std::move(question), names = std::move(names),
       language](const Result<std::vector<store::Rows>>& named) mutable {
        if (!named.ok()) return reply(problem(problems::kBusy, "the store does not answer"));
        for (const auto& c : named->at(0)) names["person"][c[0]] = c[1];
        for (const auto& c : named->at(1)) names["tag"][c[0]] = title_of(c[1], language);
        store::read_report(
            *app.store, question,
            [&site, reply, table, question, language,
             names = std::move(names)](const Result<store::Report>& report) {
              if (!report.ok()) return reply(problem(problems::kBusy, "the store does not answer"));
              if (table != nullptr)
                return reply(csv_response(question, *table, *report, names, language));
              reply(json_response(
                  200, report_json(question, *report, names, site.config.costs.currency).dump()));
            });
      });
}

std::optional<http::Response> admit_report(const http::Request& request) {
  if (!store::tables_of(request.args.at(1)).empty()) return std::nullopt;
  return problem(problems::kNotFound, "there is no such report");
}

}  // namespace

ordered_json report_json(const store::ReportQuestion& q, const store::Report& report,
                         const ReportNames& names, const std::string& currency) {
  ordered_json json{{"site", q.site},
                    {"report", q.report},
                    {"from", q.days.from},
                    {"to", q.days.to},
                    {"before", {{"from", report.before.from}, {"to", report.before.to}}},
                    {"currency", currency}};
  ordered_json tables = ordered_json::array(), said = ordered_json::object();
  std::size_t at = 0;
  for (const store::ReportTable& table : store::tables_of(q.report)) {
    ordered_json figures = ordered_json::array(), rows = ordered_json::array();
    for (const store::ReportFigure& one : table.figures)
      figures.push_back({{"name", one.name}, {"unit", name_of(one.unit)}});
    for (const store::ReportRow& row : report.tables[at++]) {
      rows.push_back({{"of", row.of},
                      {"now", figures_json(row.now, table)},
                      {"before", figures_json(row.before, table)}});
      for (std::size_t i = 0; i < table.by.size(); ++i) {
        const auto named = names.find(std::string(table.by[i]));
        if (named == names.end()) continue;
        if (const auto name = named->second.find(row.of[i]); name != named->second.end())
          said[named->first][name->first] = name->second;
      }
    }
    tables.push_back({{"name", table.name},
                      {"by", table.by},
                      {"figures", std::move(figures)},
                      {"rows", std::move(rows)}});
  }
  json["names"] = std::move(said);
  json["tables"] = std::move(tables);
  return json;
}

void add_report_routes(App& app, http::Router& router) {
  add_for_right(app, router, account::Right::kFigures,
                {"GET", "/v1/sites/{site}/reports/{report}", 0, admit_report,
                 [&app](const RequestPtr& request, const http::Reply& reply) {
                   get_report(app, request, reply);
                 },
                 http::Slots::make(kReportsAtOnce)});
}

}  // namespace askus::api
