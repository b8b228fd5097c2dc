#include "server-stub/social/facebook.h"

#include "server-stub/publish/base64url.h"
#include "server-stub/publish/mac.h"
#include "tests/catch.h"
#include "tests/server-stub/social/mutations.h"
#include "tests/server-stub/social/vectors.h"

namespace {

using namespace askus;
using namespace askus::social;

const std::vector<std::string> kSecrets{"secret"};
constexpr std::int64_t kAt = 1'700'000'000;

std::string with_signature(const std::string& payload) {
  const std::string encoded = publish::base64url(payload);
  return publish::base64url(publish::hmac_sha256("secret", encoded)) + "." + encoded;
}

}  // namespace

TEST_CASE("signed_request: the vectors") {
  for (const testing::Vector& vector : testing::kFacebookVectors) {
    CAPTURE(vector.name);
    CHECK(signed_payload(vector.input, {std::string(vector.secret)}).ok() == vector.ok);
    CHECK_FALSE(signed_payload(vector.input, {"another"}).ok());
    CHECK_FALSE(signed_payload(vector.input, {}).ok());
  }
}

TEST_CASE("a signed_request is read whole, by either of two secrets") {
  const auto tab = verify_signed_request(testing::kFacebookTab, {"next", "secret"}, 1'319'488'107);
  REQUIRE(tab.ok());
  CHECK(tab->page == "130634540372728");
  CHECK(tab->is_admin);
  CHECK(tab->locale == "en_US");
  CHECK(tab->user.empty());  // before a login
  CHECK(tab->issued_at == 1'319'488'107);
  const auto deletion = verify_signed_request(testing::kFacebookDeletion, kSecrets, kAt);
  REQUIRE(deletion.ok());
  CHECK(deletion->user == "218471");
  CHECK_FALSE(deletion->is_admin);
}

TEST_CASE("a signed_request with any byte changed is refused") {
  for (const std::string_view right : {testing::kFacebookTab, testing::kFacebookDeletion}) {
    int refused = 0;
    testing::each_mutation(right, [&](const std::string& mutated) {
      if (!signed_payload(mutated, kSecrets).ok()) ++refused;
    });
    CHECK(refused == static_cast<int>(right.size()) * 255);
  }
}

TEST_CASE("signed_requests that are refused, and at which step") {
  struct Row {
    const char* name;
    std::string text, why;
  };
  const std::string good(testing::kFacebookDeletion);
  const Row rows[] = {
      {"nothing", "", "it is not a signature, a dot and a payload"},
      {"no dot", "abc", "it is not a signature, a dot and a payload"},
      {"two dots", good + ".", "it is not a signature, a dot and a payload"},
      {"too long", good + std::string(kMaxSignedRequest, 'A'), "it is too long"},
      {"padded", good + "=", "it is not base64url without padding"},
      {"ordinary base64", "+" + good.substr(1), "it is not base64url without padding"},
      // The signature is judged before what it signs.
      {"no JSON, unsigned", "AAAA." + publish::base64url("no JSON"),
       "its signature is not by a secret of this app"},
      {"no JSON", with_signature("no JSON"), "its payload is not a JSON object"},
      {"a list", with_signature("[]"), "its payload is not a JSON object"},
      {"too deep", with_signature(std::string(40, '[') + std::string(40, ']')),
       "its payload is not a JSON object"},
      {"a NUL", with_signature(std::string("{}\0", 3)), "its payload is not a JSON object"},
      {"another algorithm", with_signature(R"({"algorithm":"none","issued_at":1700000000})"),
       "its algorithm is not HMAC-SHA256"},
      {"no algorithm", with_signature(R"({"issued_at":1700000000})"),
       "its algorithm is not HMAC-SHA256"},
      {"no time", with_signature(R"({"algorithm":"HMAC-SHA256"})"), "\"issued_at\" is missing"},
      {"a time that is none",
       with_signature(R"({"algorithm":"HMAC-SHA256","issued_at":[1700000000]})"),
       "\"issued_at\" is missing"},
      {"a user that is none",
       with_signature(R"({"algorithm":"HMAC-SHA256","issued_at":1700000000,"user_id":"x"})"),
       "\"user_id\" is not a number"},
  };
  for (const Row& row : rows) {
    CAPTURE(row.name);
    const auto found = verify_signed_request(row.text, kSecrets, kAt);
    REQUIRE_FALSE(found.ok());
    CHECK(found.error().code == Code::kRefused);
    CHECK(found.error().text == row.why);
  }
}

TEST_CASE("a signed_request is good for five minutes either way") {
  struct Row {
    std::int64_t now;
    bool ok;
  };
  for (const Row& row : {Row{kAt, true}, Row{kAt + kSignedLifetime, true},
                         Row{kAt + kSignedLifetime + 1, false}, Row{kAt - kSignedLifetime, true},
                         Row{kAt - kSignedLifetime - 1, false}, Row{kAt + 180, true}}) {
    CAPTURE(row.now);
    CHECK(verify_signed_request(testing::kFacebookDeletion, kSecrets, row.now).ok() == row.ok);
  }
}

TEST_CASE("X-Hub-Signature-256: the vectors, over the raw bytes") {
  for (const testing::HubVector& vector : testing::kHubVectors) {
    CAPTURE(vector.name);
    const std::string header = "sha256=" + std::string(vector.hex);
    const std::vector<std::string> secrets{"next", std::string(vector.secret)};
    CHECK(verify_hub_signature(header, vector.body, secrets).ok());
    CHECK_FALSE(verify_hub_signature(header, vector.body, {"next"}).ok());
    CHECK_FALSE(verify_hub_signature(vector.hex, vector.body, secrets).ok());
    CHECK_FALSE(verify_hub_signature("", vector.body, secrets).ok());
    CHECK_FALSE(verify_hub_signature("sha1=" + std::string(vector.hex), vector.body, secrets).ok());
    int accepted = 0;
    testing::each_mutation(header, [&](const std::string& mutated) {
      accepted += verify_hub_signature(mutated, vector.body, secrets).ok() ? 1 : 0;
    });
    testing::each_mutation(vector.body, [&](const std::string& mutated) {
      accepted += verify_hub_signature(header, mutated, secrets).ok() ? 1 : 0;
    });
    CHECK(accepted == 0);
  }
}
