// What was written elsewhere: once, in whatever order its events arrive; on both backends.
#include "server-stub/store/deliveries.h"

#include <algorithm>

#include "tests/catch.h"
#include "tests/server-stub/store/place.h"

namespace {

using namespace askus;
using namespace askus::store;
using testing::Backend;
using testing::changes;
using testing::erase;
using testing::erase_user;
using testing::find;
using testing::id_of;
using testing::Place;
using testing::receive;
using testing::sample;

constexpr std::int64_t kNow = 1'000;

Backend each_backend() {
  return GENERATE(Backend::kSqlite, Backend::kPostgres);
}

// Message `n`, as event `event` tells it.
Delivery event_of(int n, const std::string& event, Deed deed, std::int64_t at = 0,
                  const std::string& title = "words") {
  Delivery delivery;
  delivery.deed = deed;
  delivery.at = at;
  delivery.request = sample(n);
  delivery.request.fields.title = title;
  delivery.request.fields.name = "Марія";
  delivery.request.fields.channel = "vk";
  delivery.request.source = {"vk",
                             "wall",
                             "77",
                             "u" + std::to_string(n),
                             "-77_5",
                             "-77_5_9",
                             "https://vk.com/wall-77_5?reply=9",
                             "pay debt"};
  delivery.event = {"event/" + event, kNow, kNow + 100};
  delivery.gone = {"gone/" + std::to_string(n), kNow, kNow + 100};
  return delivery;
}

StoredRequest stored(Store& store, int n) {
  const Found found = find(store, id_of(n));
  REQUIRE((found.ok() && found->has_value()));
  return **found;
}

std::string all_text(const Place& place) {
  return place.value(
      "SELECT r.title || r.details || r.name || s.group_id || s.user_id || s.thread || s.item ||"
      " s.link || s.topics FROM requests r JOIN sources s ON s.request = r.id");
}

}  // namespace

TEST_CASE("a message is stored once, with where it was written") {
  const Place place(each_backend());
  auto store = place.open();
  const Received first = receive(*store, {event_of(1, "a", Deed::kWritten)});
  INFO(first.text);
  CHECK(first.outcome == Outcome::kStored);
  CHECK(first.stored == 1);
  const StoredRequest row = stored(*store, 1);
  CHECK(row.number == 1);
  CHECK(row.status == statuses::kReceived);
  CHECK(row.fields.title == "words");
  CHECK(row.source == event_of(1, "a", Deed::kWritten).request.source);

  // The same delivery, and another event that says the same.
  for (const char* event : {"a", "b"}) {
    const Received again = receive(*store, {event_of(1, event, Deed::kWritten, 0, "others")});
    CHECK(again.outcome == Outcome::kStored);
    CHECK(again.known == 1);
    CHECK(again.stored + again.changed == 0);
  }
  CHECK(stored(*store, 1).fields.title == "words");
  CHECK(place.value("SELECT count(*) FROM requests") == "1");
}

