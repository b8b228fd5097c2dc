// What people write in communities, on Pages and elsewhere becomes requests: once, and only theirs.
#include "server-stub/api/inbound.h"

#include <nlohmann/json.hpp>

#include "tests/server-stub/api/channels.h"

namespace {

using namespace askus;
using testing::Answer;
using testing::facebook_comment;
using testing::Harness;
using testing::kStart;
using testing::post_facebook;
using testing::post_shop;
using testing::post_vk;
using testing::shop_review;
using testing::vk_comment;

std::string row(Harness& h, const std::string& columns) {
  return h.sql("SELECT " + columns + " FROM requests r JOIN sources s ON s.request = r.id");
}

constexpr const char* kWhere =
    "s.channel || ' ' || s.place || ' ' || s.group_id || ' ' || s.user_id || ' ' || s.thread || ' '"
    " || s.item || ' ' || s.link";

void check_ok(const Answer& answer) {
  CHECK(answer.status == 200);
  CHECK(answer.body == "ok");
  CHECK(answer.headers.at("content-type") == "text/plain; charset=utf-8");
}

}  // namespace

TEST_CASE("VK: the address is confirmed, for its own community alone") {
  Harness h(testing::with_channels());
  const Answer mine = post_vk(h, R"({"type":"confirmation","group_id":77})");
  CHECK(mine.status == 200);
  CHECK(mine.body == "a1b2c3d4");
  CHECK(post_vk(h, R"({"type":"confirmation","group_id":78})").problem() == "not-signed");
}

TEST_CASE("VK: a comment becomes a request, once, with what an answer will need") {
  Harness h(testing::with_channels());
  REQUIRE(h.publish(testing::make_publication(h.key, 1, testing::tiny_snapshot("answer")).body())
              .status == 201);
  check_ok(post_vk(h, vk_comment(9, "Чому не працює інтернет?")));
  CHECK(row(h, kWhere) == "vk wall 77 5 -77_3 -77_3_9 https://vk.com/wall-77_3?reply=9");
  CHECK(row(h,
            "r.title || '|' || r.details || '|' || r.channel || '|' || r.language || '|' ||"
            " r.kind || '|' || r.status") == "Чому не працює інтернет?||vk|uk|question|received");
  // Sent again, as the same event and as another.
  check_ok(post_vk(h, vk_comment(9, "Чому не працює інтернет?")));
  check_ok(post_vk(h, vk_comment(9, "Чому не працює інтернет?", "wall_reply_new", "again")));
  CHECK(h.rows() == "1");
  check_ok(post_vk(h, vk_comment(9, "Інше", "wall_reply_edit")));
  CHECK(row(h, "r.title") == "Інше");
  check_ok(post_vk(h, vk_comment(9, "", "wall_reply_delete")));
  CHECK(row(h, "r.title || r.status || s.user_id") == "removed");
  check_ok(post_vk(h, vk_comment(9, "Знову", "wall_reply_restore")));
  CHECK(row(h, "r.title || ' ' || r.status || ' ' || s.user_id") == "Знову received 5");
  // Pictures alone: nothing new is stored, and of what is there the words go until there are some.
  check_ok(post_vk(h, vk_comment(10, " ")));
  CHECK(h.rows() == "1");
  check_ok(post_vk(h, vk_comment(9, " ", "wall_reply_edit")));
  CHECK(row(h, "r.title || ' ' || r.status") == "— received");
  check_ok(post_vk(h, vk_comment(9, "І ще", "wall_reply_edit")));
  CHECK(row(h, "r.title") == "І ще");
  check_ok(post_vk(h, vk_comment(10, "Тепер зі словами", "wall_reply_edit")));
  CHECK(h.rows() == "2");
}

TEST_CASE("VK: another secret, community or shape stores nothing") {
  Harness h(testing::with_channels());
  CHECK(post_vk(h, vk_comment(1, "a", "wall_reply_new", "", "wrong")).problem() == "not-signed");
  CHECK(post_vk(h, vk_comment(1, "a", "wall_reply_new", "", "")).problem() == "not-signed");
  std::string foreign = vk_comment(1, "a");
  foreign.replace(foreign.find(":77"), 3, ":78");
  CHECK(post_vk(h, foreign).problem() == "not-signed");
  CHECK(post_vk(h, "{").problem() == "bad-json");
  CHECK(post_vk(h, "").problem() == "bad-json");
  CHECK(h.ask("POST", "/vk/other/callback", {}, vk_comment(1, "a")).status == 404);
  CHECK(post_vk(h, std::string(api::kInboundBody + 1, ' ')).status == 413);
  // What is not followed is taken, so that VK does not send it again.
  check_ok(post_vk(h, vk_comment(1, "a", "group_join")));
  CHECK(h.rows() == "0");
}

