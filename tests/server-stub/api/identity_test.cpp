#include "server-stub/api/identity.h"

#include <sys/stat.h>

#include <nlohmann/json.hpp>

#include "server-stub/api/auth.h"
#include "server-stub/publish/base64url.h"
#include "tests/server-stub/api/harness.h"

namespace {

using namespace askus;
using nlohmann::json;
using testing::Answer;
using testing::Harness;
using testing::request_json;
using testing::uuid;

const std::string kSecret(32, 'k'), kNext(40, 'n'), kForeign(32, 'f');
constexpr std::int64_t kNow = testing::kStart;

std::string signed_text(const std::string& payload, const std::string& secret = kSecret) {
  const std::string encoded = publish::base64url(payload);
  return encoded + "." + publish::base64url(api::hmac_sha256(secret, encoded));
}

json claims() {
  return {{"site", "demo"}, {"user", "u-1"}, {"exp", kNow + 600}};
}

std::string with(const char* name, const json& value) {
  json payload = claims();
  payload[name] = value;
  return signed_text(payload.dump());
}

testing::Setup with_secrets() {
  testing::Setup setup;
  setup.config = [](config::Config& config, const testing::TempFolder& folder) {
    for (const auto& [name, secret] : {std::pair("one", kSecret), std::pair("two", kNext)}) {
      const std::string file = folder.write(name, secret + "\n");
      REQUIRE(::chmod(file.c_str(), 0600) == 0);
      config.sites["demo"].identity_secret_files.push_back(file);
    }
  };
  return setup;
}

std::string body_with(int n, const std::string& identity, const std::string& more = {}) {
  return request_json(uuid(n), more + ",\"identity\":\"" + identity + "\"");
}

}  // namespace

TEST_CASE("a signature is computed as documented") {
  // The example of docs/http-api.md, made with: printf %s "$payload" | openssl dgst -sha256 -hmac
  const std::string payload = R"({"site":"demo","user":"u-1","exp":1795255800})";
  CHECK(publish::base64url(payload) ==
        "eyJzaXRlIjoiZGVtbyIsInVzZXIiOiJ1LTEiLCJleHAiOjE3OTUyNTU4MDB9");
  const auto known = api::verify_identity(
      "eyJzaXRlIjoiZGVtbyIsInVzZXIiOiJ1LTEiLCJleHAiOjE3OTUyNTU4MDB9."
      "KxpvZ5kW_WD2ciotqCLAl9sPCuMuImDLBLePK0pp5AE",
      {kSecret}, "demo", kNow);
  INFO((known.ok() ? "" : known.error().text));
  REQUIRE(known.ok());
  CHECK(known->user == "u-1");
}

TEST_CASE("a good identity is told by either of two secrets") {
  json payload = claims();
  payload["name"] = "Марія";
  payload["contact"] = "+380671234567";
  payload["later"] = {{"more", 1}};
  for (const std::string& secret : {kSecret, kNext}) {
    const auto found =
        api::verify_identity(signed_text(payload.dump(), secret), {kSecret, kNext}, "demo", kNow);
    REQUIRE(found.ok());
    CHECK(*found == store::Identity{"u-1", "Марія", "+380671234567"});
  }
  CHECK(api::verify_identity(with("exp", kNow + 1), {kSecret}, "demo", kNow).ok());
  CHECK(api::verify_identity(with("exp", kNow + api::kLongestIdentity), {kSecret}, "demo", kNow)
            .ok());
}

