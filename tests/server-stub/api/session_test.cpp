// Logging in: who gets in, who is kept out, and what a session is worth afterwards.
#include "server-stub/api/session.h"

#include <botan/base32.h>
#include <botan/totp.h>

#include <nlohmann/json.hpp>

#include "server-stub/store/sessions.h"
#include "tests/catch.h"
#include "tests/server-stub/api/people.h"

namespace {

using namespace askus;
using nlohmann::json;
using testing::by;
using testing::Fields;
using testing::Harness;
using testing::kPassword;
using testing::log_in;
using testing::send;
using testing::ticket_in;

std::string code_of(const std::string& secret, std::int64_t now) {
  const auto bytes = Botan::base32_decode(secret);
  Botan::TOTP totp(bytes.data(), bytes.size(), "SHA-1", 6, 30);
  const std::string digits = std::to_string(totp.generate_totp(static_cast<std::uint64_t>(now)));
  return std::string(6 - digits.size(), '0') + digits;
}

unsigned who(Harness& h, const std::string& ticket) {
  return send(h, ticket, "GET", "/v1/session").status;
}

}  // namespace

TEST_CASE("an invitation makes an account, a password opens a session, logging out ends it") {
  Harness h;
  const std::string ticket = testing::join(h, "Olena@Example.org", "staff");
  const auto me = send(h, ticket, "GET", "/v1/session");
  REQUIRE(me.status == 200);
  CHECK(me.headers.at("cache-control") == "no-store");
  const json shown = json::parse(me.body);
  CHECK(shown["email"] == "Olena@Example.org");
  CHECK(shown["name"] == "Олена Коваль");
  REQUIRE(shown["sites"].size() == 1);
  CHECK(shown["sites"][0]["role"] == "staff");
  CHECK(shown["sites"][0]["rights"] == json::array({"answer", "read", "reply"}));

  // The cookie: no script reads it, no other site sends it; the ticket itself is stored nowhere.
  const auto again = log_in(h, "olena@example.org", kPassword);
  const std::string cookie = again.headers.at("set-cookie");
  CHECK(cookie.starts_with("askus="));
  CHECK(cookie.find("; HttpOnly") != std::string::npos);
  CHECK(cookie.find("; SameSite=Strict") != std::string::npos);
  CHECK(cookie.find("; Path=/") != std::string::npos);
  CHECK(ticket_in(again).size() == 43);
  CHECK(h.sql("SELECT count(*) FROM sessions WHERE hash = '" + ticket_in(again) + "'") == "0");
  CHECK(h.sql("SELECT password FROM people").starts_with("$argon2id$v=19$m=19456,t=2,p=1$"));

  const auto out = send(h, ticket, "DELETE", "/v1/session");
  CHECK(out.status == 204);
  CHECK(out.headers.at("set-cookie").find("Max-Age=0") != std::string::npos);
  CHECK(who(h, ticket) == 401);
  CHECK(who(h, ticket_in(again)) == 200);
  CHECK(send(h, ticket_in(again), "DELETE", "/v1/sessions").status == 204);
  CHECK(who(h, ticket_in(again)) == 401);
  CHECK(
      h.sql("SELECT group_concat(action, ' ') FROM (SELECT action FROM audit WHERE actor <> 'test'"
            " ORDER BY rowid)") == "accept-invitation log-in log-in log-out log-out-everywhere");
  CHECK(h.sql("SELECT address FROM audit WHERE action = 'log-out'") == "127.0.0.1");
}

TEST_CASE("a wrong password, an unknown address and one without access are told the same") {
  Harness h;
  const std::string admin = testing::join(h, "admin@b.example", "administrator");
  testing::join(h, "gone@b.example", "staff");
  const std::string gone = h.sql("SELECT id FROM people WHERE email = 'gone@b.example'");
  REQUIRE(
      send(h, admin, "PUT", "/v1/sites/demo/people/" + gone, R"({"role":"staff","active":false})")
          .status == 200);
  const auto wrong = log_in(h, "admin@b.example", "wrong horse battery");
  const auto unknown = log_in(h, "nobody@b.example", kPassword);
  const auto inactive = log_in(h, "gone@b.example", kPassword);
  CHECK(wrong.status == 401);
  CHECK(wrong.problem() == "bad-log-in");
  CHECK(unknown.status == 401);
  CHECK(inactive.status == 401);
  CHECK(unknown.body == wrong.body);
  CHECK(inactive.body == wrong.body);
  CHECK(wrong.headers.count("set-cookie") == 0);
}

TEST_CASE("a session that was planted is not the one that a log-in begins") {
  Harness h;
  const std::string mine = testing::join(h, "olena@b.example", "staff");
  // A ticket that somebody has made up, and one that is good: neither is taken over.
  const std::string planted(43, 'A');
  for (const std::string& before : {planted, mine}) {
    const auto entered =
        log_in(h, "olena@b.example", kPassword, {}, {{"Cookie", "askus=" + before}});
    REQUIRE(entered.status == 204);
    CHECK(ticket_in(entered) != before);
    CHECK(who(h, ticket_in(entered)) == 200);
    CHECK(who(h, before) == 401);
  }
}

