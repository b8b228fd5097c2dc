// What leaves the server, without a network: when it is tried again, how it is cut, what is called,
// what an answer means.
#include <algorithm>

#include "server-stub/out/facebook.h"
#include "server-stub/out/parts.h"
#include "server-stub/out/retry.h"
#include "server-stub/out/smtp.h"
#include "server-stub/out/vk.h"
#include "server-stub/publish/http_client.h"
#include "tests/catch.h"

namespace {

using namespace askus;
using namespace askus::out;
using std::chrono::milliseconds;
using Kind = Verdict::Kind;

const VkAccess kVk{"https://api.vk.com/method/", "5.199", "77", "community", "administrator"};
const FacebookAccess kFacebook{"https://graph.facebook.com", "v21.0", "42", "page", "secret"};

Part vk_part(const std::string& place, const std::string& asked_at) {
  return {place, {"vk", asked_at, "77", "5", "-77_3", "-77_3_9", {}, {}}, "reply", 0, "Так & ні"};
}

Part facebook_part(const std::string& place, const std::string& asked_at) {
  return {place, {"facebook", asked_at, "42", "6", "42_1", "42_9", {}, {}}, "reply", 0, "Так"};
}

bool has(const Result<publish::Exchange>& call, const std::string& field) {
  REQUIRE(call.ok());
  return ("&" + call->body + "&").find("&" + field + "&") != std::string::npos;
}

}  // namespace

TEST_CASE("waits double up to the longest, jittered, and never end before what is asked for") {
  const RetryTimes times{milliseconds(100), milliseconds(1'000), milliseconds(10'000)};
  struct Case {
    std::int64_t tries;
    double random;
    std::int64_t after, wait;
  };
  const Case cases[] = {{1, 0.0, 0, 50},        {1, 0.999, 0, 99},     {2, 0.0, 0, 100},
                        {4, 0.0, 0, 400},       {5, 0.0, 0, 500},      {50, 0.999, 0, 999},
                        {1, 0.0, 5'000, 5'000}, {1'000'000, 0, 0, 500}};
  for (const Case& c : cases) {
    CAPTURE(c.tries, c.random, c.after);
    CHECK(wait_before(times, c.tries, c.random, milliseconds(c.after)).count() == c.wait);
  }
}

