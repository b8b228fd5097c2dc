#include "server-stub/store/watch.h"

#include <sstream>

#include "server-stub/store/transaction.h"

namespace askus::store {
namespace {

constexpr std::string_view kRead =
    "SELECT words, minus_words, ignored, ignored_count FROM watch_lists WHERE site = $1";
constexpr std::string_view kSave =
    "INSERT INTO watch_lists (site, words, minus_words, ignored, ignored_count)"
    " VALUES ($1, $2, $3, $4, 0) ON CONFLICT (site) DO UPDATE SET words = excluded.words,"
    " minus_words = excluded.minus_words, ignored = excluded.ignored";
// With other words the same feeds say something else.
constexpr std::string_view kReadAgain =
    "UPDATE feeds SET etag = '', modified = '', next_at = 0 WHERE site = $1";
constexpr std::string_view kCount =
    "UPDATE watch_lists SET ignored_count = ignored_count + $1 WHERE site = $2";
constexpr std::string_view kFeeds =
    "SELECT url, problem, next_at, failures FROM feeds WHERE site = $1 ORDER BY url";
constexpr std::string_view kEnsure =
    "INSERT INTO feeds (site, url, etag, modified, next_at, held_until, failures, problem)"
    " VALUES ($1, $2, '', '', 0, 0, 0, '') ON CONFLICT (site, url) DO NOTHING";
// Says by its row whether it did anything: two that take it at once cannot both.
constexpr std::string_view kTake =
    "UPDATE feeds SET held_until = $1 WHERE site = $2 AND url = $3 AND next_at <= $4"
    " AND held_until <= $5 RETURNING etag, modified, failures";
constexpr std::string_view kGiveBack =
    "UPDATE feeds SET etag = $1, modified = $2, next_at = $3, held_until = 0, failures = $4,"
    " problem = $5 WHERE site = $6 AND url = $7";

std::string joined(const std::vector<std::string>& lines) {
  std::string text;
  for (const std::string& line : lines) text += line + "\n";
  return text;
}

std::vector<std::string> lines_of(const std::string& text) {
  std::vector<std::string> lines;
  std::istringstream in(text);
  for (std::string line; std::getline(in, line);) lines.push_back(line);
  return lines;
}

}  // namespace

void read_watch_list(Store& store, const std::string& site,
                     std::function<void(Result<StoredWatchList>)> done) {
  store.ask({{kRead, {site}}}, [done = std::move(done)](const Result<std::vector<Rows>>& rows) {
    if (!rows.ok()) return done(rows.error());
    if (rows->front().empty()) return done(StoredWatchList{});
    const auto& c = rows->front()[0];
    done(StoredWatchList{{lines_of(c[0]), lines_of(c[1]), lines_of(c[2])}, number_of(c[3])});
  });
}

void save_watch_list(Store& store, const std::string& site, WatchList list, Act act,
                     Store::Done done) {
  store.change(
      [site, list = std::move(list), act = std::move(act)](Session& session) {
        return transact_all(
            session,
            {{kSave, {site, joined(list.words), joined(list.minus_words), joined(list.ignored)}},
             {kReadAgain, {site}},
             insert_of(act)});
      },
      std::move(done));
}

void count_ignored(Store& store, const std::string& site, std::int64_t more, Store::Done done) {
  store.change(
      [site, more](Session& session) {
        return transact_all(session, {{kCount, {more, site}}});
      },
      std::move(done));
}

void read_feeds(Store& store, const std::string& site,
                std::function<void(Result<std::vector<FeedState>>)> done) {
  store.ask({{kFeeds, {site}}}, [done = std::move(done)](const Result<std::vector<Rows>>& rows) {
    if (!rows.ok()) return done(rows.error());
    std::vector<FeedState> feeds;
    for (const auto& c : rows->front())
      feeds.push_back({c[0], c[1], number_of(c[2]), number_of(c[3])});
    done(std::move(feeds));
  });
}

Result<std::optional<TakenFeed>> take_feed(Session& session, const std::string& site,
                                           const std::string& url, std::int64_t now) {
  std::optional<TakenFeed> taken;
  const Written written = transact(session, [&]() -> Result<Outcome> {
    const std::vector<Query> queries{{kEnsure, {site, url}},
                                     {kTake, {now + kFeedHeld, site, url, now, now}}};
    const Result<std::vector<Rows>> rows = session.run(queries);
    if (!rows.ok()) return rows.error();
    taken.reset();
    if (!rows->back().empty()) {
      const auto& c = rows->back()[0];
      taken = TakenFeed{c[0], c[1], number_of(c[2])};
    }
    return Outcome::kStored;
  });
  if (written.outcome != Outcome::kStored) return Error{Code::kUnavailable, written.text};
  return taken;
}

Written give_feed_back(Session& session, const PolledFeed& p) {
  return transact_all(
      session,
      {{kGiveBack, {p.etag, p.modified, p.next_at, p.failures, p.problem, p.site, p.url}}});
}

}  // namespace askus::store
