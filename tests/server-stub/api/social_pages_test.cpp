// The panel inside VK and Facebook: who is vouched for gets a token of ours, nobody else.
#include "server-stub/api/social_pages.h"

#include <nlohmann/json.hpp>

#include "server-stub/api/social_token.h"
#include "tests/server-stub/api/channels.h"

namespace {

using namespace askus;
using nlohmann::json;
using testing::Answer;
using testing::facebook_form;
using testing::facebook_tab;
using testing::Harness;
using testing::kStart;
using testing::post_form;
using testing::request_json;
using testing::uuid;
using testing::vk_launch;
using testing::vk_signed;

// The page's configuration.
json config_of(const Answer& page) {
  const std::string begin = "<script id=\"askus-config\">";
  const std::size_t at = page.body.find(begin);
  REQUIRE(at != std::string::npos);
  const std::size_t from = at + begin.size();
  return json::parse(page.body.substr(from, page.body.find("</script>", from) - from));
}

std::string token_of(const Answer& page) {
  return config_of(page)["social"]["token"].get<std::string>();
}

Answer send(Harness& h, int n, const std::string& token, const std::string& more = {}) {
  return h.post_request(uuid(n), request_json(uuid(n), more),
                        {{std::string(api::kSocialHeader), token}});
}

std::string source_of(Harness& h, int n) {
  return h.sql(
      "SELECT channel || ' ' || place || ' ' || group_id || ' ' || user_id FROM sources"
      " WHERE request = '" +
      uuid(n) + "'");
}

// A refusal says where to open the panel, in a page that the network may frame, without a token.
void check_refused(const Answer& answer, const std::string& channel) {
  CHECK(answer.status == 403);
  CHECK(answer.headers.at("content-type") == "text/html; charset=utf-8");
  CHECK(answer.body.find("<p>open_" + channel + "</p>") != std::string::npos);
  CHECK(answer.body.find("askus-config") == std::string::npos);
  CHECK(answer.headers.at("content-security-policy").find(channel) != std::string::npos);
  CHECK(answer.headers.at("cache-control") == "no-store");
}

// Where Facebook's visitor is sent.
std::string place_of(const Answer& answer) {
  REQUIRE(answer.status == 303);
  return answer.headers.at("location");
}

}  // namespace

TEST_CASE("VK: a launch opens the panel, and a request carries its account") {
  Harness h(testing::with_channels());
  const Answer page = h.ask("GET", "/vk/demo?" + vk_launch(kStart));
  REQUIRE(page.status == 200);
  CHECK(page.headers.at("cache-control") == "no-store");
  CHECK(page.headers.at("referrer-policy") == "no-referrer");
  CHECK(page.headers.at("content-security-policy")
            .ends_with("; form-action 'none'; frame-ancestors https://vk.com https://*.vk.com "
                       "https://vk.ru https://*.vk.ru"));
  CHECK(page.headers.count("x-frame-options") == 0);
  const json config = config_of(page);
  CHECK(config["social"]["channel"] == "vk");
  CHECK(config["origins"].empty());
  CHECK(config["lang"] == "uk");
  CHECK_FALSE(config["social"].contains("hint"));
  CHECK(page.body.find("<script type=\"module\" src=\"/assets/social.1.js\">") <
        page.body.find("askus-config"));

  CHECK(send(h, 1, token_of(page), R"(,"channel":"site")").status == 201);
  CHECK(source_of(h, 1) == "vk panel 77 5");
  CHECK(h.sql("SELECT channel FROM requests") == "vk");
  // A retry without the token gets the first answer.
  CHECK(send(h, 1, "", R"(,"channel":"site")").headers.count("idempotent-replayed") == 1);
  const json exported = json::parse(h.ask_own("GET", uuid(1), "/export").body);
  CHECK(exported["source"]["user"] == "5");
}

