// People, memberships, invitations, sessions and the audit, on both backends.
#include "server-stub/store/people.h"

#include <atomic>
#include <thread>

#include "server-stub/store/awaited.h"
#include "server-stub/store/sessions.h"
#include "shared/faq/dates.h"
#include "tests/catch.h"
#include "tests/server-stub/store/place.h"

namespace {

using namespace askus;
using namespace askus::store;
using testing::Backend;
using testing::Place;

constexpr std::int64_t kNow = 1'000'000;
const std::string kAt = "2026-01-01T00:00:00Z";

Backend each_backend() {
  return GENERATE(Backend::kSqlite, Backend::kPostgres);
}

Act act(const std::string& action = "test", const std::string& actor = "test",
        const std::string& site = "") {
  static std::atomic<int> count{0};
  return {testing::id_of(++count), site, kAt, actor, action, "subject", "192.0.2.1"};
}

Invitation invitation(const std::string& hash, const std::string& email,
                      const std::string& role = "staff", const std::string& site = "demo") {
  return {hash, InvitationKind::kJoin, site, email, role, {"a", "b"}, "test", kAt, kNow + 100,
          false};
}

Outcome invite(Store& store, Invitation i, std::int64_t now = kNow) {
  return awaited<Written>([&](auto done) {
           store::invite(store, std::move(i), now, act("invite", "test", "demo"), done);
         })
      .outcome;
}

Acceptance acceptance(const std::string& hash, const std::string& id, std::int64_t now = kNow) {
  return {hash, {id, {}, "Name of " + id, "position", {}, "uk", false}, "hash of " + id, now};
}

Outcome accept(Store& store, Acceptance a) {
  return awaited<Written>(
             [&](auto done) { accept_invitation(store, std::move(a), act("accept"), done); })
      .outcome;
}

std::string join(Store& store, const std::string& id, const std::string& role = "staff",
                 const std::string& site = "demo") {
  REQUIRE(invite(store, invitation("t-" + id + site, id + "@b.example", role, site)) ==
          Outcome::kStored);
  REQUIRE(accept(store, acceptance("t-" + id + site, id)) == Outcome::kStored);
  return id;
}

std::optional<FoundSession> session(Store& store, const std::string& hash,
                                    std::int64_t now = kNow) {
  const auto found = awaited<Result<std::optional<FoundSession>>>(
      [&](auto done) { find_session(store, hash, now, done); });
  REQUIRE(found.ok());
  return *found;
}

Outcome begin(Store& store, const std::string& hash, const std::string& person,
              const std::string& before = "", std::int64_t step = 0) {
  return awaited<Written>([&](auto done) {
           begin_session(store, {hash, person, kNow}, before, step, act("log-in", person), done);
         })
      .outcome;
}

std::optional<LogIn> log_in(Store& store, const std::string& email) {
  const auto found =
      awaited<Result<std::optional<LogIn>>>([&](auto done) { find_log_in(store, email, done); });
  REQUIRE(found.ok());
  return *found;
}

Outcome set(Store& store, Membership m) {
  return awaited<Written>([&](auto done) { set_membership(store, std::move(m), act(), done); })
      .outcome;
}

std::vector<Colleague> people(Store& store, const std::string& site = "demo") {
  const auto found = awaited<Colleagues>([&](auto done) { read_people(store, site, done); });
  REQUIRE(found.ok());
  return *found;
}

}  // namespace

TEST_CASE("an invitation is good once, for as long as it says, and is replaced by the next") {
  const Place place(each_backend());
  auto store = place.open();
  CHECK(invite(*store, invitation("one", "a@b.example")) == Outcome::kStored);
  CHECK(invite(*store, invitation("two", "a@b.example")) == Outcome::kStored);
  const auto find = [&](const std::string& hash, std::int64_t now) {
    const auto found = awaited<Result<std::optional<Invitation>>>(
        [&](auto done) { find_invitation(*store, hash, now, done); });
    REQUIRE(found.ok());
    return *found;
  };
  CHECK_FALSE(find("one", kNow));
  CHECK(find("two", kNow + 99)->categories == std::vector<std::string>{"a", "b"});
  CHECK_FALSE(find("two", kNow + 100));
  CHECK_FALSE(find("two", kNow)->known);

  CHECK(accept(*store, acceptance("one", "p1")) == Outcome::kMissing);
  CHECK(accept(*store, acceptance("two", "p1", kNow + 100)) == Outcome::kMissing);
  CHECK(accept(*store, acceptance("two", "p1")) == Outcome::kStored);
  CHECK(accept(*store, acceptance("two", "p2")) == Outcome::kMissing);
  REQUIRE(people(*store).size() == 1);
  const Colleague one = people(*store)[0];
  CHECK(one.person == Person{"p1", "a@b.example", "Name of p1", "position", "", "uk", false});
  CHECK(one.membership == Membership{"demo", "p1", "staff", true, {"a", "b"}});
  CHECK(people(*store, "other").empty());
}

