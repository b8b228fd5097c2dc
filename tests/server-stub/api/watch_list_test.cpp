// The watch list: over HTTP, on what arrives, and on feeds from a stand-in.
#include "server-stub/api/watch_list.h"

#include <nlohmann/json.hpp>

#include "server-stub/api/feed_poller.h"
#include "server-stub/feed/feed.h"
#include "server-stub/store/awaited.h"
#include "tests/server-stub/api/channels.h"
#include "tests/server-stub/api/people.h"
#include "tests/server-stub/publish/stand_in.h"

namespace {

using namespace askus;
using nlohmann::json;
using publish::Prepared;
using publish::StandIn;
using testing::add_person;
using testing::begin_session;
using testing::Harness;
using testing::post_vk;
using testing::send;
using testing::vk_comment;

const std::string kList = "/v1/sites/demo/watch-list";

std::string lead_of(Harness& h) {
  return begin_session(h, add_person(h, "l@b.example", "lead"));
}

void watch(Harness& h, const std::string& lead, const json& words,
           const json& minus = json::array(), const json& ignored = json::array()) {
  const json body{{"words", words}, {"minus_words", minus}, {"ignored", ignored}};
  const auto answer = send(h, lead, "PUT", kList, body.dump());
  INFO(answer.body);
  REQUIRE(answer.status == 204);
}

json list_of(Harness& h, const std::string& lead) {
  const auto answer = send(h, lead, "GET", kList);
  REQUIRE(answer.status == 200);
  return json::parse(answer.body);
}

std::string item(const std::string& id, const std::string& title, const std::string& text,
                 const std::string& author = "Ann") {
  return "<item><guid>" + id + "</guid><title>" + title + "</title><link>https://n.example/" + id +
         "</link><author>" + author + "</author><description>" + text + "</description></item>";
}
std::string rss(const std::string& items) {
  return "<rss><channel>" + items + "</channel></rss>";
}

// A server with one feed, which gives these answers one after another.
struct Fed {
  explicit Fed(std::deque<Prepared> answers) : feed(std::move(answers)), h(setup()) {}
  testing::Setup setup() {
    testing::Setup s;
    s.config = [url = feed.url()](config::Config& config, const testing::TempFolder&) {
      config.sites["demo"].feeds = {url + "/rss"};
    };
    return s;
  }
  void poll(bool later = true) {
    if (later) h.now += api::kFeedAtMost;
    h.app().feed_poller->poll();
  }
  std::string requests() {
    return h.sql(
        "SELECT group_concat(title || '|' || channel || '|' || name || '|' || watched, ' / ')"
        " FROM (SELECT * FROM requests ORDER BY number)");
  }
  std::string problem() { return h.sql("SELECT problem FROM feeds"); }

  StandIn feed;
  Harness h;
};

}  // namespace

TEST_CASE("a watch list is what was saved; what cannot be looked for is refused") {
  Harness h;
  const std::string lead = lead_of(h);
  CHECK(list_of(h, lead) == json{{"words", json::array()},
                                 {"minus_words", json::array()},
                                 {"ignored", json::array()},
                                 {"ignored_count", 0},
                                 {"feeds", json::array()}});
  const std::string hostile = "<img src=x onerror=alert(1)>\"'&";
  watch(h, lead, {"Зірконет", hostile}, {"вакансія"}, {"bot 5", hostile});
  CHECK(list_of(h, lead)["words"] == json{"Зірконет", hostile});
  CHECK(list_of(h, lead)["ignored"] == json{"bot 5", hostile});
  const auto refused = [&](const json& body, const std::string& field) {
    const auto answer = send(h, lead, "PUT", kList, body.dump());
    CAPTURE(answer.body);
    CHECK(answer.status == 422);
    CHECK(json::parse(answer.body)["errors"][0]["field"] == field);
  };
  refused({{"words", {"і"}}}, "words");
  refused({{"words", {"!!!"}}}, "words");
  refused({{"minus_words", {"та"}}}, "minus_words");
  refused({{"words", {std::string(api::kMaxWatchedBytes + 1, 'a')}}}, "words");
  refused({{"ignored", std::vector<std::string>(api::kMaxWatched + 1, "a")}}, "ignored");
  refused({{"ignored", {"two\nlines"}}}, "ignored");
  std::vector<std::string> most(api::kMaxWatched, std::string(api::kMaxWatchedBytes, 'a'));
  watch(h, lead, most, most, most);
  CHECK(h.sql("SELECT count(*) FROM audit WHERE action = 'watch-list'") == "2");
}

TEST_CASE("what arrives is marked by what is watched for, in any form") {
  Harness h(testing::with_channels());
  const std::string lead = lead_of(h);
  watch(h, lead, {"Зірконет", "аварія"}, {"вакансія"});
  REQUIRE(post_vk(h, vk_comment(9, "У Зірконеті знову аварії")).status == 200);
  REQUIRE(post_vk(h, vk_comment(10, "Гарний день")).status == 200);
  REQUIRE(post_vk(h, vk_comment(11, "Зірконет шукає: вакансії")).status == 200);
  CHECK(h.rows() == "3");  // it marks, and keeps nothing out
  const auto found =
      json::parse(send(h, lead, "GET", "/v1/sites/demo/requests?watched=1").body)["requests"];
  REQUIRE(found.size() == 1);
  CHECK(found[0]["watched"] == json{"Зірконет", "аварія"});
  // An edit is looked at anew.
  REQUIRE(post_vk(h, vk_comment(9, "Помилка, вибачте", "wall_reply_edit")).status == 200);
  CHECK(h.sql("SELECT count(*) FROM requests WHERE watched <> ''") == "0");
}

