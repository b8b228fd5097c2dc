#include "server-stub/api/proposals.h"

#include <nlohmann/json.hpp>

#include "server-stub/api/answers.h"
#include "server-stub/api/fields.h"
#include "server-stub/api/principal.h"
#include "server-stub/http/problem.h"
#include "shared/snapshot/limits.h"

namespace askus::api {
namespace {

using http::problem;
namespace problems = http::problems;
using nlohmann::ordered_json;

constexpr std::int64_t kSecondsPerDay = 86'400;
constexpr std::size_t kMaxTag = 35;  // of a language, BCP 47

void get_model(const App& app, const http::Reply& reply) {
  if (app.proposer == nullptr) return reply(no_content());
  reply(json_response(200, ordered_json{{"model", app.proposer->model()}}.dump()));
}

void post_topic(App& app, const http::Request& request, const http::Reply& reply) {
  if (app.proposer == nullptr)
    return reply(problem(problems::kNotFound, "no model is configured here"));
  const std::string& site = request.args[0];
  using Need = Fields::Need;
  using Kind = Fields::Kind;
  Fields fields(request);
  propose::Subject subject;
  subject.language = fields.text("language", kMaxTag);
  subject.title = fields.text("title", snapshot::kMaxTitle);
  subject.answer = fields.text("answer", snapshot::kMaxAnswer, Need::kOptional, Kind::kText);
  subject.phrasings = fields.list("phrasings", snapshot::kMaxPhrasings, snapshot::kMaxPhrasing);
  const std::uint64_t wanted = fields.number("wanted", 1, propose::kMostProposals);
  if (auto refusal = fields.refusal()) return reply(std::move(*refusal));
  if (!app.proposer->take(site, app.clock() / kSecondsPerDay))
    return reply(problem(problems::kRateLimited, "as often as the site may ask in a day"));
  app.log.event("propose",
                {{"id", request.id}, {"site", site}, {"publisher", principal_of(request).name}});
  const bool taken = app.proposer->ask(
      std::move(subject), static_cast<std::size_t>(wanted),
      [&app, reply, id = request.id](const Result<std::vector<std::string>>& proposals) {
        if (proposals.ok())
          return reply(json_response(
              200,
              ordered_json{{"model", app.proposer->model()}, {"phrasings", *proposals}}.dump()));
        app.log.event("model-failed", {{"id", id}, {"reason", proposals.error().text}});
        reply(problem(problems::kModelFailed, proposals.error().text));
      });
  if (!taken) reply(problem(problems::kBusy, "others are waiting for the model"));
}

}  // namespace

void add_proposal_routes(App& app, http::Router& router) {
  const std::string path = "/v1/sites/{site}/proposals";
  constexpr account::Right kPublish = account::Right::kPublish;
  add_for_right(app, router, kPublish,
                {"GET", path, 0, {}, [&app](const auto&, const http::Reply& reply) {
                   get_model(app, reply);
                 }});
  add_for_right(
      app, router, kPublish,
      {"POST", path, kProposalBody, {}, [&app](const auto& request, const http::Reply& reply) {
         post_topic(app, *request, reply);
       }});
}

}  // namespace askus::api
