#include "server-stub/api/handling.h"

#include <algorithm>
#include <nlohmann/json.hpp>

#include "server-stub/api/answers.h"
#include "server-stub/api/principal.h"
#include "server-stub/api/request_change.h"
#include "server-stub/http/problem.h"
#include "server-stub/store/feed.h"
#include "server-stub/store/flags.h"
#include "server-stub/store/merging.h"
#include "server-stub/store/outgoing_way.h"
#include "server-stub/store/replies.h"
#include "server-stub/store/suggestions.h"
#include "shared/request/request.h"
#include "shared/request/uuid.h"

namespace askus::api {
namespace {

using account::Right;
using http::problem;
namespace problems = http::problems;
using Need = Fields::Need;

constexpr std::size_t kMaxPersonId = 36;

void put_assignee(App& app, const RequestPtr& request, const http::Reply& reply) {
  Fields fields(*request);
  const Principal& who = principal_of(*request);
  store::Assignment a{fields.text("from", kMaxPersonId, Need::kOptional),
                      fields.text("to", kMaxPersonId, Need::kOptional),
                      store::utc_text(app.clock()), who.name};
  if (auto refusal = fields.refusal()) return reply(std::move(*refusal));
  // One's own to take and to give back; other people's is for who may assign.
  const auto own = [&who](const std::string& person) {
    return person.empty() || person == who.name;
  };
  if (!(own(a.from) && own(a.to)) && !account::may(*who.role, Right::kAssign))
    return reply(problem(problems::kNotAllowed, "needs the right \"assign\" at this site"));
  change_request(app, request, reply,
                 [id = request->args[1], a = std::move(a)](store::Session& session) {
                   return store::assign(session, id, a);
                 });
}

// The others who asked the same get the same reply, each once, if it is in nobody else's hand.
// `refused`: those who did not get it.
store::Written reply_to_others(store::Session& session, const std::string& site,
                               const std::vector<std::string>& others, const store::Reply& reply,
                               std::vector<std::string>& refused) {
  for (const std::string& other : others) {
    store::Reply copy = reply;
    copy.id = store::copy_id(reply.id, other);
    copy.going.way.clear();  // each goes where its own talk goes
    store::Written written = at_site(session, site, other, [&other, &copy](store::Session& writer) {
      return store::add_reply(writer, other, copy);
    });
    if (written.outcome == store::Outcome::kStored || written.outcome == store::Outcome::kReplayed)
      continue;
    if (written.outcome != store::Outcome::kRefused &&
        written.outcome != store::Outcome::kMissing && written.outcome != store::Outcome::kErased)
      return written;  // the same again goes on
    refused.push_back(other);
  }
  return {store::Outcome::kStored, {}};
}

void post_reply(App& app, const RequestPtr& request, const http::Reply& reply) {
  Fields fields(*request);
  store::Reply row = reply_of(app, *request, fields);
  row.is_public = fields.flag("public", false);
  std::string way = fields.text("way", request::kMaxSmall, Need::kOptional);
  if (!way.empty() && way != store::ways::kHere && way != store::ways::kPrivate)
    fields.fail("way", "is not here or private");
  std::vector<std::string> also = fields.list("also", store::kMostAskers, kMaxPersonId);
  if (std::any_of(also.begin(), also.end(),
                  [](const std::string& id) { return !request::is_uuid7(id); }))
    fields.fail("also", "are ids of requests");
  if (!also.empty() && !row.is_public) fields.fail("also", "get a public reply only");
  if (auto refusal = fields.refusal()) return reply(std::move(*refusal));
  row.going = app.sender->going(request->args[0]);
  row.going.way = std::move(way);
  row.going.now = app.clock() * 1'000;
  if (also.empty())
    return change_request(app, request, reply,
                          [id = request->args[1], row = std::move(row)](store::Session& session) {
                            return store::add_reply(session, id, row);
                          });
  const auto refused = std::make_shared<std::vector<std::string>>();
  change_request(
      app, request,
      [reply, refused](http::Response response) {
        if (response.status != 204) return reply(std::move(response));
        reply(json_response(200, nlohmann::json{{"refused", *refused}}.dump()));
      },
      [site = request->args[0], id = request->args[1], row = std::move(row), also = std::move(also),
       refused](store::Session& session) {
        refused->clear();
        const store::Written first = store::add_reply(session, id, row);
        const bool is_stored =
            first.outcome == store::Outcome::kStored || first.outcome == store::Outcome::kReplayed;
        return is_stored ? reply_to_others(session, site, also, row, *refused) : first;
      });
}

void put_status(App& app, const RequestPtr& request, const http::Reply& reply) {
  Fields fields(*request);
  std::string status = fields.one_of(
      "status", {store::statuses::kInWork, store::statuses::kAnswered, store::statuses::kClosed});
  if (auto refusal = fields.refusal()) return reply(std::move(*refusal));
  const std::int64_t now = app.clock();
  change_request(app, request, reply,
                 [id = request->args[1], status = std::move(status), now,
                  actor = principal_of(*request).name](store::Session& session) {
                   return store::set_status(session, id, status, now, store::utc_text(now), actor);
                 });
}

void put_category(App& app, const RequestPtr& request, const http::Reply& reply) {
  Fields fields(*request);
  std::string category = fields.text("category", request::kMaxSmall, Need::kOptional);
  if (!category.empty() && !has_category(app, request->args[0], category))
    fields.fail("category", "is not a category of this site");
  if (auto refusal = fields.refusal()) return reply(std::move(*refusal));
  change_request(app, request, reply,
                 [id = request->args[1], category = std::move(category),
                  at = store::utc_text(app.clock()), actor = principal_of(*request).name,
                  &promises = *app.site(request->args[0])->promises](store::Session& session) {
                   return store::set_category(session, id, category, at, actor, promises.due());
                 });
}

// What the caller marks it with for themselves.
void put_flags(App& app, const RequestPtr& request, const http::Reply& reply) {
  Fields fields(*request);
  std::string flag = fields.one_of("flag", {store::flags::kStarred, store::flags::kDone});
  const bool is_set = fields.flag("set", true);
  if (auto refusal = fields.refusal()) return reply(std::move(*refusal));
  app.store->change(
      [site = request->args[0], id = request->args[1], flag = std::move(flag), is_set,
       person = principal_of(*request).name](store::Session& session) {
        return store::set_flag(session, site, id, person, flag, is_set);
      },
      change_answer(app, request, reply));
}

void put_opening(App& app, const RequestPtr& request, const http::Reply& reply) {
  store::open_request(*app.store, request->args[0], request->args[1], principal_of(*request).name,
                      app.clock(), change_answer(app, request, reply));
}

void delete_opening(App& app, const RequestPtr& request, const http::Reply& reply) {
  store::leave_request(*app.store, request->args[0], request->args[1], principal_of(*request).name,
                       change_answer(app, request, reply));
}

}  // namespace

void add_handling_routes(App& app, http::Router& router) {
  const auto add = [&](const char* method, const char* path, std::size_t body, Work work,
                       Right right = Right::kAnswer) {
    add_request_route(app, router, method, path, body, work, right);
  };
  add("PUT", "assignee", kFieldsBody, put_assignee);
  add("POST", "replies", http::kRequestBody, post_reply, Right::kReply);
  add("PUT", "status", kFieldsBody, put_status, Right::kReply);
  add("PUT", "category", kFieldsBody, put_category, Right::kReply);
  add("PUT", "flags", kFieldsBody, put_flags);
  add("PUT", "opening", 0, put_opening);
  add("DELETE", "opening", 0, delete_opening);
}

}  // namespace askus::api