TEST_CASE("what an ignored author writes is not stored, and counted") {
  Harness h(testing::with_channels());
  const std::string lead = lead_of(h);
  watch(h, lead, json::array(), json::array(), {"5"});  // who wrote, in these messages
  REQUIRE(post_vk(h, vk_comment(9, "Чому?")).status == 200);
  REQUIRE(post_vk(h, vk_comment(10, "Чому знову?")).status == 200);
  CHECK(h.rows() == "0");
  // Nobody waits for the count: what is written behind it does.
  store::awaited<store::Written>([&h](auto done) {
    h.store().change(
        [](store::Session&) -> store::Written {
          return {store::Outcome::kStored, {}};
        },
        done);
  });
  CHECK(list_of(h, lead)["ignored_count"] == 2);
  watch(h, lead, json::array());
  REQUIRE(post_vk(h, vk_comment(11, "А тепер?")).status == 200);
  CHECK(h.rows() == "1");
  CHECK(list_of(h, lead)["ignored_count"] == 2);
}

TEST_CASE("entries of a feed that are watched for become requests once, and follow their edits") {
  const std::string first = item("1", "Зірконет обрив", "Since &lt;b&gt;noon&lt;/b&gt;", "Ann") +
                            item("2", "Weather", "Sun") + item("3", "zirkonet jobs", "", "Bot");
  const std::string edited =
      item("1", "Зірконет полагодили", "All is well") + item("2", "Weather", "Rain");
  Fed fed({{200, rss(first), "\"v1\"", "Fri, 27 Nov 2026 10:00:00 GMT"},
           {200, rss(first), "\"v1\"", "Fri, 27 Nov 2026 10:00:00 GMT"},
           {304, ""},
           {200, rss(edited), "\"v2\""},
           {200, rss(edited), "\"v3\""}});
  const std::string lead = lead_of(fed.h);
  fed.poll(false);
  CHECK(fed.h.rows() == "0");  // nothing is watched for
  watch(fed.h, lead, {"Зірконет"}, json::array(), {"BOT"});
  fed.poll(false);  // another list: the feed is read again whole
  CHECK(fed.requests() == "Зірконет обрив|feed|Ann|Зірконет");
  CHECK(fed.h.sql("SELECT link || ' ' || item FROM sources") == "https://n.example/1 1");
  CHECK(list_of(fed.h, lead)["ignored_count"] == 1);
  CHECK(list_of(fed.h, lead)["feeds"][0]["polled"] == true);
  fed.poll(false);  // not due
  fed.poll();       // not changed
  fed.poll();
  CHECK(fed.requests() == "Зірконет полагодили|feed|Ann|Зірконет");
  fed.poll();  // the same under another tag
  CHECK(fed.h.sql("SELECT group_concat(kind, ' ') FROM (SELECT kind FROM changes ORDER BY seq)") ==
        "received edited");
  CHECK(fed.problem().empty());
  const auto seen = fed.feed.seen();
  REQUIRE(seen.size() == 5);
  CHECK(seen[1].none_match.empty());
  CHECK(seen[2].none_match == "\"v1\"");
  CHECK(seen[2].modified_since == "Fri, 27 Nov 2026 10:00:00 GMT");
  CHECK(seen[3].none_match == "\"v1\"");
  CHECK(seen[4].none_match == "\"v2\"");
}

TEST_CASE("a feed that fails is tried again later, ever more seldom, and brings nothing") {
  std::string deep = "<rss><channel>";
  for (std::size_t i = 0; i < feed::kMaxDepth; ++i) deep += "<a>";
  Fed fed({{500, "no"},
           {200, "<rss><channel><item>"},
           {200, deep},
           {200, std::string(feed::kMaxBytes + 1, ' ')},
           {200, "<!DOCTYPE rss [<!ENTITY a \"Зірконет\">]>" + rss(item("1", "&a;", ""))},
           {302, ""},
           {200, rss(item("1", "Зірконет", ""))}});
  fed.poll(false);
  CHECK(fed.problem() == "it answered 500");
  CHECK(fed.h.sql("SELECT next_at - " + std::to_string(testing::kStart) + " FROM feeds") ==
        std::to_string(2 * api::kFeedEvery));
  for (int i = 0; i < 5; ++i) {
    fed.poll();
    CHECK_FALSE(fed.problem().empty());
  }
  CHECK(fed.h.sql("SELECT failures FROM feeds") == "6");
  CHECK(fed.h.rows() == "0");
  watch(fed.h, lead_of(fed.h), {"Зірконет"});
  fed.poll(false);
  CHECK(fed.problem().empty());
  CHECK(fed.h.sql("SELECT failures FROM feeds") == "0");
  CHECK(fed.requests() == "Зірконет|feed|Ann|Зірконет");
  fed.h.stop();
  CHECK(fed.h.log().find("\"event\":\"feed-failed\"") != std::string::npos);
}

TEST_CASE("one server at a time polls a feed") {
  Harness h;
  const auto take = [&](std::int64_t now) {
    bool taken = false;
    store::awaited<store::Written>([&](auto done) {
      h.store().change(
          [&](store::Session& session) -> store::Written {
            const auto found = store::take_feed(session, "demo", "https://f.example/", now);
            taken = found.ok() && found->has_value();
            return {store::Outcome::kStored, {}};
          },
          done);
    });
    return taken;
  };
  CHECK(take(1'000));
  CHECK_FALSE(take(1'000 + store::kFeedHeld - 1));
  CHECK(take(1'000 + store::kFeedHeld));  // who had it has died
}
