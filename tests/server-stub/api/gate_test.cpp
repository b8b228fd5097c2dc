// The layers between a stranger and the store, over real sockets.
#include "server-stub/api/gate.h"

#include <nlohmann/json.hpp>

#include "server-stub/api/form_token.h"
#include "shared/work/work.h"
#include "tests/server-stub/api/harness.h"

namespace {

using namespace askus;
using namespace std::chrono_literals;
using testing::Answer;
using testing::Client;
using testing::Fields;
using testing::Harness;
using testing::request_json;
using testing::request_text;
using testing::Setup;
using testing::uuid;

constexpr auto kFilledIn = 5s;  // as a person fills in a form
constexpr auto kDay = 24h;

work::ByteView bytes(std::string_view text) {
  return {reinterpret_cast<const std::uint8_t*>(text.data()), text.size()};
}

// What X-Askus-Form holds when so much work was done for it.
std::string paid(const std::string& token, const std::string& body, unsigned bits) {
  if (bits == 0) return token;
  const auto nonce = work::search(work::challenge(bytes(token), bytes(body)), 0, 0xFFFFFFFF, bits);
  return token + "." + std::to_string(nonce.value());
}

nlohmann::json offer_of(const Answer& answer) {
  return nlohmann::json::parse(answer.body)["form"];
}

// The defaults but for work that a test can wait for.
Setup guarded(unsigned bits = 4) {
  Setup setup;
  setup.abuse = {};
  setup.abuse.rates.work_bits = bits;
  setup.abuse.rates.more_work_bits = 2;
  return setup;
}

Answer post(Harness& h, int n, const std::string& form, const std::string& from = "127.0.0.1",
            const Fields& more = {}) {
  const std::string id = uuid(n);
  Fields fields{{"Content-Type", "application/json"}, {"Idempotency-Key", id}};
  if (!form.empty()) fields.push_back({"X-Askus-Form", form});
  fields.insert(fields.end(), more.begin(), more.end());
  Client client(h.port, 0, from);
  client.send(request_text("POST", "/v1/sites/demo/requests", fields, request_json(id)));
  return client.receive();
}

// As the panel does: what the first answer asks for, at once.
Answer post_as_panel(Harness& h, int n, const std::string& form,
                     const std::string& from = "127.0.0.1") {
  const Answer first = post(h, n, form, from);
  if (first.problem() != "stale-form-token") return first;
  const auto offer = offer_of(first);
  return post(h, n, paid(offer["token"], request_json(uuid(n)), offer["work"]), from);
}

}  // namespace

TEST_CASE("GET /form gives a token that a request is stored with") {
  Harness h(guarded());
  const Answer answer = h.ask("GET", "/v1/sites/demo/form");
  REQUIRE(answer.status == 200);
  CHECK(answer.headers.at("cache-control") == "no-store");
  const auto offer = nlohmann::json::parse(answer.body);
  CHECK(offer["work"] == 0);
  CHECK(offer["issued_at"].is_number());
  CHECK(offer["token"].get<std::string>().size() == 43);
  CHECK(post(h, 1, h.form_token(kFilledIn)).status == 201);
  // One form, several requests: without work a token is not used up.
  const std::string token = h.form_token(kFilledIn);
  CHECK(post(h, 2, token).status == 201);
  CHECK(post(h, 3, token).status == 201);
  CHECK(h.sql("SELECT count(*) FROM marks") == "0");
}

