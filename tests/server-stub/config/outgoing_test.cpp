// Mail, webhooks, tokens: what the configuration may say of what leaves the server.
#include "server-stub/config/outgoing.h"

#include "server-stub/config/config.h"
#include "tests/catch.h"

namespace {

using namespace askus;

// The site's part on line 2, the server's on line 4.
Result<config::Config> parse(const std::string& site, const std::string& server = {}) {
  return config::parse(
      "{\"data\": \"d\", \"web\": \"w\", \"secret_file\": \"s\", \"sites\": {\"demo\": {\n" + site +
          (site.empty() ? "" : ",") + "\n\"allowed_origins\": [], \"public_keys\": []}}\n" +
          (server.empty() ? "" : ",") + server + "}",
      "/etc/askus");
}

const std::string kVk = R"("app_id": "1", "protected_keys": [{"file": "vk"}])";
const std::string kMail =
    R"("url": "smtp://mail.example.org:587", "from": "help@example.org", "origin": "https://a.example")";

}  // namespace

TEST_CASE("what leaves the server is read") {
  const auto found = parse(
      R"("channels": {"vk": {)" + kVk +
          R"(, "group_id": "7", "access_token": {"env": "T"}, "api_url": "http://127.0.0.1:1/m"}},)"
          R"("outgoing_webhooks": {"crm": {"url": "https://crm.example/x", "keys": [{"file": "k"}],)"
          R"("events": ["request.received"]}})",
      R"("mail": {)" + kMail +
          R"(, "password_file": "p"}, "outbox": {"timeout_ms": 100, "lease_ms": 200})");
  INFO((found.ok() ? "" : found.error().text));
  REQUIRE(found.ok());
  const config::SiteConfig& site = found->sites.at("demo");
  CHECK(site.channels.vk->access_token.at(0).variable == "T");
  CHECK(site.channels.vk->api_url == "http://127.0.0.1:1/m/");
  REQUIRE(site.outgoing_webhooks.size() == 1);
  CHECK(site.outgoing_webhooks[0].name == "crm");
  CHECK(found->mail->password_file == "/etc/askus/p");
  CHECK(found->outbox.lease.count() == 200);
}

TEST_CASE("what would send in the clear, to nobody or in nobody's name is refused with its line") {
  struct Case {
    std::string site, server, where;
  };
  const auto mail = [](const std::string& changed) { return "\"mail\": {" + changed + "}"; };
  const Case cases[] = {
      {R"("channels": {"vk": {)" + kVk + R"(, "access_token": {"env": "T"}}})", "", "group_id"},
      {R"("channels": {"vk": {)" + kVk + R"(, "access_token": "secret"}})", "", "access_token"},
      {R"("channels": {"vk": {)" + kVk + R"(, "api_url": "http://vk.example/"}})", "", "api_url"},
      {R"("channels": {"vk": {)" + kVk + R"(, "api_url": "http://localhost.x/"}})", "", "api_url"},
      {R"("channels": {"vk": {)" + kVk + R"(, "api_version": "5/../"}})", "", "api_version"},
      {R"("outgoing_webhooks": {"crm": {"url": "http://10.0.0.1/", "keys": [{"file": "k"}], "events": []}})",
       "", "outgoing_webhooks/crm/url"},
      {R"("outgoing_webhooks": {"crm": {"url": "https://a.example", "keys": [{"file": "k"}], "events": ["all"]}})",
       "", "outgoing_webhooks/crm/events"},
      {"",
       mail(R"("url": "http://a.example", "from": "a@b.example", "origin": "https://a.example")"),
       "mail/url"},
      {"", mail(R"("url": "smtp://a.example", "from": "a@b", "origin": "https://a.example")"),
       "mail/from"},
      {"", mail(R"("url": "smtp://a.example", "from": "a@b.example", "origin": "a.example")"),
       "mail/origin"},
      {"", mail(R"("url": "smtp://a.example", "from": "a@b.example")"), "origin"},
      {"", mail(kMail + R"(, "password": "p")"), "mail/password"},
      {"", R"("outbox": {"timeout_ms": 1000, "lease_ms": 1999})", "lease_ms"},
  };
  for (const Case& c : cases) {
    CAPTURE(c.site, c.server);
    const auto found = parse(c.site, c.server);
    REQUIRE_FALSE(found.ok());
    CHECK(found.error().text.find(c.where) != std::string::npos);
    CHECK(found.error().text.find("secret\"") == std::string::npos);
  }
}