TEST_CASE("many who accept one invitation at once are one person") {
  const Place place(each_backend());
  auto store = place.open();
  REQUIRE(invite(*store, invitation("one", "a@b.example")) == Outcome::kStored);
  std::vector<std::unique_ptr<Store>> stores;
  for (int i = 0; i < 4; ++i) stores.push_back(place.open());
  std::atomic<int> stored{0}, missing{0};
  std::vector<std::thread> threads;
  for (int i = 0; i < 20; ++i)
    threads.emplace_back([&, i] {
      const Outcome outcome = accept(*stores[static_cast<std::size_t>(i) % stores.size()],
                                     acceptance("one", "p" + std::to_string(i)));
      ++(outcome == Outcome::kStored ? stored : missing);
    });
  for (std::thread& thread : threads) thread.join();
  CHECK(stored == 1);
  CHECK(missing == 19);
  CHECK(people(*store).size() == 1);
}

TEST_CASE("who is known joins a second site without a second account") {
  const Place place(each_backend());
  auto store = place.open();
  join(*store, "p1");
  REQUIRE(begin(*store, "s1", "p1") == Outcome::kStored);
  REQUIRE(invite(*store, invitation("next", "P1@b.example", "lead", "other")) == Outcome::kStored);
  // With a password, as if they were new: nothing changes, and the invitation is still good.
  CHECK(accept(*store, acceptance("next", "p2")) == Outcome::kRefused);
  Acceptance known = acceptance("next", "p2");
  known.password.clear();
  CHECK(accept(*store, known) == Outcome::kStored);
  CHECK(people(*store, "other")[0].person.id == "p1");
  CHECK(log_in(*store, "p1@b.example")->password == "hash of p1");
  CHECK_FALSE(session(*store, "s1"));
  // Nobody becomes a person without a password.
  REQUIRE(invite(*store, invitation("empty", "new@b.example")) == Outcome::kStored);
  Acceptance empty = acceptance("empty", "p3");
  empty.password.clear();
  CHECK(accept(*store, empty) == Outcome::kRefused);
}

TEST_CASE("the operator's link sets a new password and takes the codes off, for who is there") {
  const Place place(each_backend());
  auto store = place.open();
  join(*store, "p1", "lead");
  REQUIRE(awaited<Written>([&](auto done) {
            set_protection(*store, {std::nullopt, "sealed", 7}, {"s1", "p1", kNow}, act(), done);
          }).outcome == Outcome::kStored);
  Invitation link = invitation("reset", "p1@b.example", "administrator");
  link.kind = InvitationKind::kPassword;
  CHECK(invite(*store, link) == Outcome::kStored);
  CHECK(accept(*store, acceptance("reset", "p9")) == Outcome::kStored);
  CHECK(log_in(*store, "p1@b.example")->password == "hash of p9");
  CHECK(log_in(*store, "p1@b.example")->one_time_secret.empty());
  CHECK(people(*store)[0].membership.role == "lead");  // no role comes by it
  CHECK_FALSE(session(*store, "s1"));
  link.email = "nobody@b.example";
  CHECK(invite(*store, link) == Outcome::kMissing);
}

TEST_CASE("so many invitations may wait at a site") {
  const Place place(each_backend());
  auto store = place.open();
  for (int i = 0; i < kMostInvitations; ++i)
    REQUIRE(invite(*store, invitation("t" + std::to_string(i), std::to_string(i) + "@b.example")) ==
            Outcome::kStored);
  CHECK(invite(*store, invitation("more", "more@b.example")) == Outcome::kFull);
  CHECK(invite(*store, invitation("more", "more@b.example"), kNow + 100) == Outcome::kStored);
  CHECK(testing::sweep(*store, kNow + 100).ok());
  CHECK(place.value("SELECT count(*) FROM invitations") == "0");
}

