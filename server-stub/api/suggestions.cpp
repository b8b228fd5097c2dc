#include "server-stub/api/suggestions.h"

#include <algorithm>
#include <nlohmann/json.hpp>

#include "server-stub/api/answers.h"
#include "server-stub/api/principal.h"
#include "server-stub/api/request_change.h"
#include "server-stub/api/told_askers.h"
#include "server-stub/api/without_contacts.h"
#include "server-stub/http/problem.h"
#include "server-stub/store/suggestions.h"
#include "shared/request/uuid.h"
#include "shared/snapshot/limits.h"

namespace askus::api {
namespace {

using http::problem;
namespace problems = http::problems;
using nlohmann::json;
using Need = Fields::Need;
using Kind = Fields::Kind;

constexpr std::size_t kIdBytes = 36;
// Bytes of a body with a topic: the answer and the rest of it, escaped.
constexpr std::size_t kTopicBody = 262'144;

// One line, as a title is.
std::string line_of(std::string text) {
  std::replace_if(
      text.begin(), text.end(), [](char c) { return c == '\n' || c == '\r'; }, ' ');
  return text;
}

// The request and the last public reply to it as a topic, without contacts and names.
json proposed_topic(const store::StoredRequest& r) {
  const auto last = std::find_if(r.replies.rbegin(), r.replies.rend(),
                                 [](const store::Reply& one) { return one.is_public; });
  Known known{
      r.fields.name + " " + r.identity.name, r.fields.contact + " " + r.identity.contact, {}};
  if (last != r.replies.rend()) known.author = last->author;
  const Cleaned title = without_contacts(line_of(r.fields.title), known);
  const Cleaned text = last == r.replies.rend() ? Cleaned{} : without_contacts(last->text, known);
  std::vector<std::string> removed = title.removed;
  for (const std::string& word : text.removed)
    if (std::find(removed.begin(), removed.end(), word) == removed.end()) removed.push_back(word);
  return {{"language", r.fields.language},
          {"category", r.fields.category},
          {"title", title.text},
          {"phrasing", title.text},
          {"text", text.text},
          {"removed", removed}};
}

void get_topic(App& app, const RequestPtr& request, const http::Reply& reply) {
  with_request(app, request, reply, [reply](const store::StoredRequest& r) {
    reply(json_response(200, proposed_topic(r)));
  });
}

void post_topic(App& app, const RequestPtr& request, const http::Reply& reply) {
  Fields fields(*request);
  const Principal& who = principal_of(*request);
  store::Suggestion s;
  s.id = request_id(fields, "id", Need::kRequired);
  s.kind = "topic";
  s.language = fields.text("language", request::kMaxSmall);
  s.category = fields.text("category", request::kMaxSmall, Need::kOptional);
  s.title = fields.text("title", snapshot::kMaxTitle);
  s.phrasing = fields.text("phrasing", snapshot::kMaxPhrasing, Need::kOptional);
  s.text = fields.text("text", request::kMaxDetails, Need::kRequired, Kind::kText);
  if (!s.category.empty() && !has_category(app, request->args[0], s.category))
    fields.fail("category", "is not a category of this site");
  store::Askers askers = fields.list("askers", store::kMostAskers, kIdBytes);
  if (std::any_of(askers.begin(), askers.end(),
                  [](const std::string& id) { return !request::is_uuid7(id); }))
    fields.fail("askers", "are ids of requests");
  if (auto refusal = fields.refusal()) return reply(std::move(*refusal));
  s.author = who.person.name;
  s.at = store::utc_text(app.clock());
  change_request(
      app, request, reply,
      [id = request->args[1], s = std::move(s), askers = std::move(askers), actor = who.name](
          store::Session& session) { return store::suggest_topic(session, id, s, askers, actor); });
}

void put_approval(App& app, const RequestPtr& request, const http::Reply& reply) {
  Fields fields(*request);
  store::Approval approval{
      fields.flag("approved", false), {}, principal_of(*request).name, app.clock()};
  if (auto refusal = fields.refusal()) return reply(std::move(*refusal));
  approval.at = store::utc_text(approval.now);
  change_request(app, request, reply,
                 [id = request->args[1], approval = std::move(approval)](store::Session& session) {
                   return store::judge_comment(session, id, approval);
                 });
}

void get_suggestions(App& app, const RequestPtr& request, const http::Reply& reply) {
  store::read_suggestions(*app.store, request->args[0],
                          [reply](const Result<std::vector<store::Suggestion>>& all) {
                            if (!all.ok())
                              return reply(problem(problems::kBusy, "the store does not answer"));
                            json list = json::array();
                            for (const store::Suggestion& s : *all)
                              list.push_back({{"id", s.id},
                                              {"kind", s.kind},
                                              {"language", s.language},
                                              {"topic", s.topic},
                                              {"category", s.category},
                                              {"title", s.title},
                                              {"phrasing", s.phrasing},
                                              {"text", s.text},
                                              {"author", s.author},
                                              {"at", s.at}});
                            reply(json_response(200, list));
                          });
}

void put_suggestion(App& app, const RequestPtr& request, const http::Reply& reply) {
  Fields fields(*request);
  std::string state = fields.one_of("state", {"open", "taken", "declined"});
  std::string topic = fields.text("topic", snapshot::kMaxId, Need::kOptional);
  if (auto refusal = fields.refusal()) return reply(std::move(*refusal));
  app.store->change(
      [site = request->args[0], id = request->args[1], state = std::move(state),
       topic = std::move(topic)](store::Session& session) {
        return store::settle_suggestion(session, site, id, state, topic);
      },
      [&app, request, reply](const store::Written& written) {
        if (written.outcome != store::Outcome::kStored)
          return reply(failure_of(app, request->id, written.outcome, written.text));
        // It may be published already: somebody else's draft had it.
        tell_askers(app, request->args[0]);
        reply(no_content());
      });
}

}  // namespace

void add_suggestion_routes(App& app, http::Router& router) {
  add_request_route(app, router, "GET", "topic", 0, get_topic);
  add_request_route(app, router, "POST", "topic", kTopicBody, post_topic);
  add_request_route(app, router, "PUT", "approval", kFieldsBody, put_approval);
  const auto add = [&](const char* method, const char* path, std::size_t body, Work work) {
    add_site_route(app, router, account::Right::kPublish, method, std::string("suggestions") + path,
                   body, work);
  };
  add("GET", "", 0, get_suggestions);
  add("PUT", "/{id}", kFieldsBody, put_suggestion);
}

}  // namespace askus::api