TEST_CASE("every other identity is refused") {
  const std::string good = signed_text(claims().dump());
  const std::size_t dot = good.find('.');
  std::string flipped = good;
  flipped[3] = flipped[3] == 'A' ? 'B' : 'A';
  json no_user = claims(), no_site = claims(), no_exp = claims();
  no_user.erase("user");
  no_site.erase("site");
  no_exp.erase("exp");
  struct Case {
    std::string text, says;
  };
  const Case cases[] = {
      {"", "no code"},
      {"demo", "no code"},
      {good.substr(0, dot), "no code"},
      {good.substr(0, dot + 1), "no secret"},
      {good + "=", "base64url"},
      {good + ".x", "base64url"},
      {good.substr(0, good.size() - 1), "base64url"},
      {flipped, "no secret"},
      {good.substr(0, dot) + good.substr(dot + 1) + ".", "no secret"},
      {signed_text(claims().dump(), kForeign), "no secret"},
      {signed_text(claims().dump(), ""), "no secret"},
      {signed_text(std::string(request::kMaxIdentity, 'x')), "too long"},
      {signed_text("[]"), "not a JSON object"},
      {signed_text("{\"site\""), "not a JSON object"},
      {signed_text("{\"site\":\"demo\",\"user\":\"\xFF\"}"), "not a JSON object"},
      {signed_text(no_site.dump()), "\"site\""},
      {with("site", "other"), "\"site\""},
      {with("site", 1), "\"site\""},
      {signed_text(no_user.dump()), "\"user\""},
      {with("user", ""), "\"user\""},
      {with("user", 7), "\"user\""},
      {with("user", std::string("a\0b", 3)), "\"user\""},
      {with("user", std::string(request::kMaxName + 1, 'u')), "\"user\""},
      {with("name", std::string(request::kMaxName + 1, 'n')), "\"name\""},
      {with("contact", json::array()), "\"contact\""},
      {signed_text(no_exp.dump()), "\"exp\""},
      {with("exp", "soon"), "\"exp\""},
      {with("exp", 1.5), "\"exp\""},
      {with("exp", -1), "\"exp\""},
      {with("exp", kNow), "expired"},
      {with("exp", kNow + api::kLongestIdentity + 1), "more than a day"},
      {with("exp", ~std::uint64_t{0}), "more than a day"},
  };
  for (const Case& c : cases) {
    CAPTURE(c.text, c.says);
    const auto found = api::verify_identity(c.text, {kSecret, kNext}, "demo", kNow);
    REQUIRE_FALSE(found.ok());
    CHECK(found.error().code == Code::kRefused);
    CHECK(found.error().text.find(c.says) != std::string::npos);
  }
  CHECK_FALSE(api::verify_identity(good, {}, "demo", kNow).ok());
}

TEST_CASE("who the site vouches for is stored, and exported") {
  Harness h(with_secrets());
  json payload = claims();
  payload["name"] = "Maria";
  REQUIRE(h.post_request(uuid(1), body_with(1, signed_text(payload.dump(), kNext))).status == 201);
  CHECK(h.sql("SELECT identity_user || '/' || identity_name || '/' || identity_contact"
              " FROM requests") == "u-1/Maria/");
  const auto all = json::parse(h.ask_own("GET", uuid(1), "/export").body);
  CHECK(all["identity"]["user"] == "u-1");
  // What a visitor says of themselves is no identity.
  REQUIRE(h.post_request(uuid(2), request_json(uuid(2), R"(,"name":"u-1")")).status == 201);
  CHECK(h.sql("SELECT identity_user FROM requests WHERE number = 2").empty());
}

TEST_CASE("a bad identity costs nobody their request") {
  Harness h(with_secrets());
  const std::string expired = with("exp", kNow - 1);
  const Answer refused = h.post_request(uuid(1), body_with(1, expired));
  CHECK(refused.status == 403);
  CHECK(refused.problem() == "bad-identity");
  CHECK(h.rows() == "0");
  // The same key without it.
  const Answer stored = h.post_request(uuid(1), request_json(uuid(1)));
  CHECK(stored.status == 201);
  // A retry of what was stored is answered whatever the identity has become meanwhile.
  const std::string good = signed_text(claims().dump());
  const Answer first = h.post_request(uuid(2), body_with(2, good));
  REQUIRE(first.status == 201);
  h.now += 3'600;
  for (const std::string& body :
       {body_with(2, good), body_with(2, signed_text(claims().dump(), kForeign)),
        body_with(2, with("exp", h.now + 60)), request_json(uuid(2))}) {
    const Answer again = h.post_request(uuid(2), body);
    CHECK(again.status == 201);
    CHECK(again.body == first.body);
  }
  CHECK(h.post_request(uuid(3), body_with(3, good)).problem() == "bad-identity");
}

TEST_CASE("a site without a secret vouches for nobody") {
  Harness h;
  CHECK(h.post_request(uuid(1), body_with(1, signed_text(claims().dump()))).problem() ==
        "bad-identity");
}

TEST_CASE("no identity stands in the log") {
  Harness h(with_secrets());
  const std::string good = signed_text(claims().dump());
  h.post_request(uuid(1), body_with(1, good));
  h.post_request(uuid(2), body_with(2, signed_text(claims().dump(), kForeign)));
  h.stop();
  for (const std::string& secret : {good, good.substr(0, good.find('.')), std::string("u-1")})
    CHECK(h.log().find(secret) == std::string::npos);
}
