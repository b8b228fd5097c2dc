#include "server-stub/social/message.h"

#include "tests/catch.h"

namespace {

using namespace askus;
using namespace askus::social;

Message only(const Result<VkCall>& call) {
  REQUIRE(call.ok());
  REQUIRE(call->messages.size() == 1);
  return call->messages[0];
}

std::string facebook(const std::string& entries, const std::string& page = "42") {
  return R"({"object":"page","entry":[{"id":")" + page + R"(","time":1,)" + entries + "}]}";
}

}  // namespace

TEST_CASE("VK: a private message, in the newer and the older shape") {
  const char* newer =
      R"({"type":"message_new","group_id":77,"event_id":"e1","v":"5.199","secret":"s","object":)"
      R"({"message":{"id":1,"conversation_message_id":9,"from_id":5,"peer_id":5,"date":1700000000,)"
      R"("text":"Чому?","out":0},"client_info":{}}})";
  const auto call = read_vk_call(newer);
  const Message message = only(call);
  CHECK(call->type == "message_new");
  CHECK(call->group == "77");
  CHECK(call->secret == "s");
  CHECK(message.deed == Deed::kWritten);
  CHECK(message.place == "message");
  CHECK(message.item == "5_9");
  CHECK(message.thread == "5");
  CHECK(message.author == "5");
  CHECK(message.text == "Чому?");
  CHECK(message.link == "https://vk.com/gim77?sel=5");
  CHECK(message.at == 1'700'000'000'000);
  CHECK(message.event == "e1");
  CHECK(only(read_vk_call(R"({"type":"message_new","group_id":77,"object":)"
                          R"({"id":1,"from_id":5,"peer_id":5,"text":"a"}})"))
            .item == "5_1");
  const Message edit = only(read_vk_call(R"({"type":"message_edit","group_id":77,"object":)"
                                         R"({"conversation_message_id":9,"from_id":5,"peer_id":5,)"
                                         R"("date":1700000000,"text":"b"}})"));
  CHECK(edit.deed == Deed::kEdited);
  CHECK(edit.item == "5_9");
  CHECK(edit.at == 0);  // the message's date is not the edit's
}

TEST_CASE("VK: comments of every place, from the first word to the last") {
  struct Row {
    const char *type, *object;
    Deed deed;
    const char *place, *item, *thread, *link;
  };
  const Row rows[] = {
      {"wall_reply_new",
       R"({"id":9,"from_id":5,"post_id":3,"post_owner_id":-77,"owner_id":-77,"date":1,"text":"t"})",
       Deed::kWritten, "wall", "-77_3_9", "-77_3", "https://vk.com/wall-77_3?reply=9"},
      {"wall_reply_new", R"({"id":9,"from_id":5,"post_id":3,"owner_id":-77,"text":"t"})",
       Deed::kWritten, "wall", "-77_3_9", "-77_3", "https://vk.com/wall-77_3?reply=9"},
      {"wall_reply_edit", R"({"id":9,"from_id":5,"post_id":3,"text":"t"})", Deed::kEdited, "wall",
       "-77_3_9", "-77_3", "https://vk.com/wall-77_3?reply=9"},
      {"wall_reply_restore", R"({"id":9,"from_id":5,"post_id":3,"text":"t"})", Deed::kRestored,
       "wall", "-77_3_9", "-77_3", "https://vk.com/wall-77_3?reply=9"},
      {"wall_reply_delete", R"({"owner_id":-77,"id":9,"deleter_id":1,"post_id":3,"text":"t"})",
       Deed::kRemoved, "wall", "-77_3_9", "-77_3", "https://vk.com/wall-77_3?reply=9"},
      {"board_post_new", R"({"id":2,"from_id":5,"topic_id":4,"topic_owner_id":-77,"text":"t"})",
       Deed::kWritten, "topic", "-77_4_2", "-77_4", "https://vk.com/topic-77_4?post=2"},
      {"board_post_delete", R"({"topic_owner_id":-77,"topic_id":4,"id":2})", Deed::kRemoved,
       "topic", "-77_4_2", "-77_4", "https://vk.com/topic-77_4?post=2"},
      {"photo_comment_new", R"({"id":8,"from_id":5,"photo_id":6,"photo_owner_id":-77,"text":"t"})",
       Deed::kWritten, "photo", "-77_6_8", "-77_6", "https://vk.com/photo-77_6?reply=8"},
      {"photo_comment_delete", R"({"owner_id":-77,"id":8,"user_id":5,"photo_id":6})",
       Deed::kRemoved, "photo", "-77_6_8", "-77_6", "https://vk.com/photo-77_6?reply=8"},
  };
  for (const Row& row : rows) {
    CAPTURE(row.type, row.object);
    const Message message = only(read_vk_call(R"({"group_id":77,"type":")" + std::string(row.type) +
                                              R"(","object":)" + row.object + "}"));
    CHECK(message.deed == row.deed);
    CHECK(message.place == row.place);
    CHECK(message.item == row.item);
    CHECK(message.thread == row.thread);
    CHECK(message.link == row.link);
    CHECK(message.text == (row.deed == Deed::kRemoved ? "" : "t"));
  }
}

