// What several people do with one request: marks, advice, duplicates, suggestions. On both
// backends.
#include "server-stub/store/awaited.h"
#include "server-stub/store/consulting.h"
#include "server-stub/store/feed.h"
#include "server-stub/store/flags.h"
#include "server-stub/store/merging.h"
#include "server-stub/store/replies.h"
#include "server-stub/store/suggestions.h"
#include "tests/catch.h"
#include "tests/server-stub/store/place.h"

namespace {

using namespace askus;
using namespace askus::store;
using testing::add;
using testing::Backend;
using testing::find;
using testing::id_of;
using testing::Place;
using testing::sample;

const std::string kAt = "2026-01-02T00:00:00Z";

Outcome change(Store& store, const std::function<Written(Session&)>& work) {
  return awaited<Written>([&](auto done) { store.change(work, done); }).outcome;
}

Rows rows(Store& store, const Query& query) {
  const auto answer =
      awaited<Result<std::vector<Rows>>>([&](auto done) { store.ask({query}, done); });
  REQUIRE(answer.ok());
  return answer->front();
}

Reply note(int n, bool is_public = false) {
  return {id_of(n), "Olena", "", "text", kAt, is_public, "p1"};
}

std::unique_ptr<Store> with_requests(const Place& place, int n) {
  auto store = place.open();
  for (int i = 1; i <= n; ++i) REQUIRE(add(*store, sample(i)).outcome == Outcome::kStored);
  return store;
}

std::vector<Suggestion> handed(Store& store) {
  const auto all = awaited<Result<std::vector<Suggestion>>>(
      [&](auto done) { read_suggestions(store, "demo", done); });
  REQUIRE(all.ok());
  return *all;
}

}  // namespace

TEST_CASE("marks are a person's, and go with what is new and with the request") {
  const Place place(GENERATE(Backend::kSqlite, Backend::kPostgres));
  const auto store = with_requests(place, 2);
  const auto set = [&](const std::string& person, std::string_view flag, bool is_set = true) {
    return change(*store, [&](Session& session) {
      return set_flag(session, "demo", id_of(1), person, std::string(flag), is_set);
    });
  };
  CHECK(set("p1", flags::kStarred) == Outcome::kStored);
  CHECK(set("p1", flags::kStarred) == Outcome::kStored);
  CHECK(set("p1", flags::kDone) == Outcome::kStored);
  CHECK(set("p2", flags::kDone) == Outcome::kStored);
  CHECK(rows(*store, read_flags("demo", 1, "p1")).size() == 2);
  CHECK(change(*store, [&](Session& session) {
          return set_flag(session, "other", id_of(1), "p1", "done", true);
        }) == Outcome::kMissing);
  CHECK(change(*store, [&](Session& session) {
          return consult(session, id_of(1), note(50), "net");
        }) == Outcome::kStored);
  CHECK(rows(*store, read_flags("demo", 1, "p1")).size() == 1);
  CHECK(rows(*store, read_flags("demo", 1, "p2")).empty());
  CHECK(testing::erase(*store, id_of(1)).outcome == Outcome::kStored);
  CHECK(rows(*store, read_flags("demo", 1, "p1")).empty());
  CHECK(set("p1", flags::kStarred) == Outcome::kMissing);
}

TEST_CASE("advice is asked and given once") {
  const Place place(GENERATE(Backend::kSqlite, Backend::kPostgres));
  const auto store = with_requests(place, 1);
  const auto ask = [&](int n) {
    return change(*store,
                  [&](Session& session) { return consult(session, id_of(1), note(n), "net"); });
  };
  const auto give = [&](int n, int question = 50) {
    return change(*store, [&](Session& session) {
      return advise(session, id_of(1), id_of(question), note(n));
    });
  };
  CHECK(ask(50) == Outcome::kStored);
  CHECK(ask(50) == Outcome::kReplayed);
  CHECK(give(51, 99) == Outcome::kMissing);
  CHECK(give(51) == Outcome::kStored);
  CHECK(give(51) == Outcome::kReplayed);
  CHECK(give(52) == Outcome::kRefused);
  const auto all = consultations_of(rows(*store, read_consultations(id_of(1))));
  REQUIRE(all.size() == 1);
  CHECK(all[0].advice == id_of(51));
  const auto request = find(*store, id_of(1));
  REQUIRE((request.ok() && request->has_value()));
  CHECK((*request)->replies.size() == 2);
  CHECK((*request)->history.back().kind == "advised");
}

