#include "server-stub/api/told_askers.h"

#include <algorithm>

#include "server-stub/api/answering.h"
#include "server-stub/api/live.h"
#include "server-stub/store/awaited.h"
#include "server-stub/store/merging.h"
#include "server-stub/store/replies.h"
#include "server-stub/store/suggestions.h"

namespace askus::api {
namespace {

// The topic as a reply; nothing: it is not published.
std::optional<store::Reply> reply_with(App& app, const Site& site, const store::Untold& untold) {
  const auto published = site.snapshots->current();
  const std::int64_t index = published == nullptr ? -1 : published->snapshot.find(untold.topic);
  if (index < 0) return std::nullopt;
  const snapshot::Snapshot& s = published->snapshot;
  const std::int32_t language = s.language(untold.language);
  const auto& version = s.version(s.topic(static_cast<std::uint32_t>(index)), language);
  store::Reply reply;
  reply.id = store::copy_id(untold.suggestion, untold.request);
  reply.author = s.text(*s.settings().name(), language);
  const std::string title(snapshot::view(version.title()));
  reply.text =
      title + "\n\n" +
      answer_text(snapshot::view(version.answer()), request::kMaxDetails - title.size() - 2);
  reply.at = store::utc_text(app.clock());
  reply.is_public = true;
  // Nobody waits for more there, and nobody would close it again.
  reply.reopens = false;
  reply.going = app.sender->going(site.name);
  reply.going.now = app.clock() * 1'000;
  return reply;
}

// False: the store did not take it; the next call goes on.
bool tell(App& app, const store::Untold& untold, const store::Reply& reply) {
  const store::Found found = store::awaited<store::Found>(
      [&](auto done) { app.store->find_request(untold.request, done); });
  if (!found.ok()) return false;
  const bool is_answered =
      !found->has_value() || std::any_of((*found)->replies.begin(), (*found)->replies.end(),
                                         [](const store::Reply& one) { return one.is_public; });
  const store::Written written = store::awaited<store::Written>([&](auto done) {
    app.store->change(
        [&](store::Session& session) -> store::Written {
          if (!is_answered) {
            store::Written told = store::add_reply(session, untold.request, reply);
            const bool is_over = told.outcome == store::Outcome::kStored ||
                                 told.outcome == store::Outcome::kReplayed ||
                                 told.outcome == store::Outcome::kErased ||
                                 told.outcome == store::Outcome::kMissing;
            if (!is_over) return told;
          }
          return store::set_told(session, untold);
        },
        done);
  });
  return written.outcome == store::Outcome::kStored;
}

Result<store::Rows> rows_of(App& app, store::Query query) {
  auto rows = store::awaited<Result<std::vector<store::Rows>>>(
      [&](auto done) { app.store->ask({std::move(query)}, done); });
  return rows.ok() ? Result<store::Rows>(std::move(rows->front())) : rows.error();
}

// How many askers of one suggestion were told.
std::size_t tell_each(App& app, const Site& site, const std::string& suggestion) {
  std::size_t all = 0;
  for (;;) {
    const Result<store::Rows> rows = rows_of(app, store::read_untold(suggestion));
    if (!rows.ok()) return all;
    std::size_t told = 0;
    for (const store::Untold& untold : store::untold_of(*rows))
      if (const auto reply = reply_with(app, site, untold))
        told += tell(app, untold, *reply) ? 1 : 0;
    if (told == 0) return all;
    all += told;
  }
}

void tell_all(App& app, const Site& site) {
  const Result<store::Rows> taken = rows_of(app, store::read_taken(site.name));
  if (!taken.ok()) return;
  std::size_t told = 0;
  for (const auto& row : *taken) told += tell_each(app, site, row[0]);
  if (told == 0) return;
  app.log.event("askers-told", {{"site", site.name}, {"n", std::to_string(told)}});
  app.live->poke();
  app.sender->poke();
}

}  // namespace

void tell_askers(App& app, const std::string& site) {
  // Full: whoever publishes next, or starts, tells them.
  (void)app.reading.push([&app, &of = *app.site(site)] { tell_all(app, of); });
}

}  // namespace askus::api