TEST_CASE("VK: what is not followed gives no message, and what is broken an error") {
  for (const char* body :
       {R"({"type":"confirmation","group_id":77})", R"({"type":"group_join","group_id":77})",
        R"({"type":"wall_reply_liked","group_id":77,"object":{"id":1,"post_id":2}})",
        // The community itself has written.
        R"({"type":"wall_reply_new","group_id":77,"object":{"id":1,"from_id":-77,"post_id":2}})",
        R"({"type":"message_new","group_id":77,"object":{"message":{"id":1,"peer_id":5,"out":1}}})",
        R"({"type":"wall_reply_new","group_id":77,"object":{"from_id":5,"post_id":2}})",
        R"({"type":"wall_reply_new","group_id":77,"object":[]})",
        R"({"type":"wall_reply_new","group_id":77,"object":{"id":{},"post_id":[1]}})",
        R"({"type":"message_new","group_id":77})"}) {
    CAPTURE(body);
    const auto call = read_vk_call(body);
    REQUIRE(call.ok());
    CHECK(call->messages.empty());
  }
  for (const char* body : {"", "[]", "{", R"({"group_id":77})", R"({"type":"message_new"})",
                           R"({"type":"message_new","group_id":"x"})", R"({"type":1,"group_id":1})",
                           "{\"type\":\"a\",\"group_id\":1,\"x\":\"\xff\"}"}) {
    CAPTURE(body);
    CHECK_FALSE(read_vk_call(body).ok());
  }
}

TEST_CASE("Facebook: comments and messages of a batch") {
  const std::string comment =
      R"({"field":"feed","value":{"item":"comment","verb":"add","comment_id":"1_2","post_id":"42_1",)"
      R"("from":{"id":"5","name":"Марія"},"message":"Чому?","created_time":1700000000}})";
  const auto batch = read_facebook_batch(
      facebook(R"("changes":[)" + comment + "," + comment +
               R"(,{"field":"feed","value":{"item":"comment","verb":"edited","comment_id":"1_2",)"
               R"("post_id":"42_1","from":{"id":"5"},"message":"b","created_time":1700000001}},)"
               R"({"field":"feed","value":{"item":"comment","verb":"remove","comment_id":"1_2",)"
               R"("post_id":"42_1","message":"c","created_time":1700000002}}],)"
               R"("messaging":[{"sender":{"id":"6"},"recipient":{"id":"42"},)"
               R"("timestamp":1700000000123,"message":{"mid":"m_1","text":"Де?"}},)"
               R"({"sender":{"id":"6"},"timestamp":1700000000124,"message_edit":{"mid":"m_1",)"
               R"("text":"Куди?"}},)"
               R"({"sender":{"id":"6"},"message":{"mid":"m_1","is_deleted":true}}])"),
      "42");
  REQUIRE(batch.ok());
  REQUIRE(batch->size() == 7);
  const Message& first = (*batch)[0];
  CHECK(first.deed == Deed::kWritten);
  CHECK(first.place == "comment");
  CHECK(first.group == "42");
  CHECK(first.item == "1_2");
  CHECK(first.thread == "42_1");
  CHECK(first.author == "5");
  CHECK(first.author_name == "Марія");
  CHECK(first.text == "Чому?");
  CHECK(first.link == "https://www.facebook.com/1_2");
  CHECK(first.at == 1'700'000'000'000);
  CHECK((*batch)[1].event == first.event);  // a retry is the same event
  CHECK((*batch)[2].deed == Deed::kEdited);
  CHECK((*batch)[2].event != first.event);
  CHECK((*batch)[3].deed == Deed::kRemoved);
  CHECK((*batch)[3].text.empty());
  CHECK((*batch)[4].place == "message");
  CHECK((*batch)[4].thread == "6");
  CHECK((*batch)[4].at == 1'700'000'000'123);
  CHECK((*batch)[5].deed == Deed::kEdited);
  CHECK((*batch)[5].item == "m_1");
  CHECK((*batch)[6].deed == Deed::kRemoved);
}