TEST_CASE("Facebook: the address is confirmed to who knows its token") {
  Harness h(testing::with_channels());
  const auto ask = [&h](const std::string& query) {
    return h.ask("GET", "/facebook/demo/webhook?" + query);
  };
  const std::string token = std::string("&hub.verify_token=") + testing::kFacebookVerify;
  const Answer mine = ask("hub.mode=subscribe&hub.challenge=1158201444" + token);
  CHECK(mine.status == 200);
  CHECK(mine.body == "1158201444");
  CHECK(mine.headers.at("content-type") == "text/plain; charset=utf-8");
  CHECK(ask("hub.mode=subscribe&hub.challenge=1&hub.verify_token=x").problem() == "not-signed");
  CHECK(ask("hub.mode=subscribe&hub.challenge=1").problem() == "not-signed");
  CHECK(ask("hub.mode=other&hub.challenge=1" + token).problem() == "not-signed");
  CHECK(ask("hub.mode=subscribe" + token).problem() == "bad-query");
  CHECK(ask("hub.mode=subscribe&hub.challenge=%20" + token).problem() == "bad-query");
  CHECK(ask("hub.mode=subscribe&hub.challenge=" + std::string(257, '1') + token).status == 400);
}

TEST_CASE("Facebook: comments of a batch become requests, once, in whatever order") {
  Harness h(testing::with_channels());
  check_ok(post_facebook(h, facebook_comment(2, "Де мій договір, і чому?", "edited", kStart + 5)));
  check_ok(post_facebook(h, facebook_comment(2, "Де?", "add", kStart)));
  check_ok(post_facebook(h, facebook_comment(2, "Де?", "add", kStart)));
  CHECK(h.rows() == "1");
  CHECK(row(h, "r.title || '|' || r.name") == "Де мій договір, і чому?|Марія");
  CHECK(row(h, kWhere) == "facebook comment 42 6 42_1 42_2 https://www.facebook.com/42_2");
  check_ok(post_facebook(h, facebook_comment(2, "", "remove", kStart + 9)));
  CHECK(row(h, "r.title || r.name || r.status") == "removed");
  // A whole batch at once.
  nlohmann::json batch = nlohmann::json::parse(facebook_comment(1'000, "один"));
  auto& changes = batch["entry"][0]["changes"];
  for (int n = 1; n < 1'000; ++n) {
    changes.push_back(changes[0]);
    changes.back()["value"]["comment_id"] = "42_" + std::to_string(1'000 + n);
  }
  for (int i = 0; i < 2; ++i) check_ok(post_facebook(h, batch.dump()));
  CHECK(h.rows() == "1001");
}

TEST_CASE("Facebook: another signature stores nothing") {
  Harness h(testing::with_channels());
  const std::string body = facebook_comment(1, "a");
  CHECK(post_facebook(h, body, "wrong").problem() == "not-signed");
  CHECK(h.ask("POST", "/facebook/demo/webhook", {}, body).problem() == "not-signed");
  CHECK(post_facebook(h, "[]").problem() == "bad-json");
  CHECK(h.rows() == "0");
}

TEST_CASE("a signed webhook becomes a request, and one that is sent later changes nothing") {
  Harness h(testing::with_channels());
  const std::string body = shop_review("r1", "Why is it off?");
  check_ok(post_shop(h, "msg_1", kStart, body));
  CHECK(row(h, kWhere) == "webhook shop/review  a-7 goods-1 r1 https://shop.example/r/1");
  CHECK(row(h, "r.title || '|' || r.name || '|' || r.language || '|' || r.channel") ==
        "Why is it off?|Ann|en|webhook");
  // A replay within its time, one after it, and one with a clock some minutes off.
  check_ok(post_shop(h, "msg_1", kStart, body));
  h.now = kStart + 299;
  check_ok(post_shop(h, "msg_1", kStart, body));
  h.now = kStart + 301;
  CHECK(post_shop(h, "msg_1", kStart, body).problem() == "not-signed");
  h.now = kStart - 301;
  CHECK(post_shop(h, "msg_1", kStart, body).problem() == "not-signed");
  h.now = kStart - 180;
  check_ok(
      post_shop(h, "msg_2", kStart, shop_review("r1", "Later", "edited", "2026-11-21T10:00:01Z")));
  CHECK(h.rows() == "1");
  CHECK(row(h, "r.title") == "Later");
  // The earlier edit arrives last.
  check_ok(post_shop(h, "msg_3", kStart, shop_review("r1", "Earlier", "edited")));
  CHECK(row(h, "r.title") == "Later");

  h.now = kStart;
  CHECK(post_shop(h, "msg_4", kStart, body, "whsec_" + std::string(32, 'A')).problem() ==
        "not-signed");
  CHECK(h.ask("POST", "/webhooks/demo/shop", {}, body).problem() == "not-signed");
  CHECK(post_shop(h, "msg_5", kStart, "{}").problem() == "bad-json");
  CHECK(h.ask("POST", "/webhooks/demo/none", {}, body).status == 404);
  CHECK(h.ask("POST", "/webhooks/other/shop", {}, body).status == 404);
  CHECK(h.rows() == "1");
}

TEST_CASE(
    "what is too long for any platform's id is left out, and what is too long to read is cut") {
  Harness h(testing::with_channels());
  std::string text;
  while (text.size() < 40'000) text += "слово ";
  check_ok(post_facebook(h, facebook_comment(1, text)));
  CHECK(row(h, "length(CAST(r.title AS BLOB)) <= 160 AND r.title LIKE 'слово%слово…'") == "1");
  CHECK(row(h,
            "length(CAST(r.details AS BLOB)) > 31000 AND"
            " length(CAST(r.details AS BLOB)) <= 32000") == "1");
  nlohmann::json batch = nlohmann::json::parse(facebook_comment(2, "a"));
  batch["entry"][0]["changes"][0]["value"]["comment_id"] = std::string(201, 'x');
  check_ok(post_facebook(h, batch.dump()));
  CHECK(h.rows() == "1");
  // A NUL, which JSON may escape, is none in the store.
  batch = nlohmann::json::parse(facebook_comment(3, std::string("a\0b", 3)));
  check_ok(post_facebook(h, batch.dump()));
  CHECK(h.sql("SELECT title FROM requests WHERE number = 2") == "a b");
}

TEST_CASE("a text is split into a title and details") {
  struct Row {
    std::string text, title, details;
  };
  const std::string words = "one two three four five six seven eight nine ten ";
  const std::string four = words + words + words + words;
  for (const Row& r :
       {Row{"Чому?", "Чому?", ""}, Row{"  Чому? \n", "Чому?", ""},
        Row{"Чому?\r\nОсь так.", "Чому?", "Чому?\r\nОсь так."},
        Row{four, words + words + words + "one two…", four.substr(0, four.size() - 1)},
        Row{std::string(200, 'x'), std::string(157, 'x') + "…", std::string(200, 'x')}}) {
    const auto split = api::split_text(r.text);
    CHECK(split.title == r.title);
    CHECK(split.details == r.details);
  }
}

TEST_CASE("the best topics are stored with what was written as a proposed answer") {
  class Fixed final : public api::SameQuestion {
   public:
    std::vector<std::string> find(const std::string&, std::string_view, std::string_view) override {
      return {};
    }
    api::Proposal propose(const std::string& site, std::string_view text) override {
      if (site != "demo") return {};
      return text == "Де?" ? api::Proposal{{"pay", "debt"}, "billing"}
                           : api::Proposal{{"other"}, ""};
    }
    void renew(const std::string&, std::shared_ptr<const store::Published>) override {}
  };
  testing::Setup setup = testing::with_channels();
  setup.same_question = [] { return std::make_unique<Fixed>(); };
  Harness h(setup);
  check_ok(post_vk(h, vk_comment(1, "Де?")));
  CHECK(row(h, "s.topics || ' ' || r.category") == "pay debt billing");
  check_ok(post_vk(h, vk_comment(1, "Куди?", "wall_reply_edit")));
  CHECK(row(h, "s.topics") == "other");
}

TEST_CASE("a store that takes nothing is told, so that the platform sends again") {
  testing::Setup setup = testing::with_channels();
  Harness h(setup);
  h.store().close();
  const Answer answer = post_vk(h, vk_comment(1, "a"));
  CHECK(answer.status == 503);
  CHECK(answer.body != "ok");
}