TEST_CASE("a session is its person's, with what they may do where, until it is over") {
  const Place place(each_backend());
  auto store = place.open();
  join(*store, "p1", "lead");
  CHECK_FALSE(session(*store, "s1"));
  REQUIRE(begin(*store, "s1", "p1") == Outcome::kStored);
  const auto found = session(*store, "s1");
  REQUIRE(found);
  CHECK(found->person.id == "p1");
  REQUIRE(found->memberships.size() == 1);
  CHECK(found->memberships[0] == Membership{"demo", "p1", "lead", true, {"a", "b"}});
  CHECK(session(*store, "s1", kNow + kSessionIdle - 1));
  CHECK_FALSE(session(*store, "s1", kNow + kSessionIdle));
  note_session(*store, "s1", kNow + 100);
  REQUIRE(begin(*store, "s2", "p1", "s0") == Outcome::kStored);  // behind the note
  CHECK(session(*store, "s1", kNow + kSessionIdle));
  CHECK_FALSE(session(*store, "s1", kNow + kSessionLife));
  // The session that the browser showed ends with the log-in.
  REQUIRE(begin(*store, "s3", "p1", "s2") == Outcome::kStored);
  CHECK_FALSE(session(*store, "s2"));
  CHECK(awaited<Written>([&](auto done) { end_session(*store, "s3", act(), done); }).outcome ==
        Outcome::kStored);
  CHECK_FALSE(session(*store, "s3"));
  CHECK(session(*store, "s1"));
  CHECK(awaited<Written>([&](auto done) { end_sessions(*store, "p1", act(), done); }).outcome ==
        Outcome::kStored);
  CHECK_FALSE(session(*store, "s1"));
  REQUIRE(begin(*store, "s4", "p1") == Outcome::kStored);
  CHECK(testing::sweep(*store, kNow + kSessionLife).ok());
  CHECK(place.value("SELECT count(*) FROM sessions") == "0");
}

TEST_CASE("a one-time code opens one session, however many try it at once") {
  const Place place(each_backend());
  auto store = place.open(), other = place.open();
  join(*store, "p1");
  std::atomic<int> stored{0};
  std::vector<std::thread> threads;
  for (int i = 0; i < 10; ++i)
    threads.emplace_back([&, i] {
      if (begin(i % 2 == 0 ? *store : *other, "s" + std::to_string(i), "p1", "", 5) ==
          Outcome::kStored)
        ++stored;
    });
  for (std::thread& thread : threads) thread.join();
  CHECK(stored == 1);
  CHECK(begin(*store, "a", "p1", "", 4) == Outcome::kRefused);
  CHECK(begin(*store, "b", "p1", "", 6) == Outcome::kStored);
  CHECK(log_in(*store, "p1@b.example")->one_time_step == 6);
}

TEST_CASE("who loses a role loses the sessions, and no site its last administrator") {
  const Place place(each_backend());
  auto store = place.open();
  join(*store, "p1", "administrator");
  join(*store, "p2");
  REQUIRE(begin(*store, "s2", "p2") == Outcome::kStored);
  CHECK(set(*store, {"demo", "p3", "staff", true, {}}) == Outcome::kMissing);
  CHECK(set(*store, {"other", "p2", "staff", true, {}}) == Outcome::kMissing);
  CHECK(set(*store, {"demo", "p1", "lead", true, {}}) == Outcome::kRefused);
  CHECK(set(*store, {"demo", "p1", "administrator", false, {}}) == Outcome::kRefused);
  CHECK(set(*store, {"demo", "p1", "administrator", true, {"c"}}) == Outcome::kStored);
  CHECK(session(*store, "s2"));
  CHECK(set(*store, {"demo", "p2", "administrator", true, {}}) == Outcome::kStored);
  CHECK_FALSE(session(*store, "s2"));
  CHECK(set(*store, {"demo", "p1", "lead", true, {}}) == Outcome::kStored);
  CHECK(set(*store, {"demo", "p1", "lead", false, {}}) == Outcome::kStored);
  CHECK_FALSE(log_in(*store, "p1@b.example")->active);
  CHECK(begin(*store, "s1", "p1") == Outcome::kStored);
  CHECK_FALSE(session(*store, "s1"));  // is nowhere active
}