TEST_CASE("VK: what is not signed for now and for us opens nothing") {
  Harness h(testing::with_channels());
  const std::string good = vk_launch(kStart);
  struct Row {
    const char* name;
    std::string query;
  };
  const Row rows[] = {
      {"no query", ""},
      {"unsigned", "vk_app_id=11&vk_ts=" + std::to_string(kStart) + "&vk_user_id=5"},
      {"expired", vk_launch(kStart - 3'601)},
      {"from the future", vk_launch(kStart + 301)},
      {"without vk_ts", vk_signed("vk_app_id=11&vk_user_id=5")},
      {"another app", vk_signed("vk_app_id=12&vk_ts=" + std::to_string(kStart) + "&vk_user_id=5")},
      {"another community", vk_launch(kStart, "78")},
      {"a parameter twice", good + "&vk_user_id=5"},
      {"another user", good + "0"},
  };
  for (const Row& row : rows) {
    CAPTURE(row.name);
    check_refused(h.ask("GET", "/vk/demo?" + row.query), "vk");
  }
  // In the language that VK says, though it is not verified.
  const Answer english = h.ask("GET", "/vk/demo?vk_language=en");
  CHECK(english.body.find("<html lang=\"en\">") != std::string::npos);
  CHECK(h.ask("GET", "/vk/demo?vk_language=ua").body.find("lang=\"uk\"") != std::string::npos);
  // Within its hour the same launch opens again: a client may load it twice.
  for (int i = 0; i < 2; ++i) CHECK(h.ask("GET", "/vk/demo?" + good).status == 200);
  h.now = kStart + 3'600;
  CHECK(h.ask("GET", "/vk/demo?" + good).status == 200);
  h.now = kStart + 3'601;
  check_refused(h.ask("GET", "/vk/demo?" + good), "vk");
  CHECK(h.ask("GET", "/vk/other?" + good).status == 404);
  CHECK(h.ask("GET", "/vk/nowhere?" + good).problem() == "unknown-site");
}

TEST_CASE("VK: opened outside of a community there is an account and no group") {
  Harness h(testing::with_channels());
  const Answer page = h.ask("GET", "/vk/demo?" + vk_launch(kStart, ""));
  REQUIRE(page.status == 200);
  send(h, 1, token_of(page));
  CHECK(source_of(h, 1) == "vk panel  5");
}

TEST_CASE("administrators get a hint, others do not") {
  Harness h(testing::with_channels());
  const Answer vk =
      h.ask("GET", "/vk/demo?" + vk_launch(kStart, "77", "&vk_viewer_group_role=admin"));
  CHECK(config_of(vk)["social"]["hint"]["text"] == "admin_vk");
  const Answer member =
      h.ask("GET", "/vk/demo?" + vk_launch(kStart, "77", "&vk_viewer_group_role=member"));
  CHECK_FALSE(config_of(member)["social"].contains("hint"));
  const Answer facebook =
      h.ask("GET", place_of(post_form(h, "/facebook/demo", facebook_tab(kStart, "9001", true))));
  CHECK(config_of(facebook)["social"]["hint"]["text"] == "admin_facebook");
}

TEST_CASE("Facebook: a tab opens the panel by a code that works once") {
  Harness h(testing::with_channels());
  const std::string form = facebook_tab(kStart);
  const std::string place = place_of(post_form(h, "/facebook/demo", form));
  CHECK(place.starts_with("/facebook/demo?code="));
  const Answer page = h.ask("GET", place);
  REQUIRE(page.status == 200);
  CHECK(config_of(page)["social"]["channel"] == "facebook");
  CHECK(config_of(page)["lang"] == "uk");
  CHECK(page.headers.at("content-security-policy")
            .ends_with("; frame-ancestors 'self' https://*.facebook.com"));
  CHECK(send(h, 1, token_of(page)).status == 201);
  CHECK(source_of(h, 1) == "facebook panel 42 9001");

  check_refused(h.ask("GET", place), "facebook");                   // the code again
  check_refused(post_form(h, "/facebook/demo", form), "facebook");  // the signature again
  h.now = kStart + 301;
  check_refused(post_form(h, "/facebook/demo", form), "facebook");  // and when it has expired
}

TEST_CASE("Facebook: what is not signed for now and for us opens nothing") {
  Harness h(testing::with_channels());
  const std::string at = "\"issued_at\":" + std::to_string(kStart);
  struct Row {
    const char* name;
    std::string form;
  };
  const Row rows[] = {
      {"nothing", ""},
      {"no signed_request", "a=1"},
      {"a broken form", "signed_request=%G0"},
      {"another secret", facebook_form(at + R"(,"page":{"id":"42"})", "another")},
      {"another page", facebook_form(at + R"(,"page":{"id":"43"})")},
      {"no page", facebook_form(at)},
      {"old", facebook_tab(kStart - 301)},
      {"from the future", facebook_tab(kStart + 301)},
      {"no time", facebook_form(R"("page":{"id":"42"})")},
  };
  for (const Row& row : rows) {
    CAPTURE(row.name);
    check_refused(post_form(h, "/facebook/demo", row.form), "facebook");
  }
  CHECK(post_form(h, "/facebook/demo", std::string(api::kSocialForm + 1, 'a')).status == 413);
  for (const char* code : {"", "?code=", "?code=abc", "?code=a.b"})
    check_refused(h.ask("GET", std::string("/facebook/demo") + code), "facebook");
  const std::string place = place_of(post_form(h, "/facebook/demo", facebook_tab(kStart)));
  h.now = kStart + api::kSocialCodeLifetime;
  check_refused(h.ask("GET", place), "facebook");
  CHECK(post_form(h, "/facebook/other", facebook_tab(kStart)).status == 404);
  // A visitor who has not logged in to the app has a page, and no account.
  h.now = kStart;
  const Answer page =
      h.ask("GET", place_of(post_form(h, "/facebook/demo", facebook_tab(kStart, ""))));
  send(h, 1, token_of(page));
  CHECK(source_of(h, 1) == "facebook panel 42 ");
}

TEST_CASE("a token is good for its use, its site and its time; else the request has no account") {
  Harness h(testing::with_channels());
  const api::SocialUser user{"demo", "vk", "5", "77", "uk", false};
  const std::string secret(32, 's');
  const auto token = [&](api::SocialUse use, const api::SocialUser& who, std::int64_t until,
                         const std::string& by) {
    return api::issue_social_token(by, use, who, until);
  };
  api::SocialUser elsewhere = user;
  elsewhere.site = "other";
  const std::string good = token(api::SocialUse::kPanel, user, kStart + 1, secret);
  const std::string wrong[] = {
      "",
      "abc",
      "a.b",
      good + "x",
      "x" + good,
      token(api::SocialUse::kCode, user, kStart + 1, secret),
      token(api::SocialUse::kPanel, elsewhere, kStart + 1, secret),
      token(api::SocialUse::kPanel, user, kStart, secret),
      token(api::SocialUse::kPanel, user, kStart + 1, std::string(32, 't')),
      std::string(2'000, 'A') + ".A"};
  int n = 10;
  for (const std::string& text : wrong) {
    CAPTURE(text);
    CHECK(send(h, ++n, text).status == 201);
    CHECK(source_of(h, n) == "no row");
  }
  CHECK(send(h, ++n, good).status == 201);
  CHECK(source_of(h, n) == "vk panel 77 5");
  CHECK(token(api::SocialUse::kPanel, user, kStart, secret) !=
        token(api::SocialUse::kPanel, user, kStart, secret));
  // Any byte changed is nobody's.
  for (std::size_t at = 0; at < good.size(); ++at) {
    std::string mutated = good;
    mutated[at] = mutated[at] == 'A' ? 'B' : 'A';
    CHECK_FALSE(api::read_social_token(secret, api::SocialUse::kPanel, "demo", mutated, kStart));
  }
}

TEST_CASE("neither launches nor secrets are in the log") {
  Harness h(testing::with_channels());
  const std::string launch = vk_launch(kStart);
  const Answer page = h.ask("GET", "/vk/demo?" + launch);
  h.ask("GET", place_of(post_form(h, "/facebook/demo", facebook_tab(kStart))));
  send(h, 1, token_of(page));
  testing::post_vk(h, testing::vk_comment(1, "words"));
  testing::post_vk(h, testing::vk_comment(1, "words", "wall_reply_new", "", "wrong-secret"));
  testing::post_facebook(h, testing::facebook_comment(1, "words"), "wrong-secret");
  h.stop();
  const std::string log = h.log();
  CHECK(log.find("/vk/{site}") != std::string::npos);
  for (const std::string& secret :
       {launch.substr(launch.find("sign=") + 5), token_of(page), std::string(testing::kVkKey),
        std::string(testing::kVkCallback), std::string(testing::kFacebookSecret),
        std::string("wrong-secret"), std::string("words"), std::string("vk_user_id")})
    CHECK(log.find(secret) == std::string::npos);
}
