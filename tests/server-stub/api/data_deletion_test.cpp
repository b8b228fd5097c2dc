#include "server-stub/api/data_deletion.h"

#include <nlohmann/json.hpp>

#include "server-stub/api/social_token.h"
#include "tests/server-stub/api/channels.h"

namespace {

using namespace askus;
using testing::Answer;
using testing::facebook_form;
using testing::Harness;
using testing::kStart;
using testing::post_form;
using testing::uuid;

Answer send_as(Harness& h, int n, const std::string& channel, const std::string& user) {
  const std::string token =
      api::issue_social_token(std::string(32, 's'), api::SocialUse::kPanel,
                              {"demo", channel, user, "42", "uk", false}, kStart + 100);
  return h.post_request(uuid(n), testing::request_json(uuid(n)),
                        {{std::string(api::kSocialHeader), token}});
}

std::string statuses(Harness& h) {
  return h.sql("SELECT group_concat(status, ' ') FROM (SELECT status FROM requests ORDER BY id)");
}

const std::string kPath = "/facebook/demo/deletion";

}  // namespace

TEST_CASE("a person's data is really erased, and a page says so") {
  Harness h(testing::with_channels());
  send_as(h, 1, "facebook", "9001");
  send_as(h, 2, "facebook", "9001");
  send_as(h, 3, "facebook", "9002");
  send_as(h, 4, "vk", "9001");
  testing::post_facebook(h, testing::facebook_comment(1, "by another id"));
  const std::string form =
      facebook_form("\"issued_at\":" + std::to_string(kStart) + R"(,"user_id":"9001")");
  const Answer done = post_form(h, kPath, form);
  REQUIRE(done.status == 200);
  const auto json = nlohmann::json::parse(done.body);
  const std::string code = json["confirmation_code"], url = json["url"];
  CHECK(url == "https://localhost" + kPath + "?code=" + code);
  CHECK(code.find_first_not_of("0123456789abcdef") == std::string::npos);
  CHECK(h.sql("SELECT group_concat(status, ' ') FROM (SELECT r.status FROM requests r JOIN sources"
              " s ON s.request = r.id ORDER BY r.number)") ==
        "erased erased received received received");
  CHECK(h.sql("SELECT count(*) FROM sources WHERE user_id = '9001'") == "1");  // VK's
  CHECK(h.sql("SELECT count(*) FROM requests WHERE status = 'erased' AND title <> ''") == "0");

  const Answer page = h.ask("GET", kPath + "?code=" + code);
  CHECK(page.status == 200);
  CHECK(page.body.find("<p>erased 2 2026-11-21</p>") != std::string::npos);
  // Again: nothing is left, and that is said.
  const auto again = nlohmann::json::parse(post_form(h, kPath, form).body);
  CHECK(h.ask("GET", kPath + "?code=" + std::string(again["confirmation_code"]))
            .body.find("erased 0 2026-11-21") != std::string::npos);
}

TEST_CASE("nobody but Facebook has data deleted") {
  Harness h(testing::with_channels());
  send_as(h, 1, "facebook", "9001");
  const std::string at = "\"issued_at\":" + std::to_string(kStart);
  for (const std::string& form :
       {std::string(), std::string("signed_request=a.b"),
        facebook_form(at + R"(,"user_id":"9001")", "another"), facebook_form(at),
        facebook_form(R"("issued_at":)" + std::to_string(kStart - 301) + R"(,"user_id":"9001")")}) {
    CAPTURE(form);
    CHECK(post_form(h, kPath, form).problem() == "not-signed");
  }
  CHECK(statuses(h) == "received");
  CHECK(post_form(h, "/facebook/other/deletion", "").status == 404);
}

TEST_CASE("a confirmation code is the server's own, or none") {
  const std::string secret(32, 's');
  const std::string code = api::deletion_code(secret, "demo", {kStart, 3});
  const auto read = api::read_deletion_code(secret, "demo", code);
  REQUIRE(read);
  CHECK(read->at == kStart);
  CHECK(read->requests == 3);
  CHECK_FALSE(api::read_deletion_code(secret, "other", code));
  CHECK_FALSE(api::read_deletion_code(std::string(32, 't'), "demo", code));
  for (std::size_t at = 0; at < code.size(); ++at) {
    std::string mutated = code;
    mutated[at] = mutated[at] == '0' ? '1' : '0';
    CHECK_FALSE(api::read_deletion_code(secret, "demo", mutated));
  }
  Harness h(testing::with_channels());
  for (const std::string& query : {std::string(), "?code=" + code.substr(1), "?code=x" + code}) {
    const Answer page = h.ask("GET", kPath + query);
    CHECK(page.status == 404);
    CHECK(page.body.find("erased_unknown") != std::string::npos);
  }
}
