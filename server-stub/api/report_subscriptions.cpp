#include "server-stub/api/report_subscriptions.h"

#include <algorithm>
#include <nlohmann/json.hpp>

#include "server-stub/api/answers.h"
#include "server-stub/api/fields.h"
#include "server-stub/api/principal.h"
#include "server-stub/http/problem.h"
#include "server-stub/store/subscriptions.h"

namespace askus::api {
namespace {

using http::problem;
namespace problems = http::problems;

// A key has no address.
std::optional<http::Response> refusal_of(const http::Request& request) {
  if (principal_of(request).person.id.empty())
    return problem(problems::kNotAllowed, "reports are sent to people, not to keys");
  return std::nullopt;
}

void get_subscriptions(App& app, const RequestPtr& request, const http::Reply& reply) {
  if (auto refusal = refusal_of(*request)) return reply(std::move(*refusal));
  store::read_subscriptions(
      *app.store, request->args[0], principal_of(*request).person.id,
      [reply, mail = app.mails_reports](const Result<std::vector<std::string>>& periods) {
        if (!periods.ok()) return reply(problem(problems::kBusy, "the store does not answer"));
        nlohmann::ordered_json json{{"mail", mail}};
        for (const std::string_view one : store::kReportPeriods)
          json[std::string(one)] =
              std::find(periods->begin(), periods->end(), one) != periods->end();
        reply(json_response(200, json.dump()));
      });
}

void put_subscriptions(App& app, const RequestPtr& request, const http::Reply& reply) {
  if (auto refusal = refusal_of(*request)) return reply(std::move(*refusal));
  Fields fields(*request);
  std::vector<std::string> periods;
  for (const std::string_view one : store::kReportPeriods)
    if (fields.flag(one, false)) periods.emplace_back(one);
  if (auto refusal = fields.refusal()) return reply(std::move(*refusal));
  app.store->change(
      [site = request->args[0], person = principal_of(*request).person.id,
       periods = std::move(periods), now = app.clock()](store::Session& session) {
        return store::set_subscriptions(session, site, person, periods, now);
      },
      [&app, id = request->id, reply](const store::Written& written) {
        if (written.outcome == store::Outcome::kStored) return reply(no_content());
        reply(failure_of(app, id, written.outcome, written.text));
      });
}

}  // namespace

void add_report_subscription_routes(App& app, http::Router& router) {
  const auto add = [&](const char* method, std::size_t body, Work work) {
    add_site_route(app, router, account::Right::kFigures, method, "report-subscriptions", body,
                   work);
  };
  add("GET", 0, get_subscriptions);
  add("PUT", kFieldsBody, put_subscriptions);
}

}  // namespace askus::api
