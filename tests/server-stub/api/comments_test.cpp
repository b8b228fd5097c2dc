// Comments and "me too", over the same call as requests.
#include <nlohmann/json.hpp>

#include "tests/server-stub/api/harness.h"
#include "tests/server-stub/store/place.h"

namespace {

using namespace askus;
using nlohmann::json;
using testing::Answer;
using testing::Harness;
using testing::uuid;

std::string comment_json(int n, const std::string& more) {
  return R"({"id":")" + uuid(n) + R"(","kind":"comment","language":"uk")" + more + "}";
}

void publish_topic_pay(Harness& h) {
  REQUIRE(
      h.publish(testing::make_publication(h.key, 1, testing::tiny_snapshot("a")).body()).status ==
      201);
}

const std::string kConsent =
    R"(,"consent":{"version":"1","at":"2026-01-01T00:00:00Z","text_hash":")" +
    std::string(64, 'a') + "\"}";

}  // namespace

TEST_CASE("a comment waits, a bare me-too is done with, both replay") {
  Harness h;
  publish_topic_pay(h);
  const std::string comment =
      comment_json(1, R"(,"topic":"pay","details":"so do I","me_too":true)" + kConsent);
  const Answer first = h.post_request(uuid(1), comment);
  REQUIRE(first.status == 201);
  CHECK(json::parse(first.body)["status"] == "waiting");
  const Answer replay = h.post_request(uuid(1), comment);
  CHECK(replay.body == first.body);
  CHECK(replay.headers.count("idempotent-replayed") == 1);
  CHECK(h.post_request(uuid(1), comment_json(1, R"(,"topic":"pay","me_too":true)")).problem() ==
        "key-reused");

  const std::string bare = comment_json(2, R"(,"topic":"pay","me_too":true)");
  const Answer counted = h.post_request(uuid(2), bare);
  REQUIRE(counted.status == 201);
  CHECK(json::parse(counted.body)["status"] == "closed");
  CHECK(h.post_request(uuid(2), bare).body == counted.body);
  CHECK(h.sql("SELECT me_too FROM topic_counts WHERE topic = 'pay'") == "2");
  CHECK(h.sql("SELECT closed_at FROM requests WHERE number = 2") ==
        std::to_string(testing::kStart));

  const store::WaitingComments all = testing::waiting(h.store(), "demo");
  REQUIRE(all.ok());
  REQUIRE(all->size() == 1);
  CHECK(all->at(0).details == "so do I");
}

TEST_CASE("what is wrong with a comment is told by its field, and nothing counted") {
  Harness h;
  publish_topic_pay(h);
  struct Case {
    std::string more, field;
  };
  const Case cases[] = {
      {R"(,"details":"text")" + kConsent, "topic"},
      {R"(,"topic":"unknown","details":"text")" + kConsent, "topic"},
      {R"(,"topic":"pay")" + kConsent, "details"},
      {R"(,"topic":"pay","details":" ")" + kConsent, "details"},
      {R"(,"topic":"pay","details":"text")", "consent"},
      {R"(,"topic":"pay","me_too":true,"name":"Maria")", "consent"},
      {R"(,"topic":"pay","details":"text","category":"none")" + kConsent, "category"},
  };
  for (const Case& c : cases) {
    CAPTURE(c.more);
    const Answer answer = h.post_request(uuid(1), comment_json(1, c.more));
    CHECK(answer.status == 422);
    const auto errors = json::parse(answer.body)["errors"];
    REQUIRE(errors.size() == 1);
    CHECK(errors[0]["field"] == c.field);
  }
  CHECK(h.rows() == "0");
  CHECK(h.sql("SELECT count(*) FROM topic_counts") == "0");
  // A question is not about a topic.
  const std::string question = testing::request_json(uuid(1), R"(,"topic":"pay")");
  CHECK(h.post_request(uuid(1), question).problem() == "invalid-request");
  // Without a snapshot nobody knows which topics there are.
  Harness fresh;
  CHECK(fresh.post_request(uuid(1), comment_json(1, R"(,"topic":"any","details":"t")")).status ==
        201);
}
