#include "server-stub/api/feed_poller.h"

#include <algorithm>

#include "server-stub/api/app.h"
#include "server-stub/api/inbound.h"
#include "server-stub/feed/feed.h"
#include "server-stub/publish/http_client.h"
#include "server-stub/publish/signature.h"
#include "server-stub/store/awaited.h"

namespace askus::api {
namespace {

constexpr std::size_t kAtOnce = 20;  // deliveries of one transaction
constexpr const char* kAccept =
    "application/rss+xml, application/atom+xml, application/xml;q=0.9, text/xml;q=0.9";

social::Message message_of(const std::string& url, const feed::Entry& entry) {
  social::Message message;
  // One that is not there yet is stored by its first version, whichever that is.
  message.deed = social::Deed::kEdited;
  message.place = "entry";
  message.group = url;
  message.item = entry.id;
  message.author_name = entry.author;
  message.text = entry.title.empty() ? entry.text : entry.title + "\n" + entry.text;
  message.link = entry.link;
  message.at = entry.at;
  message.event = publish::sha256_hex(url + "\n" + entry.id + "\n" + message.text);
  return message;
}

// What of a body is to be stored; empty for an author who is ignored, counted.
struct Picked {
  std::vector<store::Delivery> deliveries;
  std::int64_t ignored = 0;
};
Picked pick(App& app, const Site& site, const std::string& url,
            const std::vector<feed::Entry>& entries) {
  Picked picked;
  for (const feed::Entry& entry : entries) {
    const social::Message message = message_of(url, entry);
    if (app.watching->words_in(site.name, message.text).empty()) continue;
    if (app.watching->ignores(site.name, {}, entry.author)) {
      ++picked.ignored;
      continue;
    }
    store::Delivery delivery = delivery_of(app, site, "feed", {}, message);
    delivery.event.expires_at = delivery.event.now + kFeedMemory;
    picked.deliveries.push_back(std::move(delivery));
  }
  return picked;
}

// Stores what a body brings; what went wrong, or empty.
std::string take_body(App& app, const Site& site, const std::string& url, const std::string& body) {
  const Result<std::vector<feed::Entry>> entries = feed::parse(body);
  if (!entries.ok()) return entries.error().text;
  Picked picked = pick(app, site, url, *entries);
  auto& all = picked.deliveries;
  for (std::size_t at = 0; at < all.size(); at += kAtOnce) {
    const auto end = all.begin() + static_cast<std::ptrdiff_t>(std::min(all.size(), at + kAtOnce));
    std::vector<store::Delivery> some(
        std::make_move_iterator(all.begin() + static_cast<std::ptrdiff_t>(at)),
        std::make_move_iterator(end));
    const auto received = store::awaited<store::Received>(
        [&](auto done) { app.store->receive(std::move(some), done); });
    if (received.outcome != store::Outcome::kStored) return "the database: " + received.text;
    if (received.stored + received.changed > 0) app.live->poke();
  }
  if (picked.ignored > 0)
    store::count_ignored(*app.store, site.name, picked.ignored, [](const store::Written&) {});
  return {};
}

std::int64_t pause_after(std::int64_t failures) {
  return std::min(kFeedEvery << std::min<std::int64_t>(failures, 8), kFeedAtMost);
}

}  // namespace

FeedPoller::FeedPoller(App& app) : app_(app) {
  renew_lists();
  thread_ = std::thread([this] { run(); });
}

void FeedPoller::close() {
  {
    const std::lock_guard lock(mutex_);
    end_ = true;
  }
  ended_.notify_all();
  if (thread_.joinable()) thread_.join();
}

bool FeedPoller::ended() {
  const std::lock_guard lock(mutex_);
  return end_;
}

void FeedPoller::run() {
  for (;;) {
    poll();
    std::unique_lock lock(mutex_);
    if (ended_.wait_for(lock, kFeedTick, [this] { return end_; })) return;
  }
}

void FeedPoller::renew_lists() {
  for (const auto& [name, site] : app_.sites) {
    const auto list = store::awaited<Result<store::StoredWatchList>>(
        [&, site_name = name](auto done) { read_watch_list(*app_.store, site_name, done); });
    if (list.ok()) app_.watching->renew(name, list->list);
  }
}

void FeedPoller::poll() {
  const std::lock_guard lock(polling_);
  renew_lists();
  for (const auto& [name, site] : app_.sites)
    for (const std::string& url : site.config.feeds)
      if (!ended()) poll_one(name, url);
}

void FeedPoller::poll_one(const std::string& site, const std::string& url) {
  const std::int64_t now = app_.clock();
  std::optional<store::TakenFeed> taken;
  const auto written = store::awaited<store::Written>([&](auto done) {
    app_.store->change(
        [&](store::Session& session) -> store::Written {
          Result<std::optional<store::TakenFeed>> found = store::take_feed(session, site, url, now);
          if (!found.ok()) return {store::Outcome::kBusy, found.error().text};
          taken = std::move(*found);
          return {store::Outcome::kStored, {}};
        },
        done);
  });
  if (written.outcome != store::Outcome::kStored || !taken) return;

  publish::Exchange ask;
  ask.url = url;
  ask.accept = kAccept;
  ask.most_bytes = feed::kMaxBytes;
  if (!taken->etag.empty()) ask.headers.emplace_back("If-None-Match", taken->etag);
  if (!taken->modified.empty()) ask.headers.emplace_back("If-Modified-Since", taken->modified);
  const Result<publish::Answer> answer = publish::exchange(ask, kFeedDeadline);
  store::PolledFeed polled{site, url, taken->etag, taken->modified, {}, 0, 0};
  if (!answer.ok()) {
    polled.problem = answer.error().text;
  } else if (answer->status == 200) {
    polled.problem = take_body(app_, *app_.site(site), url, answer->body);
    // What was not understood is asked for again whole.
    polled.etag = polled.problem.empty() ? answer->etag : std::string();
    polled.modified = polled.problem.empty() ? answer->modified : std::string();
  } else if (answer->status != 304) {
    polled.problem = "it answered " + std::to_string(answer->status);
  }
  if (!polled.problem.empty()) {
    polled.failures = taken->failures + 1;
    app_.log.event("feed-failed", {{"site", site}, {"url", url}, {"reason", polled.problem}});
  }
  polled.next_at = now + pause_after(polled.failures);
  store::awaited<store::Written>([&](auto done) {
    app_.store->change(
        [&polled](store::Session& session) { return store::give_feed_back(session, polled); },
        done);
  });
}

}  // namespace askus::api
