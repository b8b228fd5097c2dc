// The tree of tags, the tags and tones of requests, and the feed by them. On both backends.
#include "server-stub/store/tags.h"

#include "server-stub/store/awaited.h"
#include "server-stub/store/feed.h"
#include "server-stub/store/replies.h"
#include "tests/catch.h"
#include "tests/server-stub/store/place.h"

namespace {

using namespace askus;
using namespace askus::store;
using testing::add;
using testing::Backend;
using testing::id_of;
using testing::Place;
using testing::sample;

const std::string kAt = "2026-01-02T00:00:00Z";

Backend each_backend() {
  return GENERATE(Backend::kSqlite, Backend::kPostgres);
}

int acts = 0;
Act act() {
  return {"act-" + std::to_string(++acts), "demo", kAt, "ann", "test", "", "here"};
}

Tag tag(const std::string& id, const std::string& parent = "", const std::string& name = "") {
  return {id, parent, name.empty() ? id : name, R"({"en":")" + id + R"("})", "", "", false, ""};
}

Outcome put(Store& store, std::vector<Tag> tags, bool skip = false) {
  return awaited<Written>(
             [&](auto done) { add_tags(store, "demo", std::move(tags), skip, act(), done); })
      .outcome;
}
Outcome change(Store& store, const Tag& one) {
  return awaited<Written>([&](auto done) { change_tag(store, "demo", one, act(), done); }).outcome;
}
Outcome merge(Store& store, const std::string& from, const std::string& into) {
  return awaited<Written>([&](auto done) { merge_tag(store, "demo", from, into, act(), done); })
      .outcome;
}

Outcome on_request(Store& store, int n, const std::string& tag, bool on = true,
                   const std::string& site = "demo") {
  return awaited<Written>([&](auto done) {
           store.change(
               [&](Session& session) {
                 return tag_request(session, {site, id_of(n), tag, on, kAt, "ann"});
               },
               done);
         })
      .outcome;
}
Outcome tone(Store& store, int n, const std::string& value) {
  return awaited<Written>([&](auto done) {
           store.change(
               [&](Session& session) {
                 return set_tone(session, "demo", id_of(n), value, kAt, "ann");
               },
               done);
         })
      .outcome;
}

// The tree as "id<parent:requests", retired and merged ones with what they are.
std::string tree(Store& store) {
  const auto tags =
      awaited<Result<std::vector<CountedTag>>>([&](auto done) { read_tags(store, "demo", done); });
  REQUIRE(tags.ok());
  std::string text;
  for (const auto& [one, requests] : *tags)
    text += (text.empty() ? "" : " ") + one.id + "<" + one.parent + ":" + std::to_string(requests) +
            (one.retired ? "-" : "") + (one.merged.empty() ? "" : ">" + one.merged);
  return text;
}

Feed feed(Store& store, const FeedFilter& filter) {
  const auto found = awaited<Result<Feed>>([&](auto done) { read_feed(store, filter, done); });
  INFO((found.ok() ? "" : found.error().text));
  REQUIRE(found.ok());
  return *found;
}
std::string numbers(Store& store, const std::function<void(FeedFilter&)>& with) {
  FeedFilter filter;
  filter.site = "demo";
  with(filter);
  std::string text;
  for (const FeedRow& row : feed(store, filter).rows)
    text += (text.empty() ? "" : " ") + std::to_string(row.number);
  return text;
}
std::string tagged(Store& store, const std::string& id) {
  return numbers(store, [&id](FeedFilter& f) { f.tag = id; });
}

void ask(Store& store, int n, const std::string& title, const std::string& mood = "") {
  NewRequest request = sample(n);
  request.fields.title = title;
  request.fields.details.clear();
  request.fields.mood = mood;
  REQUIRE(add(store, std::move(request)).outcome == Outcome::kStored);
}

}  // namespace

