#include "server-stub/api/watch.h"

#include "server-stub/api/auth.h"
#include "server-stub/http/exposition.h"
#include "server-stub/http/problem.h"

namespace askus::api {
namespace {

using http::Exposition;
using http::problem;
namespace problems = http::problems;

// In the order of store::Outcome.
constexpr std::array<std::string_view, store::kOutcomes> kOutcomeNames{
    "stored",  "replayed",   "key_reused", "in_flight", "refused", "erased",
    "missing", "mark_spent", "busy",       "full",      "unknown", "failed"};

http::Response plain(std::string text) {
  return std::move(http::text_response(200, "text/plain; charset=utf-8", std::move(text))
                       .with("Cache-Control", "no-store"));
}

void ready(App& app, const http::Reply& reply) {
  if (app.metrics.draining()) return reply(problem(problems::kNotReady, "the server is stopping"));
  app.store->check([reply](const Status& status) {
    reply(status.ok() ? plain("ready\n")
                      : problem(problems::kNotReady, "the database does not answer"));
  });
}

void write_store(const store::Activity& activity, Exposition& to) {
  to.family("askus_store_queue", "gauge", "Jobs that wait for the database now.");
  to.sample(std::uint64_t{activity.waiting_writes}, {{"queue", "write"}});
  to.sample(std::uint64_t{activity.waiting_reads}, {{"queue", "read"}});
  to.family("askus_store_requests_total", "counter", "Visitors' requests, by what became of them.");
  for (std::size_t i = 0; i < store::kOutcomes; ++i)
    to.sample(activity.outcomes[i], {{"outcome", kOutcomeNames[i]}});
  to.family("askus_store_commit_requests", "histogram",
            "Requests that shared a transaction; the count is that of the transactions.");
  std::uint64_t below = 0;
  for (std::size_t i = 0; i < activity.groups.size(); ++i) {
    below += activity.groups[i];
    to.sample(below,
              {{"le", i < store::kGroupBuckets.size() ? std::to_string(store::kGroupBuckets[i])
                                                      : "+Inf"}},
              "_bucket");
  }
  to.sample(activity.grouped_rows, {}, "_sum");
  to.sample(below, {}, "_count");
}

// By channel; one that is not configured has none.
void write_outgoing(const App& app, Exposition& to) {
  const auto each = [&](auto value) {
    for (std::size_t i = 0; i < out::kOutChannels.size(); ++i)
      value(app.sender->activity(i), out::kOutChannels.at(i));
  };
  to.family("askus_outbox_waiting", "gauge", "What waits to be sent now, on all servers.");
  each([&](const out::ChannelActivity& a, std::string_view channel) {
    to.sample(static_cast<std::uint64_t>(a.waiting), {{"channel", channel}});
  });
  to.family("askus_outbox_oldest_timestamp_seconds", "gauge",
            "Since when the oldest of it waits; 0: nothing waits.");
  each([&](const out::ChannelActivity& a, std::string_view channel) {
    to.sample(static_cast<std::uint64_t>(a.oldest), {{"channel", channel}});
  });
  to.family("askus_outbox_tries_total", "counter", "Tries to send something, by how they ended.");
  each([&](const out::ChannelActivity& a, std::string_view channel) {
    to.sample(a.sent, {{"channel", channel}, {"end", "sent"}});
    to.sample(a.again, {{"channel", channel}, {"end", "again"}});
    to.sample(a.failed, {{"channel", channel}, {"end", "failed"}});
  });
}

}  // namespace

void add_health_routes(App& app, http::Router& router) {
  router.add({"GET", "/healthz", 0, {}, [](const auto&, const http::Reply& reply) {
                reply(plain("ok\n"));
              }});
  router.add({"GET", "/readyz", 0, {}, [&app](const auto&, const http::Reply& reply) {
                ready(app, reply);
              }});
}

http::Router watch_routes(App& app, std::vector<std::string> keys) {
  http::Router router;
  add_health_routes(app, router);
  const auto admit =
      [keys = std::move(keys)](const http::Request& request) -> std::optional<http::Response> {
    if (keys.empty() || key_holder(request, keys)) return std::nullopt;
    return problem(problems::kUnauthorized, "a key for the metrics is needed");
  };
  router.add({"GET", "/metrics", 0, admit, [&app](const auto&, const http::Reply& reply) {
                reply(std::move(http::text_response(200, http::kExpositionType, metrics_text(app))
                                    .with("Cache-Control", "no-store")));
              }});
  return router;
}

std::string metrics_text(const App& app) {
  Exposition to;
  app.metrics.write(to);
  write_store(app.store->activity(), to);
  to.family("askus_snapshot_version", "gauge", "The version that visitors get now, by site.");
  for (const auto& [name, site] : app.sites)
    if (const auto published = site.snapshots->current(); published != nullptr)
      to.sample(std::uint64_t{published->manifest.version}, {{"site", name}});
  write_outgoing(app, to);
  to.family("process_start_time_seconds", "gauge", "When the process began, Unix seconds.");
  to.sample(static_cast<std::uint64_t>(app.started_at));
  return to.text();
}

}  // namespace askus::api