TEST_CASE("a frame without an origin may send, and pays with work each time") {
  const Fields hidden{{"Origin", "null"}, {"Sec-Fetch-Site", "cross-site"}};
  Harness h(guarded());
  const auto offer = nlohmann::json::parse(h.ask("GET", "/v1/sites/demo/form", hidden).body);
  CHECK(offer["work"] == 4);
  const std::string token = offer["token"], local = "127.0.0.1";
  const Answer unpaid = post(h, 1, token, local, hidden);
  CHECK(unpaid.problem() == "stale-form-token");
  CHECK(unpaid.headers.at("access-control-allow-origin") == "null");
  CHECK(unpaid.headers.at("vary") == "Origin");
  const std::string work = paid(token, request_json(uuid(1)), 4);
  CHECK(post(h, 1, work, local, hidden).status == 201);
  CHECK(post(h, 2, work, local, hidden).problem() == "stale-form-token");
  // A token that was had for nothing elsewhere buys nothing here.
  CHECK(post(h, 2, h.form_token(kFilledIn), local, hidden).problem() == "stale-form-token");
  const Answer asked = h.ask("OPTIONS", "/v1/sites/demo/requests", hidden);
  CHECK(asked.status == 204);
  CHECK(asked.headers.at("access-control-allow-origin") == "null");
  CHECK(h.sql("SELECT count(*) FROM requests") == "1");
  // Nor is there anything for such a frame that costs no work.
  CHECK(h.ask("POST", "/v1/sites/demo/events", hidden, "{}").problem() == "cross-site");
  const std::string picture = "/v1/sites/demo/attachments/" + std::string(64, 'a');
  CHECK(h.ask("PUT", picture, hidden, "GIF89a").problem() == "cross-site");
  CHECK(h.ask("POST", "/v1/sites/demo/snapshots", hidden, "{}").problem() == "cross-site");

  for (bool config::Abuse::*layer :
       {&config::Abuse::hidden_origin, &config::Abuse::form_token, &config::Abuse::work}) {
    Setup without = guarded();
    without.abuse.*layer = false;
    Harness closed(without);
    const Answer refused = post(closed, 1, token, local, hidden);
    CHECK(refused.problem() == "cross-site");
    CHECK(refused.headers.count("access-control-allow-origin") == 0);
  }
}

