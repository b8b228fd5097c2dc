#include "server-stub/api/departments.h"

#include <nlohmann/json.hpp>
#include <set>

#include "server-stub/api/answers.h"
#include "server-stub/api/principal.h"
#include "server-stub/http/problem.h"
#include "server-stub/store/response_times.h"

namespace askus::api {
namespace {

using http::problem;
namespace problems = http::problems;
using nlohmann::ordered_json;

// Whose questions they answer, and who may answer at all.
constexpr std::string_view kAnswering =
    "SELECT c.category, c.person FROM person_categories c JOIN memberships m"
    " ON m.site = c.site AND m.person = c.person WHERE c.site = $1 AND m.active = 1"
    " AND m.role IN ('staff', 'lead', 'administrator') ORDER BY c.category, c.person";

using People = std::map<std::string, std::vector<std::string>>;

std::string clock_text(int minutes) {
  const auto digits = [](int n) { return (n < 10 ? "0" : "") + std::to_string(n); };
  const int of_day = minutes > hours::kMinutesPerDay ? minutes - hours::kMinutesPerDay : minutes;
  return digits(of_day / 60) + ":" + digits(of_day % 60);
}

ordered_json hours_json(const hours::Rules& rules) {
  ordered_json week = ordered_json::array();
  for (const auto& day : rules.week) {
    ordered_json openings = ordered_json::array();
    for (const hours::Opening& one : day)
      openings.push_back(clock_text(one.from) + "-" + clock_text(one.to));
    week.push_back(std::move(openings));
  }
  return week;
}

ordered_json department_json(const std::string& category, const hours::WorkingTime& working,
                             std::int64_t now, const People& people,
                             const std::map<std::string, store::ResponseTimes>& times) {
  const hours::Rules& rules = working.rules();
  const auto opens = working.opens(now);
  ordered_json json{{"category", category},
                    {"time_zone", rules.zone},
                    {"hours", hours_json(rules)},
                    {"holidays", rules.holidays},
                    {"answer_within_minutes", rules.answer_within_minutes},
                    {"open", opens == now},
                    {"opens", opens ? store::utc_text(*opens) : std::string()}};
  const auto found = people.find(category);
  json["people"] = found == people.end() ? std::vector<std::string>() : found->second;
  json["measured"] = nullptr;
  if (const auto measured = times.find(category); measured != times.end())
    json["measured"] = {{"answered", measured->second.answered},
                        {"median", measured->second.median},
                        {"p75", measured->second.p75}};
  return json;
}

// Each department with hours of its own or somebody who answers for it, and last all else.
ordered_json departments_json(const Site& site, std::int64_t now, const People& people,
                              const std::map<std::string, store::ResponseTimes>& times) {
  ordered_json list = ordered_json::array();
  std::set<std::string> categories;
  for (const auto& [category, department] : site.config.departments) categories.insert(category);
  for (const auto& [category, ids] : people) categories.insert(category);
  if (const auto published = site.snapshots->current(); published != nullptr)
    for (const snapshot::fb::Category* one : *published->snapshot.settings().categories())
      categories.insert(std::string(snapshot::view(one->id())));
  for (const std::string& category : categories)
    list.push_back(department_json(category, site.promises->of(category), now, people, times));
  list.push_back(department_json("", site.promises->of(""), now, people, times));
  return list;
}

void get_departments(App& app, const RequestPtr& request, const http::Reply& reply) {
  const Site& site = *app.site(request->args[0]);
  app.store->ask({{kAnswering, {site.name}}}, [&app, &site, reply](
                                                  const Result<std::vector<store::Rows>>& rows) {
    if (!rows.ok()) return reply(problem(problems::kBusy, "the store does not answer"));
    People people;
    for (const auto& c : rows->front()) people[c[0]].push_back(c[1]);
    const std::int64_t now = app.clock();
    store::read_response_times(
        *app.store, site.name, store::utc_text(now - store::kMeasuredDays * 86'400),
        [&site, reply, now, people = std::move(people)](const auto& times) {
          if (!times.ok()) return reply(problem(problems::kBusy, "the store does not answer"));
          reply(json_response(200, departments_json(site, now, people, *times).dump()));
        });
  });
}

}  // namespace

void add_department_routes(App& app, http::Router& router) {
  add_site_route(app, router, account::Right::kAnswer, "GET", "departments", 0, get_departments);
}

}  // namespace askus::api