TEST_CASE("two administrators who take each other's role away at once: one stays") {
  const Place place(each_backend());
  auto first = place.open(), second = place.open();
  join(*first, "p1", "administrator");
  join(*first, "p2", "administrator");
  for (int round = 0; round < 10; ++round) {
    CHECK(set(*first, {"demo", "p1", "administrator", true, {}}) == Outcome::kStored);
    CHECK(set(*first, {"demo", "p2", "administrator", true, {}}) == Outcome::kStored);
    std::atomic<int> stored{0};
    std::thread one([&] {
      if (set(*first, {"demo", "p1", "staff", true, {}}) == Outcome::kStored) ++stored;
    });
    std::thread two([&] {
      if (set(*second, {"demo", "p2", "staff", true, {}}) == Outcome::kStored) ++stored;
    });
    one.join();
    two.join();
    CHECK(stored == 1);
  }
}

TEST_CASE("acts are read newest first: the site's, and its people's own") {
  const Place place(each_backend());
  auto store = place.open();
  join(*store, "p1");
  REQUIRE(begin(*store, "s1", "p1") == Outcome::kStored);
  join(*store, "p2", "staff", "other");
  REQUIRE(begin(*store, "s2", "p2") == Outcome::kStored);
  record(*store, act("publish", "key", "demo"));
  const auto read = [&](const std::string& before, std::size_t limit) {
    const auto acts = awaited<Result<std::vector<Act>>>(
        [&](auto done) { read_acts(*store, "demo", before, limit, done); });
    REQUIRE(acts.ok());
    return *acts;
  };
  // record() is done when what came behind it is.
  REQUIRE(begin(*store, "s3", "p2") == Outcome::kStored);
  std::string actions;
  for (const Act& one : read("", 100)) actions += one.action + " ";
  // The second invitation is recorded at "demo" by the helper above.
  CHECK(actions == "publish invite log-in accept invite ");
  CHECK(read("", 2).size() == 2);
  CHECK(read(read("", 2)[1].id, 100).size() == 3);
  CHECK(read("", 1)[0].address == "192.0.2.1");

  const auto newest = static_cast<std::int64_t>(parse_time(read("", 1)[0].at).value());
  constexpr std::int64_t kKept = kAuditDays * 86'400;
  REQUIRE(testing::sweep(*store, newest + kKept).ok());
  CHECK_FALSE(read("", 100).empty());
  REQUIRE(testing::sweep(*store, newest + kKept + 1).ok());
  CHECK(read("", 100).empty());
}

TEST_CASE("a picture of a person is kept while somebody has it") {
  const Place place(each_backend());
  auto store = place.open();
  join(*store, "p1");
  const std::string bytes("\0\xff\x80picture", 10), hash(64, 'a');
  const auto put = [&](const std::string& sha256) {
    return awaited<Written>([&](auto done) {
             set_picture(*store, "p1", sha256, "image/png", bytes, act(), done);
           })
        .outcome;
  };
  const auto find = [&](const std::string& sha256) {
    const auto found =
        awaited<FoundAttachment>([&](auto done) { find_picture(*store, sha256, done); });
    REQUIRE(found.ok());
    return found->has_value() ? (*found)->bytes : "none";
  };
  CHECK(find(hash) == "none");
  CHECK(put(hash) == Outcome::kStored);
  CHECK(put(hash) == Outcome::kStored);
  CHECK(find(hash) == bytes);
  CHECK(people(*store)[0].person.picture == hash);
  CHECK(put(std::string(64, 'b')) == Outcome::kStored);
  CHECK(find(hash) == "none");
}

TEST_CASE("no invitation makes a site's last administrator something less") {
  const Place place(each_backend());
  auto store = place.open();
  join(*store, "p1", "administrator");
  REQUIRE(invite(*store, invitation("down", "p1@b.example", "staff")) == Outcome::kStored);
  Acceptance known = acceptance("down", "p9");
  known.password.clear();  // it has been checked
  CHECK(accept(*store, known) == Outcome::kRefused);
  CHECK(people(*store)[0].membership.role == "administrator");
  join(*store, "p2", "administrator");
  CHECK(accept(*store, known) == Outcome::kStored);
  CHECK(place.value("SELECT role FROM memberships WHERE person = 'p1'") == "staff");
}