TEST_CASE("tags stand below one another, moved and renamed, never in a circle") {
  const Place place(each_backend());
  auto store = place.open();
  CHECK(put(*store, {tag("a"), tag("b", "a"), tag("c", "b")}) == Outcome::kStored);
  CHECK(put(*store, {tag("d", "none")}) == Outcome::kMissing);
  CHECK(put(*store, {tag("d", "", "a")}) == Outcome::kKeyReused);
  CHECK(change(*store, tag("a", "c")) == Outcome::kRefused);
  CHECK(change(*store, tag("a", "a")) == Outcome::kRefused);
  CHECK(change(*store, tag("none")) == Outcome::kMissing);
  CHECK(change(*store, tag("c", "", "renamed")) == Outcome::kStored);
  CHECK(change(*store, tag("b", "", "renamed")) == Outcome::kKeyReused);
  CHECK(tree(*store) == "a<:0 b<a:0 c<:0");
  // As deep as may be, and one deeper.
  CHECK(put(*store, {tag("e", "b"), tag("f", "e"), tag("g", "f")}) == Outcome::kStored);
  CHECK(put(*store, {tag("h", "g")}) == Outcome::kRefused);
  CHECK(change(*store, tag("a", "c")) == Outcome::kRefused);
  CHECK(tree(*store) == "a<:0 b<a:0 c<:0 e<b:0 f<e:0 g<f:0");
  // What is there already stands for what is added.
  Tag again = tag("x", "", "a");
  CHECK(put(*store, {again, tag("y", "x", "b"), tag("z", "y", "new")}, true) == Outcome::kStored);
  CHECK(tree(*store) == "a<:0 b<a:0 c<:0 e<b:0 f<e:0 g<f:0 z<b:0");
  CHECK(put(*store, {again, tag("y", "x", "b"), tag("z", "y", "new")}, true) == Outcome::kReplayed);
  // Another site's tree is its own.
  CHECK(place.value("SELECT count(DISTINCT site) FROM tags") == "1");
}

TEST_CASE("no more tags than a tree may have") {
  const Place place(each_backend());
  auto store = place.open();
  std::vector<Tag> many;
  for (std::size_t n = 0; n < kMostTags; ++n) many.push_back(tag("t" + std::to_string(n)));
  CHECK(put(*store, many) == Outcome::kStored);
  CHECK(put(*store, {tag("more")}) == Outcome::kFull);
}

TEST_CASE("a request's tags: set, found from above, taken away, told in its history") {
  const Place place(each_backend());
  auto store = place.open();
  for (int n = 1; n <= 3; ++n) ask(*store, n, "Question");
  REQUIRE(put(*store, {tag("a"), tag("b", "a"), tag("c", "b"), tag("d")}) == Outcome::kStored);
  CHECK(on_request(*store, 1, "c") == Outcome::kStored);
  CHECK(on_request(*store, 1, "c") == Outcome::kReplayed);
  CHECK(on_request(*store, 2, "a") == Outcome::kStored);
  CHECK(on_request(*store, 2, "d") == Outcome::kStored);
  CHECK(on_request(*store, 2, "none") == Outcome::kMissing);
  CHECK(on_request(*store, 9, "a") == Outcome::kMissing);
  CHECK(on_request(*store, 1, "a", true, "other") == Outcome::kMissing);
  CHECK(tagged(*store, "a") == "2 1");
  CHECK(tagged(*store, "b") == "1");
  CHECK(tagged(*store, "d") == "2");
  CHECK(tagged(*store, "none").empty());
  const Feed all = feed(*store, [] {
    FeedFilter filter;
    filter.site = "demo";
    return filter;
  }());
  REQUIRE(all.rows.size() == 3);
  CHECK(all.rows[1].tags == std::vector<std::string>{"a", "d"});
  CHECK(all.rows[2].tags == std::vector<std::string>{"c"});

  CHECK(on_request(*store, 2, "a", false) == Outcome::kStored);
  CHECK(on_request(*store, 2, "a", false) == Outcome::kReplayed);
  const auto found = testing::find(*store, id_of(2));
  REQUIRE(found.ok());
  REQUIRE(found->has_value());
  std::string history;
  for (const Change& one : (*found)->history) history += one.kind + "(" + one.detail + ") ";
  CHECK(history == "received() tagged(a) tagged(d) untagged(a) ");
  CHECK((*found)->history.back().actor == "ann");
  REQUIRE((*found)->tags.size() == 1);
  CHECK((*found)->tags[0].first == "d");

  // A retired one stays where it is, and is not set any more.
  Tag retired = tag("d");
  retired.retired = true;
  CHECK(change(*store, retired) == Outcome::kStored);
  CHECK(on_request(*store, 3, "d") == Outcome::kMissing);
  CHECK(tagged(*store, "d") == "2");
  CHECK(on_request(*store, 2, "d", false) == Outcome::kStored);
}