TEST_CASE(
    "what protects an account ends all its sessions but the one that changes it, which is new") {
  Harness h;
  const std::string first = testing::join(h, "olena@b.example", "staff");
  const std::string second = ticket_in(log_in(h, "olena@b.example", kPassword));
  const std::string next = "another long password";
  const auto body = [](const std::string& password, const std::string& new_password) {
    return json{{"password", password}, {"new_password", new_password}}.dump();
  };
  CHECK(send(h, first, "PUT", "/v1/password", body("not mine at all", next)).status == 401);
  const auto weak = send(h, first, "PUT", "/v1/password", body(kPassword, "short"));
  CHECK(weak.status == 422);
  CHECK(weak.body.find("new_password") != std::string::npos);
  CHECK(send(h, first, "PUT", "/v1/password", body(kPassword, std::string(20, 'a'))).status == 422);
  CHECK(who(h, second) == 200);

  const auto changed = send(h, first, "PUT", "/v1/password", body(kPassword, next));
  REQUIRE(changed.status == 204);
  CHECK(who(h, first) == 401);
  CHECK(who(h, second) == 401);
  CHECK(who(h, ticket_in(changed)) == 200);
  CHECK(log_in(h, "olena@b.example", kPassword).status == 401);
  CHECK(log_in(h, "olena@b.example", next).status == 204);
}

TEST_CASE("a session ends when it is not used, and at last even when it is") {
  Harness h;
  const std::string ticket = testing::join(h, "olena@b.example", "staff");
  h.now += store::kSessionIdle - 1;
  CHECK(who(h, ticket) == 200);
  // That it was used is noted in the background.
  while (h.sql("SELECT count(*) FROM sessions WHERE seen_at > " +
               std::to_string(testing::kStart)) == "0") {
  }
  h.now += store::kSessionIdle - 1;
  CHECK(who(h, ticket) == 200);
  h.now += store::kSessionIdle;
  CHECK(who(h, ticket) == 401);

  const std::string used = ticket_in(log_in(h, "olena@b.example", kPassword));
  const std::int64_t begun = h.now;
  REQUIRE(h.sql("UPDATE sessions SET seen_at = " + std::to_string(begun + store::kSessionLife)) ==
          "no row");
  h.now = begun + store::kSessionLife - 1;
  CHECK(who(h, used) == 200);
  h.now = begun + store::kSessionLife;
  CHECK(who(h, used) == 401);
}

TEST_CASE("one-time codes: on with a code of theirs, asked for, used once, off with the password") {
  Harness h;
  std::string ticket = testing::join(h, "olena@b.example", "staff");
  const auto offered = send(h, ticket, "POST", "/v1/codes");
  REQUIRE(offered.status == 200);
  const json offer = json::parse(offered.body);
  const std::string secret = offer["secret"];
  CHECK(offer["address"] ==
        "otpauth://totp/localhost:olena@b.example?secret=" + secret + "&issuer=localhost");
  const auto on = [&](const std::string& sealed, const std::string& code) {
    return send(h, ticket, "PUT", "/v1/codes",
                json{{"password", kPassword}, {"sealed", sealed}, {"code", code}}.dump());
  };
  const std::string code = code_of(secret, h.now);
  const std::string sealed = offer["sealed"];
  CHECK(on(sealed, "000000x").status == 422);
  CHECK(on((sealed[0] == 'A' ? 'B' : 'A') + sealed.substr(1), code).status == 422);
  const auto set = on(sealed, code);
  REQUIRE(set.status == 204);
  ticket = ticket_in(set);
  CHECK(json::parse(send(h, ticket, "GET", "/v1/session").body)["one_time_codes"] == true);
  CHECK(h.sql("SELECT one_time_secret FROM people").find(secret) == std::string::npos);

  CHECK(log_in(h, "olena@b.example", kPassword).problem() == "code-needed");
  CHECK(log_in(h, "olena@b.example", "wrong horse battery").problem() == "bad-log-in");
  CHECK(log_in(h, "olena@b.example", kPassword, code).status == 401);  // it has been used
  h.now += 30;
  const std::string next = code_of(secret, h.now);
  CHECK(log_in(h, "olena@b.example", kPassword, code_of(secret, h.now + 90)).status == 401);
  CHECK(log_in(h, "olena@b.example", "wrong horse battery", next).status == 401);
  CHECK(log_in(h, "olena@b.example", kPassword, next).status == 204);
  CHECK(log_in(h, "olena@b.example", kPassword, next).status == 401);

  CHECK(send(h, ticket, "DELETE", "/v1/codes", R"({"password":"wrong horse battery"})").status ==
        401);
  const auto off = send(h, ticket, "DELETE", "/v1/codes", json{{"password", kPassword}}.dump());
  REQUIRE(off.status == 204);
  CHECK(log_in(h, "olena@b.example", kPassword).status == 204);
}

