#include "server-stub/config/config.h"

#include <sys/stat.h>

#include "tests/catch.h"
#include "tests/server-stub/temp_folder.h"

namespace {

using namespace askus;

const std::string kKey = R"({"x": "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA",
        "y": "BBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBB"})";

// One key a line, so that the line in a message can be checked.
std::string with(const std::string& line2, const std::string& site_line = "\"departments\": {},") {
  return "{\n" + line2 +
         "\n\"data\": \"data\",\n\"web\": \"/web\",\n\"secret_file\": \"data/secret\",\n"
         "\"sites\": {\n\"demo\": {\n" +
         site_line + "\n\"allowed_origins\": [\"https://a.example\"],\n\"public_keys\": [" + kKey +
         "]}}}";
}

}  // namespace

TEST_CASE("a configuration is read") {
  const auto config = config::parse(
      with(
          "\"listen\": {\"address\": \"::1\", \"port\": 0}, \"threads\": 3, "
          "\"limits\": {\"request_deadline_ms\": 50, \"connections\": 7, \"write_rate\": 4096},",
          "\"snapshot_origin\": \"https://cdn.example\", \"departments\": {\"billing\": \"b@c\"},"),
      "/etc/askus");
  REQUIRE(config.ok());
  CHECK(config->address == "::1");
  CHECK(config->port == 0);
  CHECK(config->threads == 3);
  CHECK(config->data == "/etc/askus/data");
  CHECK(config->web == "/web");
  CHECK(config->limits.request_deadline.count() == 50);
  CHECK(config->limits.connections == 7);
  CHECK(config->limits.write_rate == 4'096);
  CHECK(config->limits.header_bytes == http::kHeaderBytes);
  const config::SiteConfig& site = config->sites.at("demo");
  CHECK(site.snapshot_origin == "https://cdn.example");
  CHECK(site.departments.at("billing").address == "b@c");
  CHECK(site.public_keys.at(0).y[0] == 'B');
}

TEST_CASE("what a site keeps and whose identities it takes") {
  const auto config = config::parse(with("",
                                         "\"keep_days\": 30, \"answer_within_minutes\": 25, "
                                         "\"identity_secret_files\": [\"a\", \"/etc/b\"],"),
                                    "/etc/askus");
  REQUIRE(config.ok());
  const config::SiteConfig& site = config->sites.at("demo");
  CHECK(site.keep_days == 30);
  CHECK(site.working.answer_within_minutes == 25);
  CHECK(site.identity_secret_files == std::vector<std::string>{"/etc/askus/a", "/etc/b"});
  const auto without = config::parse(with(""), "/");
  REQUIRE(without.ok());
  CHECK(without->sites.at("demo").keep_days == 0);
  CHECK(without->sites.at("demo").working.answer_within_minutes == 1'440);
  CHECK(without->sites.at("demo").identity_secret_files.empty());
}

TEST_CASE("where a site's help pages are") {
  const auto pages = [](const std::string& value) {
    return config::parse(with("", "\"help_pages\": " + value + ","), "/");
  };
  const auto own = pages(R"({"base": "https://www.example.org/help/"})");
  REQUIRE(own.ok());
  CHECK(own->sites.at("demo").help_pages->base == "https://www.example.org/help/");
  CHECK(own->sites.at("demo").help_pages->server == "https://www.example.org");
  const auto behind = pages(R"({"base": "https://h.example/", "server": "https://ask.example"})");
  REQUIRE(behind.ok());
  CHECK(behind->sites.at("demo").help_pages->server == "https://ask.example");
  CHECK_FALSE(config::parse(with(""), "/")->sites.at("demo").help_pages);
  for (const char* bad : {"true", "{}", R"({"base": "https://www.example.org/help"})",
                          R"({"base": "https://a.example/", "server": "ask.example"})",
                          R"({"base": "https://a.example/", "more": 1})"}) {
    CAPTURE(bad);
    CHECK_FALSE(pages(bad).ok());
  }
}

TEST_CASE("each secret for identities is as private as the server's") {
  testing::TempFolder folder;
  const std::string one = folder.write("one", std::string(config::kMinSecret, 'a') + "\n");
  const std::string two = folder.write("two", std::string(config::kMinSecret, 'b'));
  for (const std::string& file : {one, two}) REQUIRE(::chmod(file.c_str(), 0600) == 0);
  config::SiteConfig site;
  CHECK(config::load_identity_secrets(site)->empty());
  site.identity_secret_files = {one, two};
  CHECK(*config::load_identity_secrets(site) ==
        std::vector<std::string>{std::string(config::kMinSecret, 'a'),
                                 std::string(config::kMinSecret, 'b')});
  for (const mode_t mode : {0640u, 0604u}) {
    REQUIRE(::chmod(two.c_str(), mode) == 0);
    const auto refused = config::load_identity_secrets(site);
    REQUIRE_FALSE(refused.ok());
    CHECK(refused.error().code == Code::kRefused);
    CHECK(refused.error().text.find("identity_secret_files " + two) == 0);
  }
  REQUIRE(::chmod(two.c_str(), 0600) == 0);
  folder.write("two", "short");
  CHECK(config::load_identity_secrets(site).error().code == Code::kMalformed);
  site.identity_secret_files = {folder.file("none")};
  CHECK(config::load_identity_secrets(site).error().code == Code::kNotFound);
}

TEST_CASE("what is done against abuse is read, and on when nothing is said") {
  const auto plain = config::parse(with(""), "/etc/askus");
  REQUIRE(plain.ok());
  const config::Abuse& usual = plain->abuse;
  CHECK((usual.fetch_metadata && usual.form_token && usual.work && usual.honeypot));
  CHECK(usual.hidden_origin);
  CHECK(usual.rates.on);
  CHECK(usual.rates.free_per_hour == 20);
  CHECK(usual.rates.ipv4_per_hour == 600);
  CHECK(usual.rates.ipv6_per_hour == 60);
  CHECK(plain->trusted_proxies.empty());
  CHECK_FALSE(plain->tls);

  const auto config =
      config::parse(with(R"("abuse": {"fetch_metadata": false, "form_token": false, "work": false,
 "hidden_origin": false, "honeypot": false, "rate_limit": false, "free_per_hour": 1, "ipv4_per_hour": 2, "ipv6_per_hour": 3,
 "sources": 4, "work_bits": 5, "more_work_bits": 6, "quick_form_ms": 7, "form_lifetime_ms": 8,
 "form_wait_ms": 9}, "listen": {"trusted_proxies": ["10.0.0.0/8", "::1"],
 "tls": {"certificate_file": "a.crt", "key_file": "/b.key"}},)",
                         R"("api_origins": ["https://shop.example"], "requests_per_hour": 10,)"
                         R"("feeds": ["https://news.example/rss?a=b", "http://[::1]:80/f"],)"),
                    "/etc/askus");
  REQUIRE(config.ok());
  const config::Abuse& abuse = config->abuse;
  CHECK_FALSE((abuse.fetch_metadata || abuse.form_token || abuse.work || abuse.honeypot));
  CHECK_FALSE(abuse.hidden_origin);
  CHECK_FALSE(abuse.rates.on);
  CHECK(abuse.rates.free_per_hour == 1);
  CHECK(abuse.rates.ipv4_per_hour == 2);
  CHECK(abuse.rates.ipv6_per_hour == 3);
  CHECK(abuse.rates.sources == 4);
  CHECK(abuse.rates.work_bits == 5);
  CHECK(abuse.rates.more_work_bits == 6);
  CHECK(abuse.quick_form.count() == 7);
  CHECK(abuse.form_lifetime.count() == 8);
  CHECK(abuse.form_wait.count() == 9);
  CHECK(config->trusted_proxies.size() == 2);
  CHECK(config->tls == http::TlsFiles{"/etc/askus/a.crt", "/b.key"});
  CHECK(config->sites.at("demo").api_origins.at(0) == "https://shop.example");
  CHECK(config->sites.at("demo").feeds ==
        std::vector<std::string>{"https://news.example/rss?a=b", "http://[::1]:80/f"});
  CHECK(config->sites.at("demo").requests_per_hour == 10);
}

TEST_CASE("what is wrong with a configuration is told with line and key") {
  struct Case {
    std::string json, error;
  };
  const Case cases[] = {
      {with("\"port\": 1,"), "2: /port: is not a known key"},
      {with("\"threads\": 0,"), "2: /threads: must be a whole number from 1 to 256, not 0"},
      {with("\"threads\": \"2\","), "2: /threads: must be a whole number"},
      {with("\"listen\": {\n\"port\": 70000},"), "3: /listen/port: must be a whole number"},
      {with("\"site_root\": 5,"), "2: /site_root: must be a text, not 5"},
      {with("\"data\": \"x\","), "3: /data: the key is given twice"},
      {with("\"limits\": {\"conections\": 1},"), "2: /limits/conections: is not a known key"},
      {with("", "\"public_keys\": [],"), "the key is given twice"},
      {with("\"abuse\": {\"work\": 1},"), "2: /abuse/work: must be true or false, not 1"},
      {with("\"abuse\": {\"free_per_hour\": 0},"), "2: /abuse/free_per_hour: must be a whole"},
      {with("\"abuse\": {\"work_bits\": 23, \"more_work_bits\": 2},"),
       "2: /abuse: \"work_bits\" and \"more_work_bits\" together"},
      {with("\"listen\": {\"trusted_proxies\": [\"10.0.0.1/8\"]},"),
       "2: /listen/trusted_proxies/0: is not an address or a network"},
      {with("\"listen\": {\"tls\": {\"key_file\": \"k\"}},"),
       "2: /listen/tls: \"certificate_file\" is missing"},
      {with("", "\"api_origins\": [\"*\"],"), "8: /sites/demo/api_origins/0: is not an origin"},
      {with("", "\"requests_per_hour\": 0,"), "8: /sites/demo/requests_per_hour: must be"},
      {with("", "\"picture_origins\": [\n\"https://a\",\n\"https://a; script-src *\"],"),
       "10: /sites/demo/picture_origins/1: is not an origin"},
      {with("", "\"snapshot_origin\": \"https://a/path\","),
       "8: /sites/demo/snapshot_origin: is not an origin"},
      {with("", "\"publisher_keys\": [\"secret\"],"),
       "8: /sites/demo/publisher_keys/0: is not a SHA-256"},
      {with("", "\"feeds\": [\"http://news.example/rss\"],"),
       "8: /sites/demo/feeds/0: is not an address such as"},
      {with("", "\"feeds\": [\"http://127.0.0.1.example/rss\"],"),
       "8: /sites/demo/feeds/0: is not"},
      {with("", "\"feeds\": [\"https://u:p@news.example/\"],"), "8: /sites/demo/feeds/0: is not"},
      {with("", "\"feeds\": [\"file:///etc/passwd\"],"), "8: /sites/demo/feeds/0: is not"},
      {with("", "\"feeds\": \"https://news.example\","), "8: /sites/demo/feeds: must be a list"},
      {with("", "\"keep_days\": 0,"), "8: /sites/demo/keep_days: must be a whole number from 1"},
      {with("", "\"identity_secret_files\": \"a\","),
       "8: /sites/demo/identity_secret_files: must be a list of one or two files"},
      {with("", "\"identity_secret_files\": [],"), "must be a list of one or two files"},
      {with("", "\"identity_secret_files\": [\"a\", \"b\", \"c\"],"),
       "must be a list of one or two files"},
      {with("", "\"identity_secret_files\": [\"a\",\n7],"),
       "9: /sites/demo/identity_secret_files/1: must be a text"},
      {with("\"metrics\": {},"), "2: /metrics: \"port\" is missing"},
      {with("\"metrics\": {\n\"port\": 70000},"), "3: /metrics/port: must be a whole number"},
      {with("\"metrics\": {\n\"port\": 1, \"address\": \"0.0.0.0\"},"),
       "2: /metrics: \"keys\" is missing: other machines can reach 0.0.0.0"},
      {with("\"metrics\": {\"port\": 1,\n\"keys\": [\"x\"]},"),
       "3: /metrics/keys/0: is not a SHA-256"},
      {with("", "\"staff_keys\": [\"secret\"],"), "8: /sites/demo/staff_keys/0: is not a SHA-256"},
      {with("", "\"keep_queries\": 1,"),
       "8: /sites/demo/keep_queries: must be true or false, not 1"},
      {"{\n\"data\": \"d\",\n\"web\": \"w\"}", "1: /: \"secret_file\" is missing"},
      {"{\n\"data\": \"d\",,\n}", "2: not JSON"},
      {"{\n\"sites\": {\n\"../x\": {}}}", "3: /sites/../x: a site's name is made of"},
      {"[]", "1: /: must be an object"},
      {"", "1: not JSON"},
  };
  for (const Case& c : cases) {
    const auto config = config::parse(c.json, "/");
    CAPTURE(c.json, c.error);
    REQUIRE_FALSE(config.ok());
    CAPTURE(config.error().text);
    CHECK(config.error().text.find(c.error) != std::string::npos);
  }
}

TEST_CASE("origins cannot end a directive") {
  for (const char* origin : {"https://a.example", "http://localhost:8080", "http://[::1]:80"})
    CHECK(config::is_origin(origin));
  for (const char* origin : {"", "https://", "ftp://a", "a.example", "https://a/", "https://a b",
                             "https://a;b", "https://a\nb", "'self'", "*", "https://*.a"})
    CHECK_FALSE(config::is_origin(origin));
}

TEST_CASE("the secret's file must be private, regular and long enough") {
  testing::TempFolder folder;
  const std::string good(config::kMinSecret, 's');
  const std::string file = folder.write("secret", good + "\n");
  REQUIRE(::chmod(file.c_str(), 0600) == 0);
  CHECK(*config::load_secret(file) == good);

  for (const mode_t mode : {0640u, 0604u, 0660u}) {
    REQUIRE(::chmod(file.c_str(), mode) == 0);
    CHECK(config::load_secret(file).error().code == Code::kRefused);
  }
  REQUIRE(::chmod(file.c_str(), 0600) == 0);
  std::filesystem::create_symlink(file, folder.file("link"));
  CHECK(config::load_secret(folder.file("link")).error().code == Code::kRefused);
  CHECK(config::load_secret(folder.file("none")).error().code == Code::kNotFound);
  folder.write("secret", good.substr(1));
  CHECK(config::load_secret(file).error().code == Code::kMalformed);
}

TEST_CASE("a wrong type is told with its line and key, whichever key it is") {
  struct Case {
    std::string before, key, path, wrong, after;  // the key stands alone on line 3
  };
  std::vector<Case> cases;
  for (const char* key : {"data", "web", "site_root", "secret_file"})
    cases.push_back({"", key, "", "5", ""});
  for (const char* key : {"threads", "listen", "database", "sites", "metrics", "limits"})
    cases.push_back({"", key, "", "\"5\"", ""});
  cases.push_back({"\"listen\": {", "address", "/listen", "5", "}"});
  cases.push_back({"\"listen\": {", "port", "/listen", "\"5\"", "}"});
  cases.push_back({"\"metrics\": {", "address", "/metrics", "5", "}"});
  cases.push_back({"\"metrics\": {", "port", "/metrics", "-1", "}"});
  cases.push_back({"\"metrics\": {", "keys", "/metrics", "5", "}"});
  cases.push_back({"\"database\": {", "backend", "/database", "5", "}"});
  for (const char* key : {"host", "name", "user", "tls", "ca_file", "password_file", "port"})
    cases.push_back({"\"database\": {\"backend\": \"postgresql\",", key, "/database", "{}", "}"});
  for (const char* key : {"header_bytes", "header_fields", "connections", "connections_per_address",
                          "request_deadline_ms", "write_rate", "idle_timeout_ms", "drain_ms",
                          "write_queue", "rows_per_commit"})
    cases.push_back({"\"limits\": {", key, "/limits", "\"5\"", "}"});
  for (const char* key : {"allowed_origins", "picture_origins", "snapshot_origin", "public_keys",
                          "publisher_keys", "staff_keys", "keep_queries", "departments"})
    cases.push_back({"\"sites\": {\"demo\": {", key, "/sites/demo", "5", "}}"});
  for (const Case& c : cases) {
    const std::string json =
        "{\n" + c.before + "\n\"" + c.key + "\": " + c.wrong + "\n" + c.after + "}";
    const auto config = config::parse(json, "/");
    CAPTURE(json);
    REQUIRE_FALSE(config.ok());
    CAPTURE(config.error().text);
    CHECK(config.error().text.find("3: " + c.path + "/" + c.key + ": ") == 0);
  }
  testing::TempFolder folder;
  const std::string file = folder.write("askus.json", "{\n\"threads\": 0}");
  CHECK(config::load(file).error().text.find(file + ":2: /threads: ") == 0);
}