TEST_CASE("of two tags that become one nothing is lost, and none is there twice") {
  const Place place(each_backend());
  auto store = place.open();
  for (int n = 1; n <= 3; ++n) ask(*store, n, "Question");
  REQUIRE(put(*store, {tag("a", "", "one"), tag("b", "", "two"), tag("c", "a", "below"),
                       tag("d", "b", "below")}) == Outcome::kStored);
  for (const auto& [n, id] :
       {std::pair(1, "a"), std::pair(2, "a"), std::pair(2, "b"), std::pair(3, "b")})
    REQUIRE(on_request(*store, n, id) == Outcome::kStored);
  CHECK(merge(*store, "a", "a") == Outcome::kRefused);
  CHECK(merge(*store, "a", "c") == Outcome::kRefused);
  CHECK(merge(*store, "a", "none") == Outcome::kMissing);
  CHECK(merge(*store, "a", "b") == Outcome::kKeyReused);  // each has one of that name below
  CHECK(tree(*store) == "a<:2 b<:2 c<a:0 d<b:0");
  REQUIRE(change(*store, tag("c", "a", "other")) == Outcome::kStored);
  CHECK(merge(*store, "a", "b") == Outcome::kStored);
  CHECK(tree(*store) == "a<:0->b b<:3 c<b:0 d<b:0");
  CHECK(tagged(*store, "b") == "3 2 1");
  CHECK(merge(*store, "a", "b") == Outcome::kMissing);
  CHECK(on_request(*store, 1, "a") == Outcome::kMissing);
  // Its name is free again.
  CHECK(put(*store, {tag("new", "", "one")}) == Outcome::kStored);
  // A child may become its parent.
  CHECK(merge(*store, "c", "b") == Outcome::kStored);
}

TEST_CASE("a tone is the visitor's, or a guess, or a person's") {
  const Place place(each_backend());
  auto store = place.open();
  ask(*store, 1, "Жахливе обслуговування!");
  ask(*store, 2, "Жахливе обслуговування!", "happy");
  ask(*store, 3, "How do I pay?");
  ask(*store, 4, "Thank you, great service");
  const auto of = [&](const std::string& value, bool sure = false) {
    return numbers(*store, [&](FeedFilter& f) {
      f.tone = value;
      f.sure = sure;
    });
  };
  CHECK(of("negative") == "1");
  CHECK(of("negative", true).empty());
  CHECK(of("positive") == "4 2");
  CHECK(of("positive", true) == "2");
  CHECK(of("neutral") == "3");
  CHECK(place.value("SELECT tone_by FROM requests WHERE id = '" + id_of(2) + "'") == "visitor");
  CHECK(tone(*store, 1, "neutral") == Outcome::kStored);
  CHECK(tone(*store, 1, "neutral") == Outcome::kReplayed);
  CHECK(tone(*store, 9, "neutral") == Outcome::kMissing);
  CHECK(of("neutral") == "3 1");
  CHECK(of("neutral", true) == "1");
  const auto found = testing::find(*store, id_of(1));
  REQUIRE((found.ok() && found->has_value()));
  CHECK((*found)->history.back().kind == "tone");
  CHECK((*found)->history.back().detail == "neutral");
  CHECK((*found)->tone_by == "staff");
}

TEST_CASE("an erased request has neither tags nor a tone") {
  const Place place(each_backend());
  auto store = place.open();
  ask(*store, 1, "Жахливе обслуговування!");
  REQUIRE(put(*store, {tag("a")}) == Outcome::kStored);
  REQUIRE(on_request(*store, 1, "a") == Outcome::kStored);
  REQUIRE(testing::erase(*store, id_of(1)).outcome == Outcome::kStored);
  CHECK(place.value("SELECT count(*) FROM request_tags") == "0");
  CHECK(place.value("SELECT tone || tone_by || watched FROM requests").empty());
  CHECK(place.value("SELECT count(*) FROM changes WHERE detail <> ''") == "0");
  CHECK(on_request(*store, 1, "a") == Outcome::kErased);
  CHECK(tone(*store, 1, "neutral") == Outcome::kErased);
}