TEST_CASE("a missing, forged or old token is answered with a fresh one, and nothing stored") {
  Harness h(guarded());
  const std::string forged =
      api::issue_form_token(std::string(32, 'x'), "demo", {api::unix_milliseconds() - 5'000, 0});
  const std::string elsewhere =
      api::issue_form_token(std::string(32, 's'), "other", {api::unix_milliseconds() - 5'000, 0});
  const std::string forms[] = {"",
                               "nonsense",
                               forged,
                               elsewhere,
                               forged + ".1",
                               h.form_token(kDay + 1min),
                               h.form_token(29 * kDay),
                               h.form_token(-1h),
                               std::string(4'000, 'A')};
  for (const std::string& form : forms) {
    CAPTURE(form);
    const Answer refused = post(h, 1, form);
    CHECK(refused.status == 403);
    CHECK(refused.problem() == "stale-form-token");
    const auto offer = offer_of(refused);
    CHECK(offer["work"] == 4);  // it comes back at once: quicker than a person
    CHECK(api::read_form_token(std::string(32, 's'), "demo", offer["token"].get<std::string>()));
  }
  CHECK(h.rows() == "0");
  CHECK(post_as_panel(h, 1, "").status == 201);
}

TEST_CASE("a request that waited 29 days gets through at the second try, with the same key") {
  Harness h(guarded());
  CHECK(post_as_panel(h, 1, h.form_token(29 * kDay)).status == 201);
  CHECK(h.rows() == "1");
}

TEST_CASE("a form filled in within two seconds costs work, it is not refused") {
  Harness h(guarded());
  const std::string quick = h.form_token(1s), id = uuid(1);
  const Answer refused = post(h, 1, quick);
  CHECK(refused.problem() == "stale-form-token");
  CHECK(offer_of(refused)["work"] == 4);
  CHECK(post(h, 1, paid(quick, request_json(id), 4)).status == 201);  // its own work will do
}

TEST_CASE("work is bound to the token and to every byte, and counts once") {
  Harness h(guarded());
  const std::string token = h.form_token(0s, 4), body = request_json(uuid(1));
  const auto nonce = [&](const std::string& t, const std::string& b) {
    return paid(t, b, 4).substr(t.size());
  };
  // A nonce that is right for another body or another token.
  const std::string other = request_json(uuid(2)), token2 = h.form_token(0s, 4);
  const auto wrong = [&](const std::string& candidate) {
    const auto n = static_cast<std::uint32_t>(std::stoul(candidate.substr(1)));
    return !work::solves(work::challenge(bytes(token), bytes(body)), n, 4);
  };
  for (const std::string& bad :
       {nonce(token, other), nonce(token2, body), std::string(".-1"), std::string(".1x"),
        std::string("."), std::string(".4294967296"), std::string()}) {
    CAPTURE(bad);
    if (bad.size() > 1 && bad.find_first_not_of(".0123456789") == std::string::npos &&
        bad != ".4294967296" && !wrong(bad))
      continue;  // one in sixteen fits by accident
    CHECK(post(h, 1, token + bad).problem() == "stale-form-token");
  }
  CHECK(h.rows() == "0");
  const std::string form = paid(token, body, 4);
  const Answer first = post(h, 1, form);
  REQUIRE(first.status == 201);
  CHECK(h.sql("SELECT count(*) FROM marks") == "1");
  // Another request with the same token, worked for honestly.
  const Answer again = post(h, 2, paid(token, other, 4));
  CHECK(again.problem() == "stale-form-token");
  CHECK(offer_of(again)["work"] == 4);
  CHECK(h.rows() == "1");
  // The first one's retry needs no token at all.
  for (const std::string& shown : {form, std::string(), std::string("nonsense")}) {
    const Answer replay = post(h, 1, shown);
    CHECK(replay.status == 201);
    CHECK(replay.body == first.body);
    CHECK(replay.headers.at("idempotent-replayed") == "true");
  }
  CHECK(h.rows() == "1");
}

TEST_CASE("a token's price holds for a while, then it is today's") {
  Harness h(guarded());
  const std::string body = request_json(uuid(1));
  // Named at 2 bits: enough now, though the form was quick, and not enough after ten minutes when
  // its address has used up what is free.
  const std::string fresh = h.form_token(1s, 2);
  CHECK(post(h, 1, paid(fresh, body, 2)).status == 201);
  for (int n = 2; n <= 20; ++n) CHECK(post(h, n, h.form_token(kFilledIn)).status == 201);
  CHECK(offer_of(post(h, 21, h.form_token(11min, 0)))["work"] >= 4);
  CHECK(nlohmann::json::parse(h.ask("GET", "/v1/sites/demo/form").body)["work"] == 4);
}

TEST_CASE("each layer has its switch") {
  struct Case {
    const char* name;
    void (*off)(config::Abuse&);
    const char* problem;  // of a 21st request, quick and without a token; "": stored
  };
  const Case cases[] = {
      {"nothing", [](config::Abuse&) {}, "stale-form-token"},
      {"rate_limit", [](config::Abuse& a) { a.rates.on = false; }, "stale-form-token"},
      {"work", [](config::Abuse& a) { a.work = false; }, "stale-form-token"},
      {"form_token", [](config::Abuse& a) { a.form_token = false; }, ""},
  };
  for (const Case& c : cases) {
    CAPTURE(c.name);
    Setup setup = guarded();
    c.off(setup.abuse);
    // Without the layer that asks for it there is no work.
    const bool works = setup.abuse.work && setup.abuse.form_token && setup.abuse.rates.on;
    Harness h(setup);
    for (int n = 1; n <= 20; ++n) CHECK(post(h, n, h.form_token(kFilledIn)).status == 201);
    CHECK(post(h, 21, "").problem() == c.problem);
    const Answer priced = post(h, 22, h.form_token(kFilledIn));
    CHECK(priced.status == (works ? 403u : 201u));
  }
}

TEST_CASE("the defaults: an office writes for nothing, a program pays, a flood is refused") {
  Setup setup;
  setup.abuse = {};                 // exactly what a new configuration has
  setup.abuse.rates.work_bits = 1;  // but for work, which would take the test seconds
  setup.abuse.rates.more_work_bits = 0;
  Harness h(setup);
  int n = 0;
  // A hundred addresses, each under its free rate.
  for (int host = 1; host <= 100; ++host)
    for (int i = 0; i < 3; ++i)
      REQUIRE(post(h, ++n, h.form_token(kFilledIn), "127.0.1." + std::to_string(host)).status ==
              201);
  // One address: 20 free, then for work, up to 600.
  const std::string program = "127.0.2.1";
  for (std::size_t i = 0; i < limit::kFreePerHour; ++i)
    REQUIRE(post(h, ++n, h.form_token(kFilledIn), program).status == 201);
  CHECK(post(h, n + 1, h.form_token(kFilledIn), program).problem() == "stale-form-token");
  const auto begin = std::chrono::steady_clock::now();
  std::size_t taken = limit::kFreePerHour;
  Answer refused;
  for (;; ++taken) {
    refused = post_as_panel(h, n + 1, h.form_token(kFilledIn), program);
    if (refused.status != 201) break;
    ++n;
  }
  CHECK(refused.status == 429);
  CHECK(refused.problem() == "rate-limited");
  // One in six seconds came back while the test ran.
  const auto back = (std::chrono::steady_clock::now() - begin) / 6s + 2;
  CHECK(taken >= limit::kIpv4PerHour);
  CHECK(taken <= limit::kIpv4PerHour + static_cast<std::size_t>(back));
  const int wait = std::stoi(refused.headers.at("retry-after"));
  CHECK(wait >= 1);
  CHECK(wait <= 6);
  // Its own first request is still owed its answer; its neighbour is not touched.
  CHECK(post(h, n, "", program).headers.at("idempotent-replayed") == "true");
  CHECK(post(h, n + 2, h.form_token(kFilledIn), "127.0.2.2").status == 201);
  CHECK(h.rows() == std::to_string(n + 1));
}

TEST_CASE("a site's own limit refuses with 429") {
  Setup setup;
  setup.requests_per_hour = 3;
  setup.abuse.rates.on = true;
  Harness h(setup);
  for (int n = 1; n <= 3; ++n) CHECK(post(h, n, "").status == 201);
  const Answer refused = post(h, 4, "");
  CHECK(refused.status == 429);
  CHECK(std::stoi(refused.headers.at("retry-after")) > 1'100);
  CHECK(h.rows() == "3");
}

TEST_CASE("what is refused or replayed uses up nothing") {
  Setup setup;
  setup.abuse.rates.on = true;
  setup.abuse.rates.ipv4_per_hour = 2;
  Harness h(setup);
  CHECK(post(h, 1, "").status == 201);
  for (int i = 0; i < 5; ++i) CHECK(post(h, 1, "").status == 201);
  for (int i = 0; i < 5; ++i)
    CHECK(h.post_request(uuid(2), request_json(uuid(2), R"(,"mood":"x")")).status == 422);
  CHECK(post(h, 2, "").status == 201);
  CHECK(post(h, 3, "").status == 429);
}

TEST_CASE("calls that write are counted before their bodies are read") {
  Setup setup;
  setup.abuse.rates.on = true;
  setup.abuse.rates.ipv4_per_hour = 1;
  Harness h(setup);
  for (std::size_t i = 0; i < limit::kAttemptsPerRequest; ++i)
    CHECK(h.post_request(uuid(1), "{}").problem() == "bad-json");
  Client client(h.port);
  // The body is announced and never sent.
  client.send("POST /v1/sites/demo/requests HTTP/1.1\r\nHost: a\r\nContent-Length: 100\r\n\r\n");
  CHECK(client.receive().status == 429);
}

TEST_CASE("behind a trusted proxy the visitor is counted, not the proxy") {
  const auto proxy = http::parse_network("127.0.0.9");
  REQUIRE(proxy.ok());
  Setup setup;
  setup.abuse.rates.on = true;
  setup.abuse.rates.ipv4_per_hour = 1;
  setup.trusted_proxies = {*proxy};
  Harness h(setup);
  const auto via = [&](int n, const std::string& peer, const std::string& forwarded) {
    Client client(h.port, 0, peer);
    client.send(request_text("POST", "/v1/sites/demo/requests",
                             {{"Content-Type", "application/json"},
                              {"Idempotency-Key", uuid(n)},
                              {"X-Forwarded-For", "192.0.2.99"},  // the visitor's own invention
                              {"X-Forwarded-For", forwarded}},
                             request_json(uuid(n))));
    return client.receive().status;
  };
  CHECK(via(1, "127.0.0.9", "192.0.2.1") == 201);
  CHECK(via(2, "127.0.0.9", "192.0.2.1") == 429);
  CHECK(via(3, "127.0.0.9", "192.0.2.2") == 201);
  // Who is no proxy is counted as who he is, whatever he says.
  CHECK(via(4, "127.0.0.8", "192.0.2.3") == 201);
  CHECK(via(5, "127.0.0.8", "192.0.2.4") == 429);
}