TEST_CASE("a batch is stored whole, duplicates within it once") {
  const Place place(each_backend());
  auto store = place.open();
  std::vector<Delivery> batch;
  for (int n = 1; n <= 1'000; ++n)
    batch.push_back(event_of(n % 500 + 1, std::to_string(n % 500), Deed::kWritten));
  const Received received = receive(*store, batch);
  INFO(received.text);
  CHECK(received.stored == 500);
  CHECK(received.known == 500);
  CHECK(place.value("SELECT last_number FROM sites") == "500");
  const Changes all = changes(*store, "demo", 0);
  REQUIRE(all.ok());
  CHECK(all->size() == 500);
  CHECK(receive(*store, {}).outcome == Outcome::kStored);
}

TEST_CASE("edits, removal and restoring are followed") {
  const Place place(each_backend());
  auto store = place.open();
  receive(*store, {event_of(1, "new", Deed::kWritten)});
  Delivery edit = event_of(1, "edit", Deed::kEdited, 0, "other words");
  edit.request.source.topics = "debt";
  CHECK(receive(*store, {edit}).changed == 1);
  CHECK(stored(*store, 1).fields.title == "other words");
  CHECK(stored(*store, 1).source.topics == "debt");

  CHECK(receive(*store, {event_of(1, "gone", Deed::kRemoved)}).changed == 1);
  const StoredRequest removed = stored(*store, 1);
  CHECK(removed.status == statuses::kRemoved);
  CHECK(removed.fields.title.empty());
  CHECK(removed.fields.details.empty());
  CHECK(removed.fields.name.empty());
  CHECK(removed.source.user.empty());
  CHECK(removed.source.topics.empty());
  // Nothing but restoring brings it back.
  CHECK(receive(*store, {event_of(1, "edit 2", Deed::kEdited)}).known == 1);
  CHECK(receive(*store, {event_of(1, "new 2", Deed::kWritten)}).known == 1);
  CHECK(stored(*store, 1).status == statuses::kRemoved);

  CHECK(receive(*store, {event_of(1, "back", Deed::kRestored, 0, "again")}).changed == 1);
  const StoredRequest back = stored(*store, 1);
  CHECK(back.status == statuses::kReceived);
  CHECK(place.value("SELECT closed_at FROM requests") == "0");
  CHECK(back.fields.title == "again");
  CHECK(back.source.user == "u1");
  std::vector<std::string> kinds;
  for (const Change& change : back.history) kinds.push_back(change.kind);
  CHECK(kinds == std::vector<std::string>{"received", "edited", "removed", "restored"});
}

TEST_CASE("an edit does not undo the staff's work") {
  const Place place(each_backend());
  auto store = place.open();
  receive(*store, {event_of(1, "new", Deed::kWritten)});
  testing::set_status(*store, id_of(1), "in-work", kNow);
  receive(*store, {event_of(1, "edit", Deed::kEdited, 0, "other words")});
  CHECK(stored(*store, 1).status == "in-work");
  testing::set_status(*store, id_of(1), "closed", kNow);
  receive(*store, {event_of(1, "edit 2", Deed::kEdited, 0, "more words")});
  CHECK(stored(*store, 1).status == "closed");
  CHECK(place.value("SELECT closed_at FROM requests") == std::to_string(kNow));
  // Nor is a removed one worked on.
  receive(*store, {event_of(1, "gone", Deed::kRemoved)});
  CHECK(testing::set_status(*store, id_of(1), "in-work", kNow).outcome == Outcome::kErased);
  testing::reply(*store, id_of(1), {id_of(9), "Олена", "оператор", "text", "then", true});
  CHECK(stored(*store, 1).status == statuses::kRemoved);
}

TEST_CASE("every order of a message's events ends the same") {
  const Place place(each_backend());
  auto store = place.open();
  // The events of one message with their times; `n` is put in below.
  const auto made = [](Deed deed, std::int64_t at) {
    return event_of(0, std::to_string(at), deed, at, "at " + std::to_string(at));
  };
  const std::vector<Delivery> edited{made(Deed::kWritten, 1), made(Deed::kEdited, 2),
                                     made(Deed::kEdited, 3)};
  const std::vector<Delivery> removed{made(Deed::kWritten, 1), made(Deed::kEdited, 2),
                                      made(Deed::kRemoved, 3)};
  int n = 0;
  for (const auto& [events, title] : {std::pair(edited, "at 3"), std::pair(removed, "")}) {
    std::vector<std::size_t> order{0, 1, 2};
    do {
      ++n;
      for (const std::size_t i : order) {
        Delivery delivery = events[i];
        delivery.request.fields.id = id_of(n);
        delivery.event.name += "/" + std::to_string(n);
        delivery.gone.name = "gone/" + std::to_string(n);
        // Each delivered twice.
        CHECK(receive(*store, {delivery, delivery}).outcome == Outcome::kStored);
      }
      CAPTURE(order, title);
      const Found found = find(*store, id_of(n));
      REQUIRE(found.ok());
      // Removed before it was ever told: no row at all.
      CHECK((*found ? (*found)->fields.title : "") == title);
      if (*title != '\0') CHECK(*found);
    } while (std::next_permutation(order.begin(), order.end()));
  }
}

TEST_CASE("a removal that came first is remembered for a while, and not against restoring") {
  const Place place(each_backend());
  auto store = place.open();
  CHECK(receive(*store, {event_of(1, "gone", Deed::kRemoved)}).known == 1);
  CHECK(receive(*store, {event_of(1, "new", Deed::kWritten)}).known == 1);
  CHECK(place.value("SELECT count(*) FROM requests") == "0");
  CHECK(receive(*store, {event_of(1, "back", Deed::kRestored)}).stored == 1);

  receive(*store, {event_of(2, "gone 2", Deed::kRemoved)});
  Delivery later = event_of(2, "new 2", Deed::kWritten);
  later.gone.now = later.gone.expires_at + 1;
  CHECK(receive(*store, {later}).stored == 1);
}

TEST_CASE("erased is erased: nothing tells where it was written, and no retry brings it back") {
  const Place place(each_backend());
  auto store = place.open();
  receive(*store, {event_of(1, "new", Deed::kWritten)});
  CHECK(erase(*store, id_of(1)).outcome == Outcome::kStored);
  CHECK(all_text(place).empty());
  for (const Deed deed : {Deed::kWritten, Deed::kEdited, Deed::kRemoved, Deed::kRestored})
    CHECK(receive(*store, {event_of(1, "again " + std::to_string(static_cast<int>(deed)), deed)})
              .known == 1);
  CHECK(all_text(place).empty());
}

TEST_CASE("all of one user goes, and nothing of another's") {
  const Place place(each_backend());
  auto store = place.open();
  constexpr int kMany = 120;  // more than are asked for at once
  std::vector<Delivery> batch;
  for (int n = 1; n <= kMany; ++n) {
    batch.push_back(event_of(n, std::to_string(n), Deed::kWritten));
    batch.back().request.source.user = "me";
  }
  batch.push_back(event_of(kMany + 1, "other", Deed::kWritten));
  receive(*store, batch);
  // One that the panel sent for the same user.
  NewRequest panel = sample(500);
  panel.source = {"vk", "panel", "77", "me", "", "", "", ""};
  CHECK(testing::add(*store, std::move(panel)).outcome == Outcome::kStored);
  for (const auto& [site, channel, user] :
       {std::tuple("demo", "facebook", "me"), std::tuple("other", "vk", "me"),
        std::tuple("demo", "vk", "you")})
    CHECK(*erase_user(*store, site, channel, user) == 0);
  CHECK(*erase_user(*store, "demo", "vk", "me") == kMany + 1);
  CHECK(*erase_user(*store, "demo", "vk", "me") == 0);
  CHECK(place.value("SELECT count(*) FROM requests WHERE status = 'erased'") ==
        std::to_string(kMany + 1));
  CHECK(stored(*store, kMany + 1).status == statuses::kReceived);
}

TEST_CASE("marks that have expired are swept, also where nothing but deliveries comes") {
  const Place place(each_backend());
  auto store = place.open();
  receive(*store, {event_of(1, "a", Deed::kWritten)});
  CHECK(place.value("SELECT count(*) FROM marks") == "1");
  REQUIRE(testing::sweep(*store, kNow + 101).ok());
  CHECK(place.value("SELECT count(*) FROM marks") == "0");
}