TEST_CASE("only our own pages change something with a session") {
  Harness h;
  const std::string ticket = testing::join(h, "olena@b.example", "staff");
  const std::string body = R"({"name":"Інша","language":"uk"})";
  const std::string cookie = "askus=" + ticket;
  struct Case {
    Fields fields;
    unsigned status;
  };
  const Case cases[] = {
      {{{"Origin", "http://localhost"}}, 204},
      {{{"Origin", "http://localhost"}, {"Sec-Fetch-Site", "same-origin"}}, 204},
      {{{"Sec-Fetch-Site", "same-origin"}}, 204},
      {{}, 403},
      {{{"Origin", "null"}}, 403},
      {{{"Origin", "https://localhost"}}, 403},
      {{{"Origin", "http://localhost:1"}}, 403},
      {{{"Origin", "http://localhost.evil.example"}}, 403},
      {{{"Origin", "http://evil.example"}}, 403},
      {{{"Origin", "http://a.example"}}, 403},  // whose pages may frame the panel
      {{{"Sec-Fetch-Site", "none"}}, 403},
      {{{"Sec-Fetch-Site", "cross-site"}}, 403},
      {{{"Origin", "http://localhost"}, {"Sec-Fetch-Site", "cross-site"}}, 403},
      {{{"Origin", "http://localhost"}, {"Sec-Fetch-Site", "same-site"}}, 403},
  };
  for (const Case& one : cases) {
    Fields fields{{"Cookie", cookie}, {"Content-Type", "application/json"}};
    fields.insert(fields.end(), one.fields.begin(), one.fields.end());
    CAPTURE(one.fields);
    CHECK(h.ask("PUT", "/v1/profile", fields, body).status == one.status);
    // Logging somebody in as somebody else is an attack too.
    Fields stranger{{"Content-Type", "application/json"}};
    stranger.insert(stranger.end(), one.fields.begin(), one.fields.end());
    CHECK(h.ask("POST", "/v1/session", stranger, "{}").status == (one.status == 204 ? 422 : 403));
  }
  // A form of another site can send no JSON, and what is no JSON is refused.
  CHECK(h.ask("PUT", "/v1/profile", {{"Cookie", cookie}, {"Origin", "http://localhost"}}, body)
            .status == 415);
  // Reading from another site's page: the browser would not send the cookie; if it did, 403.
  CHECK(
      h.ask("GET", "/v1/session", {{"Cookie", cookie}, {"Sec-Fetch-Site", "cross-site"}}).status ==
      403);
  CHECK(h.ask("GET", "/v1/session", {{"Cookie", cookie}}).status == 200);
}

TEST_CASE("by TLS the cookie is Secure and no other host can have planted it") {
  testing::Setup setup;
  setup.trusted_proxies = {*http::parse_network("127.0.0.1")};
  Harness h(setup);
  testing::join(h, "olena@b.example", "staff");
  const json body{{"email", "olena@b.example"}, {"password", kPassword}};
  const auto enter = [&](const std::string& origin) {
    return h.ask(
        "POST", "/v1/session",
        {{"Content-Type", "application/json"}, {"X-Forwarded-Proto", "https"}, {"Origin", origin}},
        body.dump());
  };
  CHECK(enter("http://localhost").status == 403);
  const auto entered = enter("https://localhost");
  REQUIRE(entered.status == 204);
  const std::string cookie = entered.headers.at("set-cookie");
  CHECK(cookie.starts_with("__Host-askus="));
  CHECK(cookie.find("; Secure") != std::string::npos);
  CHECK(cookie.find("Domain") == std::string::npos);
  const auto ask = [&](const std::string& name) {
    return h
        .ask("GET", "/v1/session",
             {{"X-Forwarded-Proto", "https"}, {"Cookie", name + "=" + ticket_in(entered)}})
        .status;
  };
  CHECK(ask("__Host-askus") == 200);
  CHECK(ask("askus") == 401);
}

TEST_CASE("wrong passwords are tried so often, and a right one in between takes nothing") {
  Harness h;
  testing::join(h, "olena@b.example", "staff");
  for (std::size_t i = 0; i < limit::kWrongByPair; ++i) {
    if (i == limit::kWrongByPair / 2) CHECK(log_in(h, "olena@b.example", kPassword).status == 204);
    CHECK(log_in(h, "olena@b.example", "wrong horse battery").status == 401);
  }
  const auto refused = log_in(h, "Olena@b.example", kPassword);
  CHECK(refused.status == 429);
  CHECK(refused.problem() == "rate-limited");
  CHECK(std::stoi(refused.headers.at("retry-after")) > 0);
  CHECK(log_in(h, "somebody@else.example", kPassword).status == 401);  // another account may
  CHECK(h.sql("SELECT count(*) FROM audit WHERE action = 'log-in-refused'") ==
        std::to_string(limit::kWrongByPair));
}