TEST_CASE("what is merged gets the replies, and stands alone when the other one is erased") {
  const Place place(GENERATE(Backend::kSqlite, Backend::kPostgres));
  const auto store = with_requests(place, 3);
  const auto join = [&](int n, const std::string& into) {
    return change(*store, [&](Session& session) {
      return merge(session, id_of(n), {into, kAt, "p1", 100});
    });
  };
  CHECK(join(3, id_of(2)) == Outcome::kStored);
  CHECK(join(2, id_of(1)) == Outcome::kStored);
  CHECK(join(1, id_of(3)) == Outcome::kRefused);
  CHECK(join(2, id_of(9)) == Outcome::kMissing);
  CHECK(merged_of(rows(*store, read_merged(id_of(1)))).size() == 2);
  for (int twice = 0; twice < 2; ++twice)
    change(*store, [&](Session& session) { return add_reply(session, id_of(1), note(60, true)); });
  for (int n = 1; n <= 3; ++n) CHECK((*find(*store, id_of(n)))->replies.size() == 1);
  CHECK(testing::erase(*store, id_of(1)).outcome == Outcome::kStored);
  CHECK(rows(*store, read_merged_into(id_of(2))).empty());
  CHECK((*find(*store, id_of(2)))->replies.size() == 1);
}

TEST_CASE("what is separated again is among what is new") {
  const Place place(GENERATE(Backend::kSqlite, Backend::kPostgres));
  const auto store = with_requests(place, 2);
  for (const std::string& into : {id_of(1), std::string()})
    CHECK(change(*store, [&](Session& session) {
            return merge(session, id_of(2), {into, kAt, "p1", 100});
          }) == Outcome::kStored);
  FeedFilter fresh;
  fresh.site = "demo";
  fresh.view = View::kNew;
  fresh.person = "p1";
  const auto feed = awaited<Result<Feed>>([&](auto done) { read_feed(*store, fresh, done); });
  REQUIRE(feed.ok());
  CHECK(feed->rows.size() == 2);
}

TEST_CASE("suggestions wait, are settled, and tell each asker once") {
  const Place place(GENERATE(Backend::kSqlite, Backend::kPostgres));
  const auto store = with_requests(place, 3);
  Suggestion topic;
  topic.id = id_of(70);
  topic.kind = "topic";
  topic.title = "Why?";
  topic.at = kAt;
  const auto suggest = [&] {
    return change(*store, [&](Session& session) {
      return suggest_topic(session, id_of(1), topic, {id_of(2), id_of(3), id_of(9)}, "p1");
    });
  };
  CHECK(suggest() == Outcome::kStored);
  CHECK(suggest() == Outcome::kReplayed);
  REQUIRE(handed(*store).size() == 1);
  CHECK(testing::erase(*store, id_of(3)).outcome == Outcome::kStored);
  const auto settle = [&](const std::string& state) {
    return change(*store, [&](Session& session) {
      return settle_suggestion(session, "demo", topic.id, state, "why");
    });
  };
  CHECK(settle("taken") == Outcome::kStored);
  CHECK(handed(*store).empty());
  REQUIRE(rows(*store, read_taken("demo")).size() == 1);
  for (const Untold& untold : untold_of(rows(*store, read_untold(topic.id))))
    CHECK(change(*store, [&](Session& session) { return set_told(session, untold); }) ==
          Outcome::kStored);
  CHECK(rows(*store, read_untold(topic.id)).empty());
  CHECK(rows(*store, read_taken("demo")).empty());
  CHECK(settle("open") == Outcome::kMissing);
}
