#include "server-stub/api/handling.h"

#include "server-stub/api/answers.h"
#include "server-stub/api/fields.h"
#include "server-stub/api/live.h"
#include "server-stub/api/principal.h"
#include "server-stub/http/problem.h"
#include "server-stub/store/feed.h"
#include "server-stub/store/outgoing_way.h"
#include "server-stub/store/replies.h"
#include "shared/request/request.h"
#include "shared/request/uuid.h"

namespace askus::api {
namespace {

using account::Right;
using http::problem;
namespace problems = http::problems;
using RequestPtr = std::shared_ptr<const http::Request>;
using Need = Fields::Need;

constexpr std::size_t kMaxPersonId = 36;
constexpr std::string_view kOfSite = "SELECT 1 FROM requests WHERE id = $1 AND site = $2";

// How a change of a request ended; the windows are told at once.
store::Store::Done answer(App& app, const RequestPtr& request, const http::Reply& reply) {
  return [&app, id = request->id, reply](const store::Written& written) {
    if (written.outcome == store::Outcome::kStored) {
      app.live->poke();
      app.sender->poke();
    }
    if (written.outcome == store::Outcome::kStored || written.outcome == store::Outcome::kReplayed)
      return reply(no_content());
    if (written.outcome == store::Outcome::kRefused)
      return reply(problem(problems::kClaimed, "look at it again"));
    reply(failure_of(app, id, written.outcome, written.text));
  };
}

// Only a request of the site is changed: the path names both.
void change(App& app, const RequestPtr& request, const http::Reply& reply,
            std::function<store::Written(store::Session&)> work) {
  app.store->change(
      [id = request->args[1], site = request->args[0],
       work = std::move(work)](store::Session& session) -> store::Written {
        const Result<store::Rows> known = session.run(store::Query{kOfSite, {id, site}});
        if (!known.ok()) return {store::Outcome::kBusy, known.error().text};
        if (known->empty()) return {store::Outcome::kMissing, {}};
        return work(session);
      },
      answer(app, request, reply));
}

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
  change(app, request, reply, [id = request->args[1], a = std::move(a)](store::Session& session) {
    return store::assign(session, id, a);
  });
}

void post_reply(App& app, const RequestPtr& request, const http::Reply& reply) {
  Fields fields(*request);
  const Principal& who = principal_of(*request);
  store::Reply row;
  row.id = fields.text("id", 36);
  row.text = fields.text("text", request::kMaxDetails, Need::kRequired, Fields::Kind::kText);
  row.is_public = fields.flag("public", false);
  std::string way = fields.text("way", request::kMaxSmall, Need::kOptional);
  if (!way.empty() && way != store::ways::kHere && way != store::ways::kPrivate)
    fields.fail("way", "is not here or private");
  if (!row.id.empty() && !request::is_uuid7(row.id)) fields.fail("id", "is not a UUID version 7");
  if (auto refusal = fields.refusal()) return reply(std::move(*refusal));
  row.author = who.person.name;
  row.role = who.person.position;
  const std::int64_t now = app.clock();
  row.at = store::utc_text(now);
  row.actor = who.name;
  // What a program writes leaves the request in nobody's hand: it has none.
  row.claims = who.kind == Principal::Kind::kSession;
  row.going = app.sender->going(request->args[0]);
  row.going.way = std::move(way);
  row.going.now = now * 1'000;
  change(app, request, reply,
         [id = request->args[1], row = std::move(row)](store::Session& session) {
           return store::add_reply(session, id, row);
         });
}

void put_status(App& app, const RequestPtr& request, const http::Reply& reply) {
  Fields fields(*request);
  std::string status = fields.one_of(
      "status", {store::statuses::kInWork, store::statuses::kAnswered, store::statuses::kClosed});
  if (auto refusal = fields.refusal()) return reply(std::move(*refusal));
  const std::int64_t now = app.clock();
  change(app, request, reply,
         [id = request->args[1], status = std::move(status), now,
          actor = principal_of(*request).name](store::Session& session) {
           return store::set_status(session, id, status, now, store::utc_text(now), actor);
         });
}

bool has_category(const App& app, const std::string& site, const std::string& id) {
  const auto published = app.site(site)->snapshots->current();
  if (published == nullptr) return false;
  for (const snapshot::fb::Category* one : *published->snapshot.settings().categories())
    if (snapshot::view(one->id()) == id) return true;
  return false;
}

void put_category(App& app, const RequestPtr& request, const http::Reply& reply) {
  Fields fields(*request);
  std::string category = fields.text("category", request::kMaxSmall, Need::kOptional);
  if (!category.empty() && !has_category(app, request->args[0], category))
    fields.fail("category", "is not a category of this site");
  if (auto refusal = fields.refusal()) return reply(std::move(*refusal));
  change(app, request, reply,
         [id = request->args[1], category = std::move(category), at = store::utc_text(app.clock()),
          actor = principal_of(*request).name](store::Session& session) {
           return store::set_category(session, id, category, at, actor);
         });
}

void put_opening(App& app, const RequestPtr& request, const http::Reply& reply) {
  store::open_request(*app.store, request->args[0], request->args[1], principal_of(*request).name,
                      app.clock(), answer(app, request, reply));
}

void delete_opening(App& app, const RequestPtr& request, const http::Reply& reply) {
  store::leave_request(*app.store, request->args[0], request->args[1], principal_of(*request).name,
                       answer(app, request, reply));
}

// What a route of requests is asked for must be one.
std::optional<http::Response> admit_id(const http::Request& request) {
  if (request::is_uuid7(request.args.at(1))) return std::nullopt;
  return problem(problems::kNotFound, "no such request at this site");
}

}  // namespace

void add_handling_routes(App& app, http::Router& router) {
  using Work = void (*)(App&, const RequestPtr&, const http::Reply&);
  const auto add = [&](const char* method, const char* path, std::size_t body, Work work) {
    add_for_right(app, router, Right::kAnswer,
                  {method, std::string("/v1/sites/{site}/requests/{id}/") + path, body, admit_id,
                   [&app, work](const RequestPtr& request, const http::Reply& reply) {
                     work(app, request, reply);
                   }});
  };
  add("PUT", "assignee", kFieldsBody, put_assignee);
  add("POST", "replies", http::kRequestBody, post_reply);
  add("PUT", "status", kFieldsBody, put_status);
  add("PUT", "category", kFieldsBody, put_category);
  add("PUT", "opening", 0, put_opening);
  add("DELETE", "opening", 0, delete_opening);
}

}  // namespace askus::api
