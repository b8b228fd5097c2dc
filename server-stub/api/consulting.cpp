#include "server-stub/api/consulting.h"

#include <algorithm>
#include <nlohmann/json.hpp>

#include "server-stub/api/answers.h"
#include "server-stub/api/principal.h"
#include "server-stub/api/request_change.h"
#include "server-stub/http/problem.h"
#include "server-stub/store/consulting.h"
#include "server-stub/store/feed.h"
#include "server-stub/store/merging.h"
#include "shared/lexicon/builtin.h"
#include "shared/request/uuid.h"
#include "shared/studio/gaps.h"

namespace askus::api {
namespace {

using http::problem;
namespace problems = http::problems;
using nlohmann::json;

void post_consultation(App& app, const RequestPtr& request, const http::Reply& reply) {
  Fields fields(*request);
  store::Reply question = reply_of(app, *request, fields);
  std::string category = fields.text("category", request::kMaxSmall);
  if (!category.empty() && !has_category(app, request->args[0], category))
    fields.fail("category", "is not a category of this site");
  if (auto refusal = fields.refusal()) return reply(std::move(*refusal));
  change_request(
      app, request, reply,
      [id = request->args[1], question = std::move(question), category = std::move(category)](
          store::Session& session) { return store::consult(session, id, question, category); });
}

void post_advice(App& app, const RequestPtr& request, const http::Reply& reply) {
  Fields fields(*request);
  store::Reply advice = reply_of(app, *request, fields);
  if (auto refusal = fields.refusal()) return reply(std::move(*refusal));
  change_request(
      app, request, reply,
      [id = request->args[1], consultation = request->args[2], advice = std::move(advice)](
          store::Session& session) { return store::advise(session, id, consultation, advice); });
}

void put_merged(App& app, const RequestPtr& request, const http::Reply& reply) {
  Fields fields(*request);
  store::Merge merge;
  merge.into = request_id(fields, "into", Fields::Need::kOptional);
  if (merge.into == request->args[1]) fields.fail("into", "is the request itself");
  if (auto refusal = fields.refusal()) return reply(std::move(*refusal));
  merge.now = app.clock();
  merge.at = store::utc_text(merge.now);
  merge.actor = principal_of(*request).name;
  change_request(app, request, reply,
                 [id = request->args[1], merge = std::move(merge)](store::Session& session) {
                   return store::merge(session, id, merge);
                 });
}

json row_json(const store::OpenRequest& one) {
  return {{"id", one.id},
          {"number", one.number},
          {"title", one.title},
          {"name", one.name},
          {"status", one.status},
          {"assignee", one.assignee},
          {"created", one.created_at},
          {"channel", one.channel}};
}

// Those of the open requests whose title means the same as this one's, as the gaps are grouped.
json same_of(const store::StoredRequest& r, const std::vector<store::OpenRequest>& open) {
  std::vector<studio::GapQuestion> questions{{r.fields.title, r.fields.language, 0, 1}};
  std::vector<const store::OpenRequest*> rows{nullptr};
  for (const store::OpenRequest& one : open) {
    if (one.id == r.fields.id || one.title.empty()) continue;
    questions.push_back({one.title, one.language, 0, 1});
    rows.push_back(&one);
  }
  json same = json::array();
  for (const studio::GapGroup& group : studio::group_gaps(questions, lexicon::builtin()))
    if (std::find(group.questions.begin(), group.questions.end(), 0u) != group.questions.end())
      for (const std::uint32_t index : group.questions)
        if (index != 0) same.push_back(row_json(*rows[index]));
  return same;
}

void get_same(App& app, const RequestPtr& request, const http::Reply& reply) {
  with_request(app, request, reply, [&app, request, reply](const store::StoredRequest& r) {
    store::read_open(
        *app.store, request->args[0], kComparedRequests,
        [&app, reply, r](Result<std::vector<store::OpenRequest>> open) {
          if (!open.ok()) return reply(problem(problems::kBusy, "the store does not answer"));
          const bool taken = app.reading.push(
              [reply, r,
               open = std::make_shared<const std::vector<store::OpenRequest>>(std::move(*open))] {
                reply(json_response(200, same_of(r, *open)));
              });
          if (!taken) reply(problem(problems::kBusy, "too many readers wait"));
        });
  });
}

}  // namespace

void add_consulting_routes(App& app, http::Router& router) {
  add_request_route(app, router, "POST", "consultations", http::kRequestBody, post_consultation);
  add_request_route(app, router, "POST", "consultations/{note}/advice", http::kRequestBody,
                    post_advice);
  add_request_route(app, router, "PUT", "merged", kFieldsBody, put_merged);
  add_request_route(app, router, "GET", "same", 0, get_same);
}

}  // namespace askus::api
