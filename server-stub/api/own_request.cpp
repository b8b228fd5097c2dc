#include "server-stub/api/own_request.h"

#include <nlohmann/json.hpp>

#include "server-stub/api/answers.h"
#include "server-stub/api/attachments.h"
#include "server-stub/api/auth.h"
#include "server-stub/api/guard.h"
#include "server-stub/http/problem.h"
#include "shared/request/json.h"
#include "shared/request/uuid.h"

namespace askus::api {
namespace {

using http::problem;
namespace problems = http::problems;
using nlohmann::json;

json reply_json(const store::Reply& reply) {
  return {{"id", reply.id},
          {"author", reply.author},
          {"role", reply.role},
          {"text", reply.text},
          {"at", reply.at}};
}

json status_json(const store::StoredRequest& r) {
  json replies = json::array();
  for (const store::Reply& reply : r.replies)
    if (reply.is_public) replies.push_back(reply_json(reply));
  return {{"id", r.fields.id},
          {"number", r.number},
          {"site", r.site},
          {"status", r.status},
          {"created", r.created_at},
          {"title", r.fields.title},
          {"details", r.fields.details},
          {"category", r.fields.category},
          {"attachments", attachments_json(r)},
          {"replies", std::move(replies)}};
}

// Everything: notes among staff too, which are about the visitor.
json export_json(const store::StoredRequest& r) {
  json replies = json::array(), history = json::array();
  for (const store::Reply& reply : r.replies) {
    replies.push_back(reply_json(reply));
    replies.back()["public"] = reply.is_public;
  }
  for (const store::Change& change : r.history)
    history.push_back({{"kind", change.kind}, {"at", change.at}});
  json all{{"site", r.site},
           {"number", r.number},
           {"status", r.status},
           {"created", r.created_at},
           {"attachments", attachments_json(r)},
           {"replies", std::move(replies)},
           {"history", std::move(history)},
           {"fields", json::parse(request::to_json(r.fields), nullptr, false)},
           {"tone", r.tone},
           {"tone_by", r.tone_by},
           {"watched", r.watched},
           {"tags", json::array()}};
  for (const auto& [tag, person] : r.tags) all["tags"].push_back(tag);
  if (!r.identity.user.empty())
    all["identity"] = {
        {"user", r.identity.user}, {"name", r.identity.name}, {"contact", r.identity.contact}};
  for (const store::Outgoing& one : r.deliveries)
    all["deliveries"].push_back({{"reply", one.reply},
                                 {"channel", one.channel},
                                 {"place", one.place},
                                 {"state", one.state}});
  const store::Source& source = r.source;
  if (!source.channel.empty())
    all["source"] = {{"channel", source.channel}, {"place", source.place},
                     {"group", source.group},     {"user", source.user},
                     {"thread", source.thread},   {"item", source.item},
                     {"link", source.link},       {"topics", source.topics}};
  return all;
}

std::string text_of(const json& value, int indent) {
  return value.dump(indent, ' ', false, json::error_handler_t::replace);
}

// Reads the request and answers with what `write` makes of it.
http::Handler on_request(App& app, http::Response (*write)(App&, const store::StoredRequest&)) {
  return [&app, write](const std::shared_ptr<const http::Request>& http_request,
                       const http::Reply& reply) {
    app.store->find_request(http_request->args[0], [&app, write, reply](const store::Found& found) {
      if (!found.ok()) return reply(problem(problems::kBusy, "the store does not answer"));
      if (!found->has_value()) return reply(problem(problems::kNotFound, "no such request"));
      if ((*found)->status == store::statuses::kErased)
        return reply(problem(problems::kErased, "nothing of it is kept but its number"));
      reply(write(app, **found));
    });
  };
}

http::Response show(App& app, const store::StoredRequest& r) {
  json status = status_json(r);
  const Site* site = app.site(r.site);
  const bool waits = r.status == store::statuses::kReceived || r.status == store::statuses::kInWork;
  if (waits && site != nullptr)
    status["promise"] = told_promise(app, *site, r.fields.category, r.fields.language);
  return json_response(200, text_of(status, -1));
}

http::Response export_whole(App& /*app*/, const store::StoredRequest& r) {
  const std::string name = "request-" + std::to_string(r.number) + ".json";
  return std::move(json_response(200, text_of(export_json(r), 1) + "\n")
                       .with("Content-Disposition", "attachment; filename=\"" + name + "\""));
}

void erase(App& app, const std::shared_ptr<const http::Request>& http_request,
           const http::Reply& reply) {
  app.store->erase_request(http_request->args[0], store::utc_text(app.clock()),
                           [&app, reply, log_id = http_request->id](const store::Written& written) {
                             if (written.outcome != store::Outcome::kStored &&
                                 written.outcome != store::Outcome::kReplayed)
                               return reply(failure_of(app, log_id, written.outcome, written.text));
                             reply(no_content());
                           });
}

}  // namespace

http::Admit for_token(const App& app) {
  return [&app](const http::Request& request) -> std::optional<http::Response> {
    const std::string& id = request.args.at(0);
    if (request::is_uuid7(id) && same_secret(bearer(request), request_token(app.secret, id)))
      return std::nullopt;
    return problem(problems::kUnauthorized, "the request's own token is needed");
  };
}

void add_own_request_routes(App& app, http::Router& router) {
  const std::string path = "/v1/requests/{id}";
  router.add({"GET", path, 0, for_token(app), on_request(app, show)});
  router.add({"GET", path + "/export", 0, for_token(app), on_request(app, export_whole)});
  // No page of another site, though it had the token: also not one that may send requests.
  router.add({"DELETE", path, 0,
              [&app, own = for_token(app)](const http::Request& request) {
                std::optional<http::Response> refusal = refuse_cross_site(app, request);
                return refusal ? refusal : own(request);
              },
              [&app](const auto& request, const auto& reply) { erase(app, request, reply); }});
}

}  // namespace askus::api