TEST_CASE("Retry-After: seconds or a date, bounded") {
  constexpr std::int64_t kNow = 784'111'777;  // Sun, 06 Nov 1994 08:49:37 GMT
  const auto of = [](std::string_view text) { return retry_after(text, kNow).count(); };
  CHECK(of("7") == 7'000);
  CHECK(of("Sun, 06 Nov 1994 08:50:00 GMT") == 23'000);
  CHECK(of("Sun, 06 Nov 1994 08:00:00 GMT") == 0);
  CHECK(of("999999999") == 86'400'000);
  for (const char* bad : {"", "-1", "soon", "7s", "Sun, 06 Nov 1994"}) CHECK(of(bad) == 0);
}

TEST_CASE("a long text is cut between words, never within a character, and nothing is lost") {
  CHECK(parts_of("  short \n", 10) == std::vector<std::string>{"short"});
  CHECK(parts_of("", 10) == std::vector<std::string>{""});
  CHECK(parts_of("one two three", 8) == std::vector<std::string>{"one two", "three"});
  CHECK(parts_of("first\n\nsecond one", 11) == std::vector<std::string>{"first", "second one"});
  CHECK(parts_of("aaaa. bbbb cc", 8) == std::vector<std::string>{"aaaa.", "bbbb cc"});
  CHECK(parts_of("абвгдеж", 3) == std::vector<std::string>{"абв", "где", "ж"});
  CHECK(parts_of("😀😀😀", 3) == std::vector<std::string>{"😀", "😀", "😀"});
  CHECK(parts_of("😀", 1) == std::vector<std::string>{"😀"});
  std::string text;
  for (int i = 0; i < 500; ++i) text += "слово" + std::to_string(i) + (i % 7 == 0 ? "\n" : " ");
  std::string joined;
  for (const std::string& part : parts_of(text, 100)) joined += part;
  const auto without_space = [](std::string s) {
    std::erase_if(s, [](char c) { return c == ' ' || c == '\n'; });
    return s;
  };
  CHECK(without_space(joined) == without_space(text));
}

TEST_CASE("VK: the method of the place, with what it takes") {
  const auto wall = vk_call(kVk, vk_part("wall", "wall"));
  REQUIRE(wall.ok());
  CHECK(wall->url == "https://api.vk.com/method/wall.createComment");
  for (const char* field : {"access_token=community", "v=5.199", "owner_id=-77", "post_id=3",
                            "from_group=77", "reply_to_comment=9"})
    CHECK(has(wall, field));
  CHECK(wall->body.find("message=%D0%A2%D0%B0%D0%BA%20%26%20") != std::string::npos);
  const auto topic = vk_call(kVk, vk_part("topic", "topic"));
  CHECK(has(topic, "access_token=administrator"));
  CHECK(has(topic, "group_id=77"));
  CHECK_FALSE(has(topic, "reply_to_comment=9"));
  const auto moved = vk_call(kVk, vk_part("message", "wall"));
  CHECK(has(moved, "peer_id=5"));
  // The same number at each try, another for another part or reply.
  Part part = vk_part("message", "wall");
  const std::int64_t number = part_number(part);
  CHECK(part_number(part) == number);
  CHECK((number > 0 && number <= 0x7FFF'FFFF));
  part.part = 1;
  CHECK(part_number(part) != number);
  part.source.user = "5&peer_id=6";
  CHECK_FALSE(vk_call(kVk, part).ok());
  part = vk_part("wall", "wall");
  part.source.thread = "x";
  CHECK_FALSE(vk_call(kVk, part).ok());
}

TEST_CASE("VK: what its answers mean") {
  struct Case {
    unsigned status;
    std::string body;
    Kind kind;
    std::string word;
    bool holds_all;
  };
  const auto error = [](int code) {
    return R"({"error":{"error_code":)" + std::to_string(code) + R"(,"error_msg":"a\nb"}})";
  };
  const Case cases[] = {{200, R"({"response":5})", Kind::kSent, "", false},
                        {200, error(6), Kind::kAgain, "busy", true},
                        {200, error(9), Kind::kAgain, "busy", true},
                        {200, error(29), Kind::kAgain, "busy", true},
                        {200, error(10), Kind::kAgain, "unreachable", false},
                        {200, error(5), Kind::kAgain, "credentials", true},
                        {200, error(901), Kind::kNever, "not-wanted", false},
                        {200, error(914), Kind::kNever, "too-long", false},
                        {200, error(12'345), Kind::kNever, "refused", false},
                        {200, "<html>", Kind::kAgain, "unreachable", false},
                        {200, "{}", Kind::kAgain, "unreachable", false},
                        {502, "", Kind::kAgain, "unreachable", false},
                        {429, "", Kind::kAgain, "busy", true},
                        {404, "", Kind::kNever, "refused", false}};
  for (const Case& c : cases) {
    CAPTURE(c.status, c.body);
    const Verdict v = vk_verdict({c.status, c.body}, 0);
    CHECK(v.kind == c.kind);
    CHECK(v.reason.substr(0, v.reason.find(' ')) == c.word);
    CHECK(v.holds_all == c.holds_all);
    CHECK(v.reason.find('\n') == std::string::npos);
  }
  CHECK(vk_verdict({200, error(6)}, 0).after >= std::chrono::seconds(1));
  CHECK(vk_verdict({200, error(9)}, 0).after >= std::chrono::minutes(1));
}

TEST_CASE("Facebook: comments, private answers, messages, and its window") {
  const auto comment = facebook_call(kFacebook, facebook_part("comment", "comment"), 1, 0);
  REQUIRE(comment.ok());
  CHECK(comment->url == "https://graph.facebook.com/v21.0/42_9/comments");
  CHECK(comment->body.find("appsecret_proof=") != std::string::npos);
  const auto answer = facebook_call(kFacebook, facebook_part("message", "comment"), 1, 0);
  CHECK(has(answer, "recipient=%7B%22comment_id%22%3A%2242_9%22%7D"));
  CHECK(has(answer, "messaging_type=RESPONSE"));
  const auto code = [](const Result<publish::Exchange>& call) { return call.error().code; };
  const Part message = facebook_part("message", "message");
  CHECK(code(facebook_call(kFacebook, facebook_part("message", "comment"), 2, 0)) ==
        Code::kTooLarge);
  CHECK(facebook_call(kFacebook, message, 2, kFreeWindow).ok());
  CHECK(code(facebook_call(kFacebook, message, 1, kFreeWindow + 1)) == Code::kRefused);
  FacebookAccess agent = kFacebook;
  agent.human_agent = true;
  CHECK(has(facebook_call(agent, message, 1, kFreeWindow + 1), "tag=HUMAN_AGENT"));
  CHECK(code(facebook_call(agent, message, 1, kAgentWindow + 1)) == Code::kRefused);
  Part bad = facebook_part("comment", "comment");
  bad.source.item = "42_9/../me";
  CHECK(code(facebook_call(kFacebook, bad, 1, 0)) == Code::kMalformed);
}

TEST_CASE("Facebook: what its answers mean") {
  const auto of = [](const std::string& error, std::int64_t tries = 1, unsigned status = 400) {
    return facebook_verdict({status, R"({"error":)" + error + "}"}, tries, 0);
  };
  CHECK(facebook_verdict({200, R"({"id":"1"})"}, 1, 0).kind == Kind::kSent);
  CHECK(of(R"({"code":4})").holds_all);
  CHECK(of(R"({"code":613})").after >= std::chrono::minutes(1));
  CHECK(of(R"({"code":80006})").kind == Kind::kAgain);
  CHECK(of(R"({"code":999,"is_transient":true})").kind == Kind::kAgain);
  CHECK(of(R"({"code":190})").reason.starts_with("credentials"));
  CHECK(of(R"({"code":10,"error_subcode":2018278})").reason.starts_with("window"));
  CHECK(of(R"({"code":200})").reason.starts_with("not-permitted"));
  CHECK(of(R"({"code":551})").kind == Kind::kNever);
  // What it says is there already, is: of an earlier try, or of somebody else's.
  CHECK(of(R"({"code":506})", 2).kind == Kind::kSent);
  CHECK(of(R"({"code":506})", 1).kind == Kind::kNever);
  CHECK(facebook_verdict({200, "<html>"}, 1, 0).kind == Kind::kAgain);
}

TEST_CASE("which addresses a mail server may have") {
  for (const char* good : {"smtp://mail.example.org:587", "smtps://mail.example.org",
                           "smtp://127.0.0.1:25", "smtp://[::1]:25"})
    CHECK(is_smtp_url(good));
  for (const char* bad : {"", "http://a.example", "smtp://", "smtp://a.example/x",
                          "smtp://u:p@a.example", "smtp://a.example\r\nx", "mail.example.org"})
    CHECK_FALSE(is_smtp_url(bad));
}
