#include "server-stub/api/request_change.h"

#include "server-stub/api/answers.h"
#include "server-stub/api/live.h"
#include "server-stub/api/principal.h"
#include "server-stub/http/problem.h"
#include "shared/request/uuid.h"

namespace askus::api {
namespace {

using http::problem;
namespace problems = http::problems;

constexpr std::string_view kOfSite = "SELECT 1 FROM requests WHERE id = $1 AND site = $2";
constexpr std::size_t kIdBytes = 36;

// What a route of requests is asked for must be one.
std::optional<http::Response> admit_id(const http::Request& request) {
  if (request::is_uuid7(request.args.at(1))) return std::nullopt;
  return problem(problems::kNotFound, "no such request at this site");
}

}  // namespace

void add_request_route(App& app, http::Router& router, const char* method, const char* path,
                       std::size_t body, Work work, account::Right right) {
  add_site_route(app, router, right, method, std::string("requests/{id}/") + path, body, work,
                 admit_id);
}

store::Store::Done change_answer(App& app, const RequestPtr& request, const http::Reply& reply) {
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

store::Written at_site(store::Session& session, const std::string& site, const std::string& request,
                       const std::function<store::Written(store::Session&)>& work) {
  const Result<store::Rows> known = session.run(store::Query{kOfSite, {request, site}});
  if (!known.ok()) return {store::Outcome::kBusy, known.error().text};
  return known->empty() ? store::Written{store::Outcome::kMissing, {}} : work(session);
}

void change_request(App& app, const RequestPtr& request, const http::Reply& reply,
                    std::function<store::Written(store::Session&)> work) {
  app.store->change([id = request->args[1], site = request->args[0], work = std::move(work)](
                        store::Session& session) { return at_site(session, site, id, work); },
                    change_answer(app, request, reply));
}

void with_request(App& app, const RequestPtr& request, const http::Reply& reply,
                  std::function<void(const store::StoredRequest&)> done) {
  app.store->find_request(request->args[1], [site = request->args[0], reply,
                                             done = std::move(done)](const store::Found& found) {
    if (!found.ok()) return reply(problem(problems::kBusy, "the store does not answer"));
    if (!found->has_value() || (*found)->site != site)
      return reply(problem(problems::kNotFound, "no such request at this site"));
    if ((*found)->status == store::statuses::kErased)
      return reply(problem(problems::kErased, "nothing of it is kept but its number"));
    done(**found);
  });
}

store::Reply reply_of(App& app, const http::Request& request, Fields& fields) {
  const Principal& who = principal_of(request);
  store::Reply row;
  row.id = request_id(fields, "id", Fields::Need::kRequired);
  row.text =
      fields.text("text", request::kMaxDetails, Fields::Need::kRequired, Fields::Kind::kText);
  row.author = who.person.name;
  row.role = who.person.position;
  row.at = store::utc_text(app.clock());
  row.actor = who.name;
  // What a program writes leaves the request in nobody's hand: it has none.
  row.claims = who.kind == Principal::Kind::kSession;
  return row;
}

std::string request_id(Fields& fields, std::string_view name, Fields::Need need) {
  std::string id = fields.text(name, kIdBytes, need);
  if (!id.empty() && !request::is_uuid7(id))
    fields.fail(std::string(name), "is not a UUID version 7");
  return id;
}

bool has_category(const App& app, const std::string& site, const std::string& id) {
  const auto published = app.site(site)->snapshots->current();
  if (published == nullptr) return false;
  for (const snapshot::fb::Category* one : *published->snapshot.settings().categories())
    if (snapshot::view(one->id()) == id) return true;
  return false;
}

}  // namespace askus::api
