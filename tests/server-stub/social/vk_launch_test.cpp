#include "server-stub/social/vk_launch.h"

#include "server-stub/publish/base64url.h"
#include "server-stub/publish/mac.h"
#include "server-stub/social/text.h"
#include "tests/catch.h"
#include "tests/server-stub/social/mutations.h"
#include "tests/server-stub/social/vectors.h"

namespace {

using namespace askus;
using namespace askus::social;
using testing::kVkLaunch;

const std::vector<std::string> kKeys{std::string(testing::kVkSecret)};
constexpr std::string_view kApp = "6736218";
constexpr std::int64_t kAt = 1'700'000'000;

// Signs parameters that are sorted and encoded already.
std::string with_sign(const std::string& parameters) {
  return parameters +
         "&sign=" + publish::base64url(publish::hmac_sha256(testing::kVkSecret, parameters));
}

}  // namespace

TEST_CASE("launch parameters: the vectors") {
  for (const testing::Vector& vector : testing::kVkVectors) {
    CAPTURE(vector.name);
    CHECK(signed_parameters(vector.input, {std::string(vector.secret)}).ok() == vector.ok);
    CHECK_FALSE(signed_parameters(vector.input, {"another"}).ok());
    CHECK_FALSE(signed_parameters(vector.input, {}).ok());
  }
}

TEST_CASE("a launch is read whole, by either of two keys") {
  const auto launch = verify_launch(kVkLaunch, {"next", kKeys[0]}, kApp, kAt);
  REQUIRE(launch.ok());
  CHECK(launch->user == "494075");
  CHECK(launch->group == "166562603");
  CHECK(launch->role == "admin");
  CHECK(launch->platform == "desktop_web");
  CHECK(launch->language == "ru");
}

TEST_CASE("the order of the parameters does not matter, nor what is not VK's") {
  const std::string text(kVkLaunch);
  const std::size_t sign = text.rfind('&');
  const std::string first = text.substr(sign + 1) + "&" + text.substr(0, sign);
  CHECK(verify_launch(first, kKeys, kApp, kAt).ok());
  std::string reversed;
  for (std::string rest = text; !rest.empty();) {
    const std::size_t at = rest.rfind('&');
    reversed += (reversed.empty() ? "" : "&") + rest.substr(at == std::string::npos ? 0 : at + 1);
    rest.resize(at == std::string::npos ? 0 : at);
  }
  CHECK(verify_launch(reversed, kKeys, kApp, kAt).ok());
  CHECK(verify_launch(text + "&utm_source=post", kKeys, kApp, kAt).ok());
}

TEST_CASE("values are signed as RFC 3986 encodes them, however they were sent") {
  const std::string right =
      with_sign("vk_app_id=6736218&vk_ref=a%20b%2C%D1%97~&vk_ts=1700000000&vk_user_id=1");
  CHECK(verify_launch(right, kKeys, kApp, kAt).ok());
  for (const char* sent : {"a+b,%D1%97~", "a%20b%2c%d1%97%7E", "a%20b,\xD1\x97~"}) {
    std::string query = right;
    query.replace(query.find("a%20b"), std::string("a%20b%2C%D1%97~").size(), sent);
    CAPTURE(query);
    CHECK(verify_launch(query, kKeys, kApp, kAt).ok());
  }
}

TEST_CASE("a launch with any byte changed is refused, or spells the same") {
  const auto right = signed_parameters(kVkLaunch, kKeys);
  REQUIRE(right.ok());
  int same = 0;
  testing::each_mutation(kVkLaunch, [&](const std::string& mutated) {
    const auto found = signed_parameters(mutated, kKeys);
    if (!found.ok()) return;
    ++same;
    CHECK(*found == *right);
  });
  CHECK(same == 1);  // %2C as %2c
}

TEST_CASE("launches that are refused though their signature is right") {
  struct Row {
    const char* name;
    std::string query;
  };
  const Row rows[] = {
      {"without vk_ts", with_sign("vk_app_id=6736218&vk_user_id=1")},
      {"a time that is none", with_sign("vk_app_id=6736218&vk_ts=17e8&vk_user_id=1")},
      {"a negative time", with_sign("vk_app_id=6736218&vk_ts=-1&vk_user_id=1")},
      {"another app", with_sign("vk_app_id=1&vk_ts=1700000000&vk_user_id=1")},
      {"no app", with_sign("vk_ts=1700000000&vk_user_id=1")},
      {"no user", with_sign("vk_app_id=6736218&vk_ts=1700000000")},
      {"a user that is none", with_sign("vk_app_id=6736218&vk_ts=1700000000&vk_user_id=x")},
      {"a group that is none",
       with_sign("vk_app_id=6736218&vk_group_id=x&vk_ts=1700000000&vk_user_id=1")},
      {"a name twice", std::string(kVkLaunch) + "&vk_user_id=494075"},
      {"a name twice, before", "vk_user_id=494076&" + std::string(kVkLaunch)},
      {"the signature twice",
       std::string(kVkLaunch) + "&sign=4bsy2QPuhUkj7ML0CJy7zSA1GgzHHnjWg4jOdVEGcho"},
      {"another's name twice", std::string(kVkLaunch) + "&a=1&a=1"},
      {"an encoded name", std::string(kVkLaunch) + "&vk%5Fuser_id=1"},
      {"an empty parameter", std::string(kVkLaunch) + "&&a=1"},
      {"no value", std::string(kVkLaunch) + "&a"},
      {"a broken escape", std::string(kVkLaunch) + "&a=%G0"},
      {"a control character", std::string(kVkLaunch) + "&a=%00"},
      {"too long", std::string(kVkLaunch) + "&a=" + std::string(kMaxLaunchQuery, 'x')},
      {"nothing", ""},
  };
  for (const Row& row : rows) {
    CAPTURE(row.name);
    const auto found = verify_launch(row.query, kKeys, kApp, kAt);
    REQUIRE_FALSE(found.ok());
    CHECK(found.error().code == Code::kRefused);
  }
  std::string many(kVkLaunch);
  for (std::size_t i = 0; i < kMaxLaunchParameters; ++i) many += "&n" + std::to_string(i) + "=1";
  CHECK_FALSE(verify_launch(many, kKeys, kApp, kAt).ok());
}

TEST_CASE("a launch is good for an hour, whatever some minutes of clock") {
  struct Row {
    std::int64_t now;
    bool ok;
  };
  for (const Row& row :
       {Row{kAt, true}, Row{kAt + kLaunchLifetime, true}, Row{kAt + kLaunchLifetime + 1, false},
        Row{kAt - 120, true}, Row{kAt - kClockSkew, true}, Row{kAt - kClockSkew - 1, false},
        Row{kAt + 100'000'000, false}, Row{0, false}}) {
    CAPTURE(row.now);
    CHECK(verify_launch(kVkLaunch, kKeys, kApp, row.now).ok() == row.ok);
  }
}
