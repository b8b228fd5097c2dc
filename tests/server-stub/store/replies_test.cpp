// Replies, states, comments, erasure and retention, on both backends.
#include "server-stub/store/replies.h"

#include <future>

#include "tests/catch.h"
#include "tests/server-stub/store/place.h"

namespace {

using namespace askus;
using namespace askus::store;
using testing::add;
using testing::Backend;
using testing::changes;
using testing::erase;
using testing::find;
using testing::id_of;
using testing::me_too;
using testing::Place;
using testing::reply;
using testing::sample;
using testing::set_status;
using testing::sweep;
using testing::waiting;

Backend each_backend() {
  return GENERATE(Backend::kSqlite, Backend::kPostgres);
}

Reply reply_of(int n, const std::string& at, bool is_public = true) {
  return {id_of(1'000 + n), "Олена", "оператор", "text " + std::to_string(n), at, is_public};
}

std::string status_of(Store& store, int n) {
  const Found found = find(store, id_of(n));
  REQUIRE((found.ok() && found->has_value()));
  return (*found)->status;
}

NewRequest comment(int n, const std::string& topic, const std::string& text, bool counts) {
  NewRequest request = sample(n);
  request.fields.kind = request::kComment;
  request.fields.topic = topic;
  request.fields.details = text;
  request.fields.me_too = counts;
  request.status = text.empty() ? statuses::kClosed : statuses::kWaiting;
  return request;
}

// Everything of a kind in the database, as one text.
std::string all_text(const Place& place) {
  return place.value(
      "SELECT title || details || category || mood || name || contact || language || page || query"
      " || consent_version || consent_hash || consent_at || payload_hash || answer || topic ||"
      " identity_user || identity_name || identity_contact || again_key FROM requests");
}

NewRequest personal(int n) {
  NewRequest request = sample(n);
  request::Request& f = request.fields;
  f.category = "c";
  f.mood = "upset";
  f.name = "Марія";
  f.contact = "maria@b.example";
  f.page = "https://a.example/me";
  f.query = "q";
  f.consent = {"1", std::string(64, 'a'), "2026-01-01T00:00:00Z"};
  request.identity = {"u1", "Maria", "m@b.example"};
  request.again_key = "key";
  return request;
}

}  // namespace

TEST_CASE("replies are read oldest first; a public one answers, a note does not") {
  const Place place(each_backend());
  auto store = place.open();
  REQUIRE(add(*store, sample(1)).outcome == Outcome::kStored);
  CHECK(reply(*store, id_of(1), reply_of(1, "2026-01-03T00:00:00Z", false)).outcome ==
        Outcome::kStored);
  CHECK(status_of(*store, 1) == "received");
  CHECK(reply(*store, id_of(1), reply_of(2, "2026-01-04T00:00:00Z")).outcome == Outcome::kStored);
  CHECK(status_of(*store, 1) == "answered");
  CHECK(reply(*store, id_of(1), reply_of(3, "2026-01-02T00:00:00Z")).outcome == Outcome::kStored);
  CHECK(reply(*store, id_of(1), reply_of(3, "2026-01-02T00:00:00Z")).outcome == Outcome::kReplayed);

  const Found found = find(*store, id_of(1));
  REQUIRE((found.ok() && found->has_value()));
  REQUIRE((*found)->replies.size() == 3);
  CHECK((*found)->replies[0].text == "text 3");
  CHECK((*found)->replies[1].text == "text 1");
  CHECK_FALSE((*found)->replies[1].is_public);
  CHECK((*found)->replies[2].author == "Олена");
  CHECK((*found)->replies[2].role == "оператор");

  const Changes all = changes(*store, "demo", 0);
  REQUIRE(all.ok());
  std::string kinds;
  for (const Change& change : *all) kinds += change.kind + " ";
  CHECK(kinds == "received noted replied replied ");
  CHECK((*found)->history.size() == 4);
}

TEST_CASE("the state of a request is set, and each change told once") {
  const Place place(each_backend());
  auto store = place.open();
  REQUIRE(add(*store, sample(1)).outcome == Outcome::kStored);
  CHECK(set_status(*store, id_of(1), "in-work", 10).outcome == Outcome::kStored);
  CHECK(set_status(*store, id_of(1), "closed", 20).outcome == Outcome::kStored);
  CHECK(place.value("SELECT closed_at FROM requests") == "20");
  CHECK(set_status(*store, id_of(1), "closed", 30).outcome == Outcome::kReplayed);
  CHECK(place.value("SELECT closed_at FROM requests") == "20");
  CHECK(set_status(*store, id_of(1), "lost", 30).outcome == Outcome::kFailed);
  CHECK(set_status(*store, id_of(1), "erased", 30).outcome == Outcome::kFailed);
  CHECK(set_status(*store, id_of(9), "closed", 30).outcome == Outcome::kMissing);
  CHECK(reply(*store, id_of(9), reply_of(1, "2026")).outcome == Outcome::kMissing);
  // A reply to a closed request opens it again.
  CHECK(reply(*store, id_of(1), reply_of(1, "2026")).outcome == Outcome::kStored);
  CHECK(status_of(*store, 1) == "answered");
  CHECK(place.value("SELECT closed_at FROM requests") == "0");
  CHECK(changes(*store, "demo", 0)->back().seq == 4);
}

TEST_CASE("comments wait with their text; me-too counts once a request") {
  const Place place(each_backend());
  auto store = place.open();
  CHECK(add(*store, comment(1, "pay", "so do I", true)).outcome == Outcome::kStored);
  CHECK(add(*store, comment(1, "pay", "so do I", true)).outcome == Outcome::kReplayed);
  CHECK(add(*store, comment(2, "pay", "", true)).outcome == Outcome::kStored);
  CHECK(add(*store, comment(3, "other", "text", false)).outcome == Outcome::kStored);
  CHECK(add(*store, sample(4)).outcome == Outcome::kStored);
  NewRequest elsewhere = comment(5, "pay", "not here", true);
  elsewhere.site = "other";
  CHECK(add(*store, std::move(elsewhere)).outcome == Outcome::kStored);

  CHECK(me_too(*store, "demo", "pay") == 2);
  CHECK(me_too(*store, "other", "pay") == 1);
  CHECK(me_too(*store, "demo", "other") == 0);
  CHECK(me_too(*store, "demo", "nothing") == 0);

  const WaitingComments all = waiting(*store, "demo");
  REQUIRE(all.ok());
  REQUIRE(all->size() == 2);
  CHECK(all->at(0).id == id_of(1));
  CHECK(all->at(0).topic == "pay");
  CHECK(all->at(0).details == "so do I");
  CHECK(all->at(1).number == 3);
  CHECK(waiting(*store, "demo", 0, 1)->size() == 1);
  CHECK(waiting(*store, "demo", 1)->at(0).id == id_of(3));
  // A reply leaves it waiting; closed, it waits no longer.
  CHECK(reply(*store, id_of(3), reply_of(1, "2026")).outcome == Outcome::kStored);
  CHECK(status_of(*store, 3) == "waiting");
  CHECK(set_status(*store, id_of(3), "closed", 1).outcome == Outcome::kStored);
  CHECK(waiting(*store, "demo")->size() == 1);
}

TEST_CASE("an earlier request of the same contact is named by its number while it is open") {
  const Place place(each_backend());
  auto store = place.open();
  const auto asking = [](int n, const std::string& key, const std::string& site = "demo") {
    NewRequest request = sample(n);
    request.site = site;
    request.again_key = key;
    return request;
  };
  CHECK(add(*store, asking(1, "k")).answer == "answer 1 number 1");
  CHECK(add(*store, asking(2, "other")).answer == "answer 2 number 2");
  CHECK(add(*store, asking(3, "")).answer == "answer 3 number 3");
  CHECK(add(*store, asking(4, "")).answer == "answer 4 number 4");
  CHECK(add(*store, asking(5, "k", "elsewhere")).answer == "answer 5 number 1");
  CHECK(add(*store, asking(6, "k")).answer == "answer 6 number 5 earlier 1");
  CHECK(add(*store, asking(7, "k")).answer == "answer 7 number 6 earlier 5");
  // The first answer's bytes, whatever has happened since.
  REQUIRE(set_status(*store, id_of(7), "closed", 1).outcome == Outcome::kStored);
  REQUIRE(erase(*store, id_of(6)).outcome == Outcome::kStored);
  CHECK(add(*store, asking(7, "k")).answer == "answer 7 number 6 earlier 5");
  REQUIRE(reply(*store, id_of(1), reply_of(1, "2026")).outcome == Outcome::kStored);
  CHECK(add(*store, asking(8, "k")).answer == "answer 8 number 7 earlier 1");
}

TEST_CASE("two that ask the same within one commit know of each other") {
  const Place place(each_backend());
  auto store = place.open();
  // The first row's answer holds the writer until the other two wait together.
  std::promise<void> entered, release;
  NewRequest slow = sample(0);
  slow.answer = [&, go = release.get_future().share()](const Given&) {
    entered.set_value();
    go.wait();
    return std::string("slow");
  };
  std::promise<AddResult> results[3];
  const auto send = [&](std::size_t i, NewRequest request) {
    if (i > 0) request.again_key = "k";
    store->add_request(std::move(request),
                       [&, i](AddResult r) { results[i].set_value(std::move(r)); });
  };
  send(0, std::move(slow));
  entered.get_future().wait();
  send(1, sample(1));
  send(2, sample(2));
  release.set_value();
  CHECK(results[0].get_future().get().answer == "slow");
  CHECK(results[1].get_future().get().answer == "answer 1 number 2");
  CHECK(results[2].get_future().get().answer == "answer 2 number 3 earlier 2");
}

TEST_CASE("of an erased request the number is left, and no replay brings it back") {
  const Place place(each_backend());
  auto store = place.open();
  REQUIRE(add(*store, personal(1)).outcome == Outcome::kStored);
  REQUIRE(reply(*store, id_of(1), reply_of(1, "2026")).outcome == Outcome::kStored);
  CHECK(erase(*store, id_of(1)).outcome == Outcome::kStored);
  CHECK(erase(*store, id_of(1)).outcome == Outcome::kReplayed);
  CHECK(erase(*store, id_of(2)).outcome == Outcome::kMissing);

  CHECK(all_text(place).empty());
  CHECK(place.value("SELECT count(*) FROM replies") == "0");
  const Found found = find(*store, id_of(1));
  REQUIRE((found.ok() && found->has_value()));
  CHECK((*found)->status == "erased");
  CHECK((*found)->number == 1);
  CHECK((*found)->history.back().kind == "erased");
  CHECK((*found)->history.size() == 3);  // the second erasure left no change

  CHECK(add(*store, personal(1)).outcome == Outcome::kErased);
  CHECK(add(*store, sample(1, "other payload")).outcome == Outcome::kErased);
  CHECK(reply(*store, id_of(1), reply_of(2, "2026")).outcome == Outcome::kErased);
  CHECK(set_status(*store, id_of(1), "in-work", 1).outcome == Outcome::kErased);
  CHECK(all_text(place).empty());
  CHECK(add(*store, sample(2)).answer == "answer 2 number 2");
}

TEST_CASE("requests go when they have been closed for as long as their site keeps them") {
  const Place place(each_backend());
  auto store = place.open();
  for (int n = 1; n <= 4; ++n) REQUIRE(add(*store, personal(n)).outcome == Outcome::kStored);
  NewRequest elsewhere = personal(5);
  elsewhere.site = "other";
  REQUIRE(add(*store, std::move(elsewhere)).outcome == Outcome::kStored);
  set_status(*store, id_of(1), "closed", 1'000);
  set_status(*store, id_of(2), "closed", 1'001);
  set_status(*store, id_of(3), "closed", 1'000);
  set_status(*store, id_of(3), "in-work", 1'002);  // opened again
  set_status(*store, id_of(5), "closed", 1'000);

  CHECK(sweep(*store, 5'000)->requests == 0);  // nobody has said how long
  CHECK(sweep(*store, 1'099, {{"demo", 100}})->requests == 0);
  CHECK(sweep(*store, 1'100, {{"demo", 100}})->requests == 1);
  CHECK(status_of(*store, 1) == "erased");
  CHECK(status_of(*store, 2) == "closed");
  CHECK(sweep(*store, 1'101, {{"demo", 100}, {"nowhere", 1}})->requests == 1);
  CHECK(sweep(*store, 9'000, {{"demo", 100}})->requests == 0);
  CHECK(status_of(*store, 3) == "in-work");
  CHECK(status_of(*store, 4) == "received");
  CHECK(status_of(*store, 5) == "closed");
}

TEST_CASE("a reply that does not open a closed request again leaves it to be swept") {
  const Place place(each_backend());
  auto store = place.open();
  for (int n = 1; n <= 2; ++n) REQUIRE(add(*store, personal(n)).outcome == Outcome::kStored);
  set_status(*store, id_of(1), "closed", 1'000);
  for (int n = 1; n <= 2; ++n) {
    Reply told = reply_of(n, "2026");
    told.reopens = false;
    CHECK(reply(*store, id_of(n), told).outcome == Outcome::kStored);
  }
  CHECK(status_of(*store, 1) == "closed");
  CHECK(status_of(*store, 2) == "answered");
  CHECK(sweep(*store, 1'100, {{"demo", 100}})->requests == 1);
}

TEST_CASE("what is erased is gone from SQLite's file") {
  const Place place(Backend::kSqlite);
  const std::string secret = "a word that stands nowhere else";
  {
    auto store = place.open();
    NewRequest request = personal(1);
    request.fields.details = secret;
    REQUIRE(add(*store, std::move(request)).outcome == Outcome::kStored);
    store->close();
  }
  CHECK(place.folder.read("askus.db").find(secret) != std::string::npos);
  auto store = place.open();
  REQUIRE(erase(*store, id_of(1)).outcome == Outcome::kStored);
  store->close();
  store.reset();
  CHECK(place.folder.read("askus.db").find(secret) == std::string::npos);
  CHECK_FALSE(std::filesystem::exists(place.folder.file("askus.db-wal")));
}
