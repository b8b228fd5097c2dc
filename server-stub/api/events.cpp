#include "server-stub/api/events.h"

#include "server-stub/api/answers.h"
#include "server-stub/api/days.h"
#include "server-stub/api/event_batch.h"
#include "server-stub/api/figures.h"
#include "server-stub/api/guard.h"
#include "server-stub/api/principal.h"
#include "server-stub/http/problem.h"
#include "server-stub/store/clock.h"

namespace askus::api {
namespace {

using http::problem;
namespace problems = http::problems;

constexpr std::size_t kDaySize = 10;  // of an RFC 3339 time

const snapshot::Snapshot* snapshot_of(const std::shared_ptr<const store::Published>& published) {
  return published == nullptr ? nullptr : &published->snapshot;
}

void post_events(App& app, const std::shared_ptr<const http::Request>& request,
                 const http::Reply& reply) {
  const Site& site = *app.site(request->args[0]);
  const Result<Batch> batch = parse_batch(request->body);
  if (!batch.ok()) return reply(problem(problems::kInvalidEvents, batch.error().text));
  const auto published = site.snapshots->current();
  store::NewCounts counts;
  counts.site = site.name;
  counts.now = app.clock();
  counts.day = store::utc_text(counts.now).substr(0, kDaySize);
  counts.mark = "events/" + site.name + "/" + batch->id;
  counts.expires_at = counts.now + kBatchMemory;
  counts.counts = counts_of(*batch, snapshot_of(published), site.config.keep_queries);
  app.store->count(std::move(counts), [&app, reply,
                                       id = request->id](const store::AddResult& result) {
    // Counted, now or before: the panel forgets the batch.
    if (result.outcome == store::Outcome::kStored || result.outcome == store::Outcome::kReplayed)
      return reply(http::Response{204, {}, {}});
    reply(failure_of(app, id, result.outcome, result.text));
  });
}

std::optional<http::Response> admit_events(const http::Request& request) {
  if (is_json(request)) return std::nullopt;
  return problem(problems::kUnsupportedMediaType, "send application/json");
}

void get_stats(App& app, const std::shared_ptr<const http::Request>& request,
               const http::Reply& reply) {
  const Site& site = *app.site(request->args[0]);
  const std::optional<store::Days> days = days_of(request->query);
  if (!days) return reply(bad_days());
  app.log.event("stats",
                {{"id", request->id}, {"site", site.name}, {"staff", principal_of(*request).name}});
  app.store->read_sums(site.name, *days, [&site, days, reply](const Result<store::Sums>& sums) {
    if (!sums.ok()) return reply(problem(problems::kBusy, "the store does not answer"));
    const auto published = site.snapshots->current();
    reply(json_response(200, stats_json(site.name, *days, *sums, snapshot_of(published)).dump()));
  });
}

}  // namespace

void add_event_routes(App& app, http::Router& router) {
  add_guarded(app, router,
              {"POST", "/v1/sites/{site}/events", kEventsBody, admit_events,
               [&app](const auto& request, const http::Reply& reply) {
                 post_events(app, request, reply);
               }});
  add_for_right(
      app, router, account::Right::kFigures,
      {"GET",
       "/v1/sites/{site}/stats",
       0,
       {},
       [&app](const auto& request, const http::Reply& reply) { get_stats(app, request, reply); }});
}

}  // namespace askus::api
