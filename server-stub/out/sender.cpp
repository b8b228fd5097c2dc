#include "server-stub/out/sender.h"

#include <algorithm>
#include <random>

#include "server-stub/account/ticket.h"
#include "server-stub/store/awaited.h"
#include "server-stub/store/clock.h"
#include "server-stub/store/transaction.h"

namespace askus::out {
namespace {

using std::chrono::milliseconds;
namespace channels = store::outbox_channels;
namespace states = store::outbox_states;
constexpr std::int64_t kThousand = 1'000;

std::int64_t now_ms() {
  return std::chrono::duration_cast<milliseconds>(
             std::chrono::system_clock::now().time_since_epoch())
      .count();
}

// What a verdict that holds all speaks of: a webhook's address, else all of the site's channel.
std::string held_as(const store::OutgoingRow& row) {
  return row.channel == channels::kWebhook ? row.site + " " + row.place : row.site;
}

}  // namespace

// A channel's thread, and what only it uses but for the counts.
struct Sender::Lane {
  std::size_t channel = 0;
  std::string name;
  // From whom the other side takes nothing until then, and why; by held_as().
  struct Hold {
    std::int64_t until = 0;
    std::string reason;
  };
  std::map<std::string, Hold> held;
  std::mt19937_64 random{std::random_device{}()};
  std::atomic<std::uint64_t> sent{0}, failed{0}, again{0};
  std::atomic<std::int64_t> waiting{0}, oldest{0};
  std::thread thread;
};

Sender::Sender(store::Store& store, SenderOptions options)
    : store_(store), options_(std::move(options)) {
  const auto has = [this](auto member) {
    return std::any_of(options_.sites.begin(), options_.sites.end(),
                       [member](const auto& one) { return member(one.second); });
  };
  const std::array<bool, kOutChannels.size()> used{
      options_.mail.has_value(), has([](const SiteAccess& s) { return s.vk.has_value(); }),
      has([](const SiteAccess& s) { return s.facebook.has_value(); }),
      has([](const SiteAccess& s) { return !s.webhooks.empty(); })};
  for (std::size_t i = 0; i < kOutChannels.size(); ++i) {
    if (!used.at(i)) continue;
    auto lane = std::make_unique<Lane>();
    lane->channel = i;
    lane->name = kOutChannels.at(i);
    lanes_.push_back(std::move(lane));
  }
  for (const auto& lane : lanes_) lane->thread = std::thread([this, &lane = *lane] { run(lane); });
}

Sender::~Sender() {
  close();
}

store::Reply::Going Sender::going(const std::string& site) const {
  const auto found = options_.sites.find(site);
  store::Reply::Going going;
  going.email = options_.mail.has_value();
  if (found == options_.sites.end()) return going;
  going.vk = found->second.vk.has_value();
  going.facebook = found->second.facebook.has_value();
  return going;
}

void Sender::poke() {
  {
    const std::lock_guard lock(mutex_);
    ++pokes_;
  }
  woken_.notify_all();
}

ChannelActivity Sender::activity(std::size_t channel) const {
  for (const auto& lane : lanes_)
    if (lane->channel == channel)
      return {lane->sent, lane->failed, lane->again, lane->waiting, lane->oldest};
  return {};
}

void Sender::close() {
  {
    const std::lock_guard lock(mutex_);
    end_ = true;
  }
  woken_.notify_all();
  for (const auto& lane : lanes_)
    if (lane->thread.joinable()) lane->thread.join();
}

void Sender::run(Lane& lane) {
  std::uint64_t seen = 0;
  for (;;) {
    {
      std::unique_lock lock(mutex_);
      if (end_) return;
      seen = pokes_;
    }
    if (lane.name == channels::kWebhook) feed_webhooks();
    bool more = look(lane);
    while (more) {
      more = send_one(lane);
      const std::lock_guard lock(mutex_);
      if (end_) return;
    }
    std::unique_lock lock(mutex_);
    woken_.wait_for(lock, kLookEvery, [&] { return end_ || pokes_ != seen; });
  }
}

// Makes the webhooks' rows of what has happened.
void Sender::feed_webhooks() {
  for (const auto& one : options_.sites) {
    const std::string& site = one.first;
    for (const WebhookTarget& webhook : one.second.webhooks) {
      std::size_t looked = kChangesAtOnce;
      while (looked == kChangesAtOnce) {
        looked = 0;
        store::awaited<store::Written>([&](auto done) {
          store_.change(
              [&](store::Session& session) -> store::Written {
                const auto fed = feed_webhook(session, site, webhook, now_ms());
                if (!fed.ok()) return {store::Outcome::kBusy, fed.error().text};
                looked = *fed;
                return {store::Outcome::kStored, {}};
              },
              done);
        });
      }
    }
  }
}

// Whether something is due.
bool Sender::look(Lane& lane) {
  const auto rows = store::awaited<Result<std::vector<store::Rows>>>(
      [&](auto done) { store_.ask({store::count_outgoing(lane.name, now_ms())}, done); });
  if (!rows.ok()) return false;
  const store::Outstanding outstanding = store::outstanding_of((*rows)[0]);
  lane.waiting = outstanding.rows;
  lane.oldest = outstanding.oldest / kThousand;
  return outstanding.due > 0;
}

bool Sender::send_one(Lane& lane) {
  store::Claim claim{lane.name, account::new_ticket(), now_ms(), 0};
  claim.lease_until = claim.now + options_.lease.count();
  std::optional<store::OutgoingRow> row;
  store::awaited<store::Written>([&](auto done) {
    store_.change(
        [&](store::Session& session) -> store::Written {
          Result<std::optional<store::OutgoingRow>> claimed = store::claim_outgoing(session, claim);
          if (!claimed.ok()) return {store::Outcome::kBusy, claimed.error().text};
          row = std::move(*claimed);
          return {store::Outcome::kStored, {}};
        },
        done);
  });
  if (!row) return false;
  finish(lane, *row, send(lane, *row));
  return true;
}

Verdict Sender::send(Lane& lane, store::OutgoingRow& row) {
  const std::int64_t now = now_ms();
  if (const auto held = lane.held.find(held_as(row)); held != lane.held.end()) {
    const Lane::Hold& hold = held->second;
    if (now < hold.until)
      return {Verdict::Kind::kAgain, hold.reason, milliseconds(hold.until - now), false};
    lane.held.erase(held);
  }
  if (!row.reply.empty()) return send_reply(row);
  if (row.channel == channels::kWebhook) return send_webhook(row);
  return send_stored_mail(row);
}

void Sender::finish(Lane& lane, const store::OutgoingRow& row, const Verdict& verdict) {
  const std::int64_t now = now_ms();
  store::Tried tried{std::string(states::kSent), verdict.reason, now};
  if (verdict.kind == Verdict::Kind::kNever) tried.state = states::kFailed;
  if (verdict.kind == Verdict::Kind::kAgain) {
    std::uniform_real_distribution<double> dice(0.0, 1.0);
    const milliseconds wait =
        wait_before(options_.retry, row.tries, dice(lane.random), verdict.after);
    tried.due_at = now + wait.count();
    if (verdict.holds_all && verdict.after.count() > 0)
      hold(lane, row, now + verdict.after.count(), verdict.reason);
    const bool late = tried.due_at - row.created_at > options_.retry.give_up.count();
    tried.state = late ? states::kFailed : states::kWaiting;
    if (late) tried.reason = reason_of("given-up", verdict.reason);
  }
  ++(tried.state == states::kSent     ? lane.sent
     : tried.state == states::kFailed ? lane.failed
                                      : lane.again);
  write_end(row, tried);
  if (tried.state != states::kSent && options_.log)
    options_.log(tried.state == states::kFailed ? "send-failed" : "send-again", lane.name,
                 tried.reason.substr(0, tried.reason.find(' ')));
  if (options_.changed) options_.changed();
}

void Sender::hold(Lane& lane, const store::OutgoingRow& row, std::int64_t until,
                  const std::string& reason) {
  lane.held[held_as(row)] = {until, reason};
  if (row.channel != channels::kWebhook) return;
  // What waits for it is put off at once: taken one by one to be told so, thousands of events would
  // keep the database's writer busy.
  store::awaited<store::Written>([&](auto done) {
    store_.change(
        [&](store::Session& session) {
          return store::transact_all(session, {store::postpone_outgoing(row, until)});
        },
        done);
  });
}

// Where the database is away just now it is waited for while the row is ours. Then the lease runs
// out, and the row is tried again: what can be told twice is told twice rather than never.
void Sender::write_end(const store::OutgoingRow& row, const store::Tried& tried) {
  const auto until = std::chrono::steady_clock::now() + options_.lease - options_.timeout;
  for (;;) {
    const auto written = store::awaited<store::Written>([&](auto done) {
      store_.change(
          [&](store::Session& session) {
            return store::finish_outgoing(session, row, tried, now_ms());
          },
          done);
    });
    if (written.outcome != store::Outcome::kBusy && written.outcome != store::Outcome::kUnknown)
      return;
    std::unique_lock lock(mutex_);
    if (woken_.wait_for(lock, kLookEvery, [this] { return end_; }) ||
        std::chrono::steady_clock::now() >= until)
      return;
  }
}

}  // namespace askus::out
