// What the sender's threads do when somebody at the other end, or the database, does not answer.
// The other ends are real servers of this process.
#include "server-stub/out/sender.h"

#include <algorithm>
#include <future>
#include <thread>

#include "server-stub/http/server.h"
#include "server-stub/store/awaited.h"
#include "tests/catch.h"
#include "tests/server-stub/store/place.h"

namespace {

using namespace askus;
using namespace askus::out;
using std::chrono::milliseconds;
using testing::Backend;
using testing::Place;
namespace channels = store::outbox_channels;

// Answers, or does not, whoever calls "/hook".
class Receiver {
 public:
  explicit Receiver(http::Handler handle) : server_({}, router_of(std::move(handle)), log_) {
    const auto port = server_.listen();
    REQUIRE(port.ok());
    url = "http://127.0.0.1:" + std::to_string(*port) + "/hook";
    thread_ = std::thread([this] { server_.run(); });
  }
  ~Receiver() {
    server_.stop();
    thread_.join();
  }
  Receiver(const Receiver&) = delete;
  Receiver& operator=(const Receiver&) = delete;

  std::string url;

 private:
  static http::Router router_of(http::Handler handle) {
    http::Router router;
    constexpr std::size_t kBody = 65'536;
    router.add({"POST", "/hook", kBody, {}, std::move(handle)});
    return router;
  }
  http::Log log_{[](std::string_view) {}};
  http::Server server_;
  std::thread thread_;
};

void answer(const http::Reply& reply) {
  reply(http::text_response(200, "text/plain", "ok"));
}

std::int64_t now_ms() {
  return std::chrono::duration_cast<milliseconds>(
             std::chrono::system_clock::now().time_since_epoch())
      .count();
}

void put(const Place& place, const std::string& id, const std::string& site,
         const std::string& webhook, std::int64_t created_at) {
  const auto session = place.session();
  REQUIRE(session
              ->run(store::put_outgoing(
                  {id, site, std::string(channels::kWebhook), webhook, {}, {}, "{}", created_at}))
              .ok());
}

SenderOptions options_for(milliseconds lease) {
  SenderOptions options;
  options.timeout = milliseconds(300);
  options.lease = lease;
  options.secret = "secret";
  return options;
}

std::uint64_t sent(const Sender& sender) {
  const auto at = std::find(kOutChannels.begin(), kOutChannels.end(), channels::kWebhook);
  return sender.activity(static_cast<std::size_t>(at - kOutChannels.begin())).sent;
}

}  // namespace

TEST_CASE("a webhook that is silent does not hold up those of other sites") {
  const Place place(Backend::kSqlite);
  auto store = place.open();
  std::atomic<int> asked{0};
  std::promise<void> arrived;
  // Replies that are kept are given at the end: the server outlives them.
  std::mutex mutex;
  std::vector<http::Reply> kept;
  Receiver silent([&](const auto&, const http::Reply& reply) {
    ++asked;
    const std::lock_guard lock(mutex);
    kept.push_back(reply);
  });
  Receiver good([&](const auto&, const http::Reply& reply) {
    answer(reply);
    arrived.set_value();
  });
  constexpr int kRows = 8;
  for (int i = 0; i < kRows; ++i)
    put(place, "silent." + std::to_string(i), "demo", "crm", now_ms() - 1'000);
  put(place, "good", "other", "crm", now_ms());

  SenderOptions options = options_for(milliseconds(60'000));
  options.sites["demo"].webhooks = {{"crm", silent.url, {"key"}, {}}};
  options.sites["other"].webhooks = {{"crm", good.url, {"key"}, {}}};
  Sender sender(*store, std::move(options));
  REQUIRE(arrived.get_future().wait_for(std::chrono::seconds(20)) == std::future_status::ready);
  CHECK(asked == 1);
  sender.close();
  CHECK(place.value("SELECT state FROM outbox WHERE id = 'good'") == "sent");
  // The others have been put off without being taken.
  CHECK(place.value("SELECT count(*) FROM outbox WHERE state = 'waiting' AND tries = 0") ==
        std::to_string(kRows - 1));
  CHECK(place.value(
            "SELECT min(due_at) - max(changed_at) > 9000 FROM outbox WHERE site = 'demo'") == "1");
  const std::lock_guard lock(mutex);
  for (const http::Reply& reply : kept) answer(reply);
  kept.clear();
}

TEST_CASE("what was sent while the database was away is not sent again when it is back") {
  const Place place(Backend::kSqlite);
  store::QueueLimits limits;
  limits.write_queue = 1;
  auto store = place.open(limits);
  std::atomic<int> taken{0};
  std::promise<void> away, back;
  const std::shared_future<void> is_back = back.get_future().share();
  Receiver receiver([&](const auto&, const http::Reply& reply) {
    if (++taken == 1) {
      // The writer is busy, and its queue is full.
      store->change(
          [&](store::Session&) -> store::Written {
            away.set_value();
            is_back.wait();
            return {store::Outcome::kStored, {}};
          },
          [](const store::Written&) {});
      away.get_future().wait();
      store->change([](store::Session&) { return store::Written{}; }, [](const store::Written&) {});
    }
    answer(reply);
  });
  put(place, "row", "demo", "crm", now_ms());
  SenderOptions options = options_for(milliseconds(3'000));
  options.sites["demo"].webhooks = {{"crm", receiver.url, {"key"}, {}}};
  Sender sender(*store, std::move(options));
  const auto until = [](const auto& done) {
    for (int i = 0; i < 2'000 && !done(); ++i) std::this_thread::sleep_for(milliseconds(5));
    REQUIRE(done());
  };
  until([&] { return sent(sender) == 1; });
  // The first try to write it down comes right behind the count.
  std::this_thread::sleep_for(milliseconds(100));
  back.set_value();
  until([&] { return place.value("SELECT state FROM outbox") == "sent"; });
  CHECK(taken == 1);
  sender.close();
}
