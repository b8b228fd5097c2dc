// What leaves the server: a reply's row in the reply's transaction, leases, tries, on both
// backends.
#include "server-stub/store/outbox.h"

#include <future>
#include <set>

#include "server-stub/store/awaited.h"
#include "server-stub/store/feed.h"
#include "server-stub/store/merging.h"
#include "server-stub/store/outgoing_way.h"
#include "server-stub/store/replies.h"
#include "tests/catch.h"
#include "tests/server-stub/store/place.h"

namespace {

using namespace askus;
using namespace askus::store;
using testing::add;
using testing::Backend;
using testing::erase;
using testing::find;
using testing::id_of;
using testing::Place;
using testing::reply;
using testing::sample;
namespace states = outbox_states;

Backend each_backend() {
  return GENERATE(Backend::kSqlite, Backend::kPostgres);
}

Reply::Going everything(std::int64_t now, const std::string& way = {}) {
  return {true, true, true, way, now};
}

Reply reply_of(int n, Reply::Going going, bool is_public = true) {
  return {id_of(1'000 + n), "Олена", "оператор", "text",          "2026-01-03T00:00:00Z",
          is_public,        {},      true,       std::move(going)};
}

NewRequest by_mail(int n) {
  NewRequest request = sample(n);
  request.fields.contact = "maria@b.example";
  return request;
}

NewRequest from(int n, const std::string& channel, const std::string& place) {
  NewRequest request = sample(n);
  request.source = {channel, place, "77", "5", "-77_3", "-77_3_9", {}, {}};
  return request;
}

std::vector<Outgoing> deliveries(Store& store, int n) {
  const Found found = find(store, id_of(n));
  REQUIRE((found.ok() && found->has_value()));
  return (*found)->deliveries;
}

// The history's kinds with their details.
std::vector<std::string> history(Store& store, int n) {
  const Found found = find(store, id_of(n));
  REQUIRE((found.ok() && found->has_value()));
  std::vector<std::string> all;
  for (const Change& one : (*found)->history)
    all.push_back(one.kind + (one.detail.empty() ? "" : " " + one.detail));
  return all;
}

std::optional<OutgoingRow> claim(Session& session, const std::string& channel, std::int64_t now,
                                 const std::string& lease = "a") {
  const auto row = claim_outgoing(session, {channel, lease, now, now + 100});
  REQUIRE(row.ok());
  return *row;
}

OutgoingRow mail(const std::string& id, std::int64_t created_at) {
  return {id, "demo", "email", {}, {}, {}, "{}", created_at};
}

}  // namespace

TEST_CASE("where a public reply goes") {
  struct Case {
    Asked asked;
    std::string way;
    std::string goes;  // "<channel> <place>"; empty: nowhere
    std::string after;
  };
  const Case cases[] = {
      {{"", "", "", "m@b.example", "", ""}, "", "email ", ""},
      {{"", "", "", "", "m@b.example", ""}, "", "email ", ""},
      {{"", "", "", "+380 44 123 45 67", "", ""}, "", "", ""},
      {{"", "", "", "", "", ""}, "private", "", ""},
      {{"vk", "wall", "5", "", "", ""}, "", "vk wall", ""},
      {{"vk", "wall", "5", "", "", ""}, "here", "vk wall", ""},
      {{"vk", "topic", "5", "", "", ""}, "private", "vk message", "private"},
      {{"vk", "photo", "5", "", "", "private"}, "", "vk message", "private"},
      {{"vk", "photo", "5", "", "", "private"}, "here", "vk photo", ""},
      {{"vk", "wall", "", "", "", ""}, "private", "", "private"},
      {{"vk", "message", "5", "", "", ""}, "private", "vk message", ""},
      {{"vk", "panel", "5", "", "", ""}, "", "", ""},
      {{"vk", "panel", "5", "m@b.example", "", ""}, "", "email ", ""},
      {{"facebook", "comment", "6", "", "", ""}, "", "facebook comment", ""},
      {{"facebook", "comment", "6", "", "", ""}, "private", "facebook message", "private"},
      {{"facebook", "message", "6", "", "", ""}, "", "facebook message", ""},
      {{"webhook", "review", "6", "", "", ""}, "", "", ""},
  };
  for (const Case& c : cases) {
    CAPTURE(c.asked.channel, c.asked.place, c.way);
    const auto out = way_out(c.asked, everything(1, c.way));
    CHECK((out ? out->channel + " " + out->place : std::string()) == c.goes);
    CHECK(way_after(c.asked, everything(1, c.way)) == c.after);
    // A site that cannot send.
    CHECK_FALSE(way_out(c.asked, {false, false, false, c.way, 1}));
  }
}

TEST_CASE("a reply's row is written with the reply, once; a note has none") {
  const Place place(each_backend());
  auto store = place.open();
  REQUIRE(add(*store, by_mail(1)).outcome == Outcome::kStored);
  CHECK(reply(*store, id_of(1), reply_of(1, everything(5), false)).outcome == Outcome::kStored);
  CHECK(deliveries(*store, 1).empty());
  CHECK(reply(*store, id_of(1), reply_of(2, everything(5))).outcome == Outcome::kStored);
  CHECK(reply(*store, id_of(1), reply_of(2, everything(6))).outcome == Outcome::kReplayed);
  const auto all = deliveries(*store, 1);
  REQUIRE(all.size() == 1);
  CHECK(all[0].id == id_of(1'002) + ".email");
  CHECK(all[0].reply == id_of(1'002));
  CHECK(all[0].state == states::kWaiting);
  // Where nothing can be sent nothing waits.
  CHECK(reply(*store, id_of(1), reply_of(3, {})).outcome == Outcome::kStored);
  CHECK(deliveries(*store, 1).size() == 1);
  // An erased request leaves nothing to be sent.
  CHECK(erase(*store, id_of(1)).outcome == Outcome::kStored);
  store->close();
  CHECK(place.value("SELECT count(*) FROM outbox") == "0");
}

TEST_CASE("a talk that was moved to private messages stays there, until it is moved back") {
  const Place place(each_backend());
  auto store = place.open();
  REQUIRE(add(*store, from(1, "vk", "wall")).outcome == Outcome::kStored);
  const std::string ways[] = {"", "private", "", "here"};
  int n = 0;
  for (const std::string& way : ways) {
    ++n;
    CHECK(reply(*store, id_of(1), reply_of(n, everything(n, way))).outcome == Outcome::kStored);
  }
  std::vector<std::string> places;
  for (const Outgoing& one : deliveries(*store, 1)) places.push_back(one.place);
  CHECK(places == std::vector<std::string>{"wall", "message", "message", "wall"});
  CHECK(history(*store, 1) == std::vector<std::string>{"received", "replied", "moved private",
                                                       "replied", "replied", "moved here",
                                                       "replied"});
}

TEST_CASE("a row is one server's until its lease ends, and only its holder ends it") {
  const Place place(each_backend());
  auto store = place.open();
  REQUIRE(add(*store, from(1, "vk", "message")).outcome == Outcome::kStored);
  REQUIRE(reply(*store, id_of(1), reply_of(1, everything(10))).outcome == Outcome::kStored);
  const auto one = place.session(), other = place.session();
  CHECK_FALSE(claim(*one, "vk", 9));      // not due yet
  CHECK_FALSE(claim(*one, "email", 99));  // another channel's
  const auto held = claim(*one, "vk", 10, "a");
  REQUIRE(held);
  CHECK(held->tries == 1);
  CHECK_FALSE(claim(*other, "vk", 109, "b"));
  const auto taken = claim(*other, "vk", 110, "b");  // the first server was killed
  REQUIRE(taken);
  CHECK(taken->tries == 2);
  CHECK(finish_outgoing(*one, *held, {std::string(states::kSent)}, 120).outcome ==
        Outcome::kMissing);
  CHECK(advance_outgoing(*one, *held, 1, 900).outcome == Outcome::kMissing);
  CHECK(advance_outgoing(*other, *taken, 1, 300).outcome == Outcome::kStored);
  CHECK(
      finish_outgoing(*other, *taken, {std::string(states::kWaiting), "busy", 500}, 130).outcome ==
      Outcome::kStored);
  CHECK_FALSE(claim(*one, "vk", 499));
  const auto again = claim(*one, "vk", 500);
  REQUIRE(again);
  CHECK(again->part == 1);
  CHECK(finish_outgoing(*one, *again, {std::string(states::kFailed), "refused"}, 510).outcome ==
        Outcome::kStored);
  CHECK_FALSE(claim(*one, "vk", 99'999));
  CHECK(history(*store, 1).back() == "undelivered vk refused");
}

TEST_CASE("one that has failed can be tried again; nothing else can") {
  const Place place(each_backend());
  auto store = place.open();
  REQUIRE(add(*store, by_mail(1)).outcome == Outcome::kStored);
  REQUIRE(reply(*store, id_of(1), reply_of(1, everything(10))).outcome == Outcome::kStored);
  const std::string id = id_of(1'001) + ".email";
  const auto session = place.session();
  const auto retry = [&](const std::string& request, const std::string& which) {
    return retry_outgoing(*session, request, which, 7, "2026-01-04T00:00:00Z", "p").outcome;
  };
  CHECK(retry(id_of(1), id) == Outcome::kRefused);
  const auto row = claim(*session, "email", 10);
  REQUIRE(row);
  REQUIRE(finish_outgoing(*session, *row, {std::string(states::kFailed), "address"}, 20).outcome ==
          Outcome::kStored);
  CHECK(retry(id_of(2), id) == Outcome::kMissing);
  CHECK(retry(id_of(1), "x") == Outcome::kMissing);
  CHECK(retry(id_of(1), id) == Outcome::kStored);
  CHECK(deliveries(*store, 1)[0].state == states::kWaiting);
  CHECK(history(*store, 1).back() == "retried email");
  REQUIRE(claim(*session, "email", 7'000));
}

TEST_CASE("what could not be delivered is a view, until something newer could be") {
  const Place place(each_backend());
  auto store = place.open();
  const auto session = place.session();
  std::int64_t now = 0;
  const auto end = [&](int n, std::string_view state, const std::string& reason = {}) {
    now += 100;
    REQUIRE(reply(*store, id_of(n), reply_of(static_cast<int>(now), everything(now))).outcome ==
            Outcome::kStored);
    const auto row = claim(*session, "email", now);
    REQUIRE(row);
    REQUIRE(finish_outgoing(*session, *row, {std::string(state), reason}, now + 1).outcome ==
            Outcome::kStored);
  };
  const auto undelivered = [&] {
    FeedFilter filter;
    filter.site = "demo";
    filter.view = View::kUndelivered;
    const auto feed = awaited<Result<Feed>>([&](auto done) { read_feed(*store, filter, done); });
    REQUIRE(feed.ok());
    CHECK(feed->counts.undelivered == static_cast<std::int64_t>(feed->rows.size()));
    std::string numbers;
    for (const FeedRow& row : feed->rows) {
      CHECK(row.is_undelivered);
      numbers += std::to_string(row.number);
    }
    return numbers;
  };
  for (const int n : {1, 2, 3}) REQUIRE(add(*store, by_mail(n)).outcome == Outcome::kStored);
  CHECK(undelivered().empty());
  end(1, states::kSent);
  end(1, states::kFailed, "address SMTP 550 no such mailbox");
  end(2, states::kFailed, "refused");
  end(3, states::kFailed, "unsubscribed");  // as the visitor wishes
  CHECK(undelivered() == "21");
  end(2, states::kSent);
  CHECK(undelivered() == "1");
  const std::string failed = place.value("SELECT id FROM outbox WHERE reason LIKE 'address%'");
  REQUIRE(retry_outgoing(*session, id_of(1), failed, 1, "2026-01-04T00:00:00Z", "p").outcome ==
          Outcome::kStored);
  CHECK(undelivered().empty());
}

TEST_CASE("of the replies to one request the earlier goes first, whatever holds it up") {
  const Place place(each_backend());
  auto store = place.open();
  REQUIRE(add(*store, by_mail(1)).outcome == Outcome::kStored);
  REQUIRE(add(*store, by_mail(2)).outcome == Outcome::kStored);
  REQUIRE(reply(*store, id_of(1), reply_of(1, everything(10))).outcome == Outcome::kStored);
  REQUIRE(reply(*store, id_of(1), reply_of(2, everything(11))).outcome == Outcome::kStored);
  REQUIRE(reply(*store, id_of(2), reply_of(3, everything(12))).outcome == Outcome::kStored);
  const auto session = place.session();
  const auto first = claim(*session, "email", 20);
  REQUIRE(first);
  CHECK(first->reply == id_of(1'001));
  REQUIRE(
      finish_outgoing(*session, *first, {std::string(states::kWaiting), "", 1'000}, 21).outcome ==
      Outcome::kStored);
  const auto second = claim(*session, "email", 30);
  REQUIRE(second);
  CHECK(second->request == id_of(2));
  CHECK_FALSE(claim(*session, "email", 30));
}

TEST_CASE(
    "a duplicate's asker is written to as well, unless it is the same person at the same place") {
  struct Case {
    std::string channel, first, second;  // places
    std::string one, other;              // users
    std::string goes;                    // places of what goes out, in the order of the requests
  };
  const Case cases[] = {
      {"vk", "wall", "wall", "5", "6", "wall wall "},
      {"vk", "wall", "wall", "5", "5", "wall "},
      {"vk", "wall", "message", "5", "5", "wall message "},
      // Facebook does not always say who wrote a comment.
      {"facebook", "comment", "comment", "", "", "comment comment "},
  };
  for (const Case& c : cases) {
    CAPTURE(c.first, c.second, c.one, c.other);
    const Place place(each_backend());
    auto store = place.open();
    NewRequest first = from(1, c.channel, c.first), second = from(2, c.channel, c.second);
    first.source.user = c.one;
    second.source.user = c.other;
    REQUIRE(add(*store, std::move(first)).outcome == Outcome::kStored);
    REQUIRE(add(*store, std::move(second)).outcome == Outcome::kStored);
    const auto session = place.session();
    REQUIRE(merge(*session, id_of(2), {id_of(1), "2026-01-02T00:00:00Z", "p1", 9}).outcome ==
            Outcome::kStored);
    REQUIRE(reply(*store, id_of(1), reply_of(1, everything(10))).outcome == Outcome::kStored);
    std::string goes;
    for (int n = 1; n <= 2; ++n)
      for (const Outgoing& one : deliveries(*store, n)) goes += one.place + " ";
    CHECK(goes == c.goes);
  }
}

TEST_CASE("many servers take many rows: each row once") {
  const Place place(each_backend());
  { (void)place.open(); }
  constexpr int kRows = 60, kServers = 4;
  const auto session = place.session();
  for (int i = 0; i < kRows; ++i)
    REQUIRE(session->run(put_outgoing(mail("m" + std::to_string(i), 1))).ok());
  std::vector<std::future<std::vector<std::string>>> servers;
  for (int s = 0; s < kServers; ++s)
    servers.push_back(std::async(std::launch::async, [&place, s] {
      const auto own = place.session();
      std::vector<std::string> got;
      for (int empty = 0; empty < 20;) {
        const auto row = claim_outgoing(*own, {"email", "s" + std::to_string(s), 5, 1'000});
        if (row.ok() && *row)
          got.push_back((*row)->id);
        else
          ++empty;  // another has taken the one that was found, or all are taken
      }
      return got;
    }));
  std::multiset<std::string> all;
  for (auto& server : servers)
    for (std::string& id : server.get()) all.insert(std::move(id));
  CHECK(all.size() == kRows);
  CHECK(std::set<std::string>(all.begin(), all.end()).size() == kRows);
}

TEST_CASE("what waits for one place is put off, and nothing else") {
  const Place place(each_backend());
  { (void)place.open(); }
  const auto session = place.session();
  OutgoingRow row{"a1", "demo", "webhook", "a", {}, {}, "{}", 5};
  const auto put = [&](const std::string& id, const std::string& site, const std::string& to) {
    row.id = id;
    row.site = site;
    row.place = to;
    REQUIRE(session->run(put_outgoing(row)).ok());
  };
  put("b", "demo", "b");
  put("other", "other", "a");
  put("a2", "demo", "a");
  put("a1", "demo", "a");
  REQUIRE(session->run(postpone_outgoing(row, 50)).ok());
  std::set<std::string> due;
  for (auto one = claim(*session, "webhook", 10); one; one = claim(*session, "webhook", 10))
    due.insert(one->id);
  CHECK(due == std::set<std::string>{"b", "other"});
  CHECK(claim(*session, "webhook", 50)->id.starts_with("a"));
}

TEST_CASE("what is over and is no reply goes after its time") {
  const Place place(each_backend());
  { (void)place.open(); }
  const auto session = place.session();
  REQUIRE(session->run(put_outgoing(mail("old", 1))).ok());
  const auto row = claim(*session, "email", 1);
  REQUIRE(row);
  REQUIRE(finish_outgoing(*session, *row, {std::string(states::kSent)}, 2'000).outcome ==
          Outcome::kStored);
  REQUIRE(session->run(put_outgoing(mail("waits", 1))).ok());
  const std::int64_t kept = kOutboxKept / 1'000;
  REQUIRE(session->run(sweep_outgoing(kept + 2)).ok());
  CHECK(place.value("SELECT count(*) FROM outbox") == "2");
  CHECK(place.value("SELECT payload FROM outbox WHERE id = 'old'") == "");
  REQUIRE(session->run(sweep_outgoing(kept + 3)).ok());
  CHECK(place.value("SELECT id FROM outbox") == "waits");
}