TEST_CASE("Facebook: what is not followed is left out, and what is broken is an error") {
  for (const char* entries :
       {R"("changes":[{"field":"ratings","value":{"item":"comment","verb":"add"}}])",
        R"("changes":[{"field":"feed","value":{"item":"like","verb":"add","comment_id":"1"}}])",
        R"("changes":[{"field":"feed","value":{"item":"comment","verb":"hide","comment_id":"1"}}])",
        R"("changes":[{"field":"feed","value":{"item":"comment","verb":"add","comment_id":"1",)"
        R"("from":{"id":"42"}}}])",
        R"("changes":[{"field":"feed","value":{"item":"comment","verb":"add"}}])",
        R"("changes":[1,null,[]])", R"("changes":{})",
        R"("messaging":[{"sender":{"id":"42"},"message":{"mid":"m","is_echo":true}}])",
        R"("messaging":[{"sender":{"id":"6"},"read":{"watermark":1}}])"}) {
    CAPTURE(entries);
    const auto batch = read_facebook_batch(facebook(entries), "42");
    REQUIRE(batch.ok());
    CHECK(batch->empty());
  }
  const std::string other = R"("messaging":[{"sender":{"id":"6"},"message":{"mid":"m"}}])";
  CHECK(read_facebook_batch(facebook(other), "42")->size() == 1);
  CHECK(read_facebook_batch(facebook(other, "43"), "42")->empty());
  for (const char* body : {"", "[]", R"({"object":"user","entry":[]})"})
    CHECK_FALSE(read_facebook_batch(body, "42").ok());
  std::string many = R"("messaging":[)";
  for (std::size_t i = 0; i < kMostEntries; ++i)
    many += R"({"sender":{"id":"6"},"message":{"mid":"m)" + std::to_string(i) + "\"}},";
  const std::string last = R"({"sender":{"id":"6"},"message":{"mid":"last"}}])";
  CHECK(read_facebook_batch(facebook(many.substr(0, many.size() - 1) + "]"), "42")->size() ==
        kMostEntries);
  CHECK(read_facebook_batch(facebook(many + last), "42").error().code == Code::kTooLarge);
}

TEST_CASE("a webhook's body is read, or said to be wrong") {
  const auto message = read_webhook(
      R"({"type":"review.created","timestamp":"2026-11-21T10:00:00.5+02:00","data":{"id":7,)"
      R"("thread":"shop","link":"https://shop.example/r/7","author":{"id":"5","name":"Ann"},)"
      R"("text":"Why?"}})",
      "msg_1");
  REQUIRE(message.ok());
  CHECK(message->place == "review");
  CHECK(message->item == "7");
  CHECK(message->thread == "shop");
  CHECK(message->author == "5");
  CHECK(message->author_name == "Ann");
  CHECK(message->text == "Why?");
  CHECK(message->at == 1'795'248'000'500);
  CHECK(message->event == "msg_1");
  const auto removed = read_webhook(
      R"({"type":"review.removed","timestamp":"2026-11-21T10:00:00Z","data":{"id":"7"}})", "m");
  REQUIRE(removed.ok());
  CHECK(removed->deed == Deed::kRemoved);

  const std::string time = R"("timestamp":"2026-11-21T10:00:00Z",)";
  for (const std::string& body :
       {std::string("{"), std::string("[]"), "{" + time + R"("data":{"id":"1","text":"a"}})",
        R"({"type":"review",)" + time + R"("data":{"id":"1","text":"a"}})",
        R"({"type":"review.liked",)" + time + R"("data":{"id":"1","text":"a"}})",
        R"({"type":".created",)" + time + R"("data":{"id":"1","text":"a"}})",
        R"({"type":"Re view.created",)" + time + R"("data":{"id":"1","text":"a"}})",
        std::string(R"({"type":"review.created","data":{"id":"1","text":"a"}})"),
        R"({"type":"review.created",)" + time + R"("data":{"text":"a"}})",
        R"({"type":"review.created",)" + time + R"("data":{"id":"1","text":" "}})",
        R"({"type":"review.created",)" + time + R"("data":{"id":")" + std::string(201, 'x') +
            R"(","text":"a"}})",
        R"({"type":"review.created",)" + time +
            R"("data":{"id":"1","text":"a","link":"javascript:x"}})"}) {
    CAPTURE(body);
    const auto wrong = read_webhook(body, "m");
    REQUIRE_FALSE(wrong.ok());
    CHECK(wrong.error().code == Code::kMalformed);
  }
}

TEST_CASE("times are RFC 3339 or none") {
  CHECK(parse_time("1970-01-01T00:00:01Z") == 1'000);
  CHECK(parse_time("2026-11-21T10:00:00Z") == 1'795'255'200'000);
  CHECK(parse_time("2026-11-21T10:00:00.123456Z") == 1'795'255'200'123);
  CHECK(parse_time("2026-11-21T08:00:00-02:00") == 1'795'255'200'000);
  for (const char* wrong : {"", "2026-11-21", "2026-11-21T10:00:00", "2026-11-21 10:00:00Z",
                            "2026-06-31T10:00:00Z", "2026-13-01T10:00:00Z", "2026-11-21T10:00:00.Z",
                            "2026-11-21T10:00:00+0200", "2026-11-21T10:00:00+xx:00", "1795255200"})
    CHECK(parse_time(wrong) == -1);
}

TEST_CASE("the language is guessed by the letters that the others lack") {
  CHECK(guess_language("Чому не працює інтернет?") == "uk");
  CHECK(guess_language("Почему не работает интернет, вы где?") == "ru");
  CHECK(guess_language("Why is it off?") == "en");
  CHECK(guess_language("Тариф?") == "uk");
  CHECK(guess_language("iPhone не вмикається") == "uk");
  CHECK(guess_language("123 ???") == "uk");
  CHECK(guess_language("\xff\xfe") == "uk");
}
