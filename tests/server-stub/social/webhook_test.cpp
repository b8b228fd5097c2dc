#include "server-stub/social/webhook.h"

#include "tests/catch.h"
#include "tests/server-stub/social/mutations.h"
#include "tests/server-stub/social/vectors.h"

namespace {

using namespace askus;
using namespace askus::social;
using testing::kWebhookBody;
using testing::kWebhookId;
using testing::kWebhookSignature;
using testing::kWebhookTime;

constexpr std::int64_t kAt = 1'614'265'330;

std::vector<std::string> keys() {
  const auto key = webhook_key(testing::kWebhookKey);
  REQUIRE(key.ok());
  return {*key};
}

bool accepted(std::string_view id, std::string_view time, std::string_view signatures,
              std::string_view body, std::int64_t now = kAt) {
  return verify_webhook({id, time, signatures}, body, keys(), now).ok();
}

}  // namespace

TEST_CASE("a standard webhook: the reference libraries' example") {
  CHECK(accepted(kWebhookId, kWebhookTime, kWebhookSignature, kWebhookBody));
  CHECK(sign_webhook(kWebhookId, kWebhookTime, kWebhookBody, keys()[0]) == kWebhookSignature);
}

TEST_CASE("several signatures, and several keys during a rotation") {
  const auto next = webhook_key("whsec_" + std::string(32, 'A'));
  REQUIRE(next.ok());
  const std::string by_next = sign_webhook(kWebhookId, kWebhookTime, kWebhookBody, *next);
  const std::string mine(kWebhookSignature);
  // The sender signs with both keys, or we know both.
  CHECK(accepted(kWebhookId, kWebhookTime, by_next + " " + mine, kWebhookBody));
  CHECK(accepted(kWebhookId, kWebhookTime, mine + " " + by_next, kWebhookBody));
  CHECK(verify_webhook({kWebhookId, kWebhookTime, by_next}, kWebhookBody, {keys()[0], *next}, kAt)
            .ok());
  CHECK_FALSE(accepted(kWebhookId, kWebhookTime, by_next, kWebhookBody));
  // Other versions are passed over, whatever they say.
  CHECK(accepted(kWebhookId, kWebhookTime, "v1a,AAAA v2,x  " + mine, kWebhookBody));
  CHECK_FALSE(accepted(kWebhookId, kWebhookTime, "v2" + mine.substr(2), kWebhookBody));
  CHECK_FALSE(accepted(kWebhookId, kWebhookTime, mine.substr(3), kWebhookBody));
  CHECK_FALSE(accepted(kWebhookId, kWebhookTime, "", kWebhookBody));
  CHECK_FALSE(accepted(kWebhookId, kWebhookTime, std::string(kMaxWebhookSignatures, ' ') + mine,
                       kWebhookBody));
}

TEST_CASE("a standard webhook with any byte changed is refused") {
  int wrong = 0;
  testing::each_mutation(kWebhookId, [&](const std::string& id) {
    wrong += accepted(id, kWebhookTime, kWebhookSignature, kWebhookBody) ? 1 : 0;
  });
  testing::each_mutation(kWebhookTime, [&](const std::string& time) {
    wrong += accepted(kWebhookId, time, kWebhookSignature, kWebhookBody) ? 1 : 0;
  });
  testing::each_mutation(kWebhookSignature, [&](const std::string& signature) {
    wrong += accepted(kWebhookId, kWebhookTime, signature, kWebhookBody) ? 1 : 0;
  });
  testing::each_mutation(kWebhookBody, [&](const std::string& body) {
    wrong += accepted(kWebhookId, kWebhookTime, kWebhookSignature, body) ? 1 : 0;
  });
  CHECK(wrong == 0);
}

TEST_CASE("a standard webhook's time may be five minutes away") {
  struct Row {
    std::int64_t now;
    bool ok;
  };
  for (const Row& row :
       {Row{kAt, true}, Row{kAt + kWebhookTolerance, true}, Row{kAt + kWebhookTolerance + 1, false},
        Row{kAt - kWebhookTolerance, true}, Row{kAt - kWebhookTolerance - 1, false}}) {
    CAPTURE(row.now);
    CHECK(accepted(kWebhookId, kWebhookTime, kWebhookSignature, kWebhookBody, row.now) == row.ok);
  }
}

TEST_CASE("a webhook's key is read, or said to be wrong") {
  for (const char* wrong :
       {"", "whsec_", "MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw", "whsec_MfKQ9r8GKYqrTwjU",
        "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaS", "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLa-_"}) {
    CAPTURE(wrong);
    CHECK_FALSE(webhook_key(wrong).ok());
  }
  CHECK_FALSE(webhook_key("whsec_" + std::string(88, 'A')).ok());  // 66 bytes
  CHECK(webhook_key("whsec_" + std::string(84, 'A')).ok());
}
