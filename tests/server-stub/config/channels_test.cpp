#include "server-stub/config/channels.h"

#include <sys/stat.h>

#include <cstdlib>

#include "server-stub/config/config.h"
#include "tests/catch.h"
#include "tests/server-stub/temp_folder.h"

namespace {

using namespace askus;

constexpr const char* kVariable = "ASKUS_TEST_CHANNEL_SECRET";

// The channels stand on line 2; what they hold on the lines after it.
Result<config::Config> parse(const std::string& channels, const std::string& base = "/etc/askus") {
  return config::parse(
      "{\"data\": \"d\", \"web\": \"w\", \"secret_file\": \"s\", \"sites\": {\"demo\": {\n"
      "\"channels\": {" +
          channels + "},\n\"allowed_origins\": [], \"public_keys\": []}}}",
      base);
}

const std::string kVk = R"("app_id": "1", "protected_keys": [{"file": "vk"}])";
const std::string kFacebook = R"("app_id": "1", "page_id": "2", "app_secrets": [{"env": "FB"}])";

}  // namespace

TEST_CASE("channels are read") {
  const auto found = parse(
      R"("vk": {"app_id": "1", "group_id": "77", "protected_keys": [{"file": "vk"}, {"env": "VK"}],
         "confirmation": "a1b2c3d4", "callback_secrets": [{"env": "VK_SECRET"}],
         "frame_ancestors": ["https://*.example"]},
         "facebook": {"app_id": "1", "page_id": "2", "app_secrets": [{"file": "/fb"}],
         "verify_tokens": [{"env": "FB_TOKEN"}]},
         "webhooks": {"shop": {"keys": [{"env": "SHOP"}]}})");
  INFO((found.ok() ? "" : found.error().text));
  REQUIRE(found.ok());
  const config::Channels& channels = found->sites.at("demo").channels;
  REQUIRE(channels.vk);
  CHECK(channels.vk->app == "1");
  CHECK(channels.vk->group == "77");
  CHECK(channels.vk->protected_keys.at(0).file == "/etc/askus/vk");
  CHECK(channels.vk->protected_keys.at(1).variable == "VK");
  CHECK(channels.vk->confirmation == "a1b2c3d4");
  CHECK(channels.vk->frame_ancestors == std::vector<std::string>{"https://*.example"});
  REQUIRE(channels.facebook);
  CHECK(channels.facebook->page == "2");
  CHECK(channels.facebook->frame_ancestors ==
        std::vector<std::string>{"'self'", "https://*.facebook.com"});
  CHECK(channels.webhooks.at("shop").at(0).variable == "SHOP");

  const auto none = parse("");
  REQUIRE(none.ok());
  CHECK_FALSE(none->sites.at("demo").channels.vk);
  const auto platforms = parse("\"vk\": {" + kVk + "}");
  REQUIRE(platforms.ok());
  CHECK(platforms->sites.at("demo").channels.vk->frame_ancestors ==
        std::vector<std::string>{"https://vk.com", "https://*.vk.com", "https://vk.ru",
                                 "https://*.vk.ru"});
}

TEST_CASE("what is wrong with a channel is told with line and key, and without any secret") {
  struct Row {
    std::string channels, error;
  };
  const std::string at = "/sites/demo/channels";
  const Row rows[] = {
      {R"("ok": {})", "2: " + at + "/ok: is not a known key"},
      {"\"vk\": {\n\"app_id\": 1, \"protected_keys\": [{\"file\": \"a\"}]}",
       "3: " + at + "/vk/app_id: must be a text, not 1"},
      {"\"vk\": {\n\"app_id\": \"x\", \"protected_keys\": [{\"file\": \"a\"}]}",
       "3: " + at + "/vk/app_id: is not an id, digits as a text"},
      {R"("vk": {"app_id": "1"})", "2: " + at + "/vk: \"protected_keys\" is missing"},
      {"\"vk\": {\"app_id\": \"1\",\n\"protected_keys\": \"hidden\"}",
       "3: " + at +
           "/vk/protected_keys: must be a list of one or two {\"env\": name} or {\"file\": place}"},
      {R"("vk": {"app_id": "1", "protected_keys": ["hidden"]})",
       "2: " + at +
           "/vk/protected_keys: must be a list of one or two {\"env\": name} or {\"file\": place}"},
      {R"("vk": {"app_id": "1", "protected_keys": [{"value": "hidden"}]})",
       "2: " + at + "/vk/protected_keys/0/value: is not a known key"},
      {R"("vk": {"app_id": "1", "protected_keys": [{}]})",
       "2: " + at + "/vk/protected_keys/0: must have \"env\" or \"file\""},
      {R"("vk": {"app_id": "1", "protected_keys": [{"env": "A", "file": "a"}]})",
       "2: " + at + "/vk/protected_keys/0: must have \"env\" or \"file\""},
      {R"("vk": {"app_id": "1", "protected_keys": [{"env": "hidden word"}]})",
       "2: " + at + "/vk/protected_keys/0/env: is not the name of a variable (A-Z, 0-9, _)"},
      {"\"vk\": {" + kVk + R"(, "confirmation": "a"})",
       "2: " + at + "/vk: \"callback_secrets\" is missing"},
      {"\"vk\": {" + kVk + R"(, "confirmation": "a", "callback_secrets": [{"env": "A"}]})",
       "2: " + at + "/vk: \"group_id\" is missing"},
      {"\"vk\": {" + kVk + R"(, "confirmation": "hidden word"})",
       "2: " + at + "/vk/confirmation: is not a string as VK shows it, letters and digits"},
      {"\"vk\": {" + kVk + ",\n\"frame_ancestors\": [\"https://*.vk.com; script-src *\"]}",
       "3: " + at +
           "/vk/frame_ancestors/0: is not an origin such as https://vk.com or https://*.vk.com: "
           "https://*.vk.com; script-src *"},
      {R"("facebook": {"app_id": "1", "app_secrets": [{"env": "A"}]})",
       "2: " + at + "/facebook: \"page_id\" is missing"},
      {R"("webhooks": {"Shop": {"keys": [{"env": "A"}]}})",
       "2: " + at + "/webhooks/Shop: a webhook's name is made of a-z, 0-9 and -; at most 100"},
      {R"("webhooks": {"shop": {}})", "2: " + at + "/webhooks/shop: \"keys\" is missing"},
  };
  for (const Row& row : rows) {
    const auto found = parse(row.channels);
    CAPTURE(row.channels);
    REQUIRE_FALSE(found.ok());
    CHECK(found.error().text == row.error);
    CHECK(found.error().text.find("hidden") == std::string::npos);
  }
}

TEST_CASE("what may frame the panel cannot end a directive") {
  for (const char* good : {"https://vk.com", "https://*.vk.com", "http://localhost:8080", "'self'"})
    CHECK(config::is_frame_source(good));
  for (const char* bad : {"", "*", "https://*", "https://*.", "https://vk.com;", "https://a b",
                          "https://*.*.com", "'none'", "'unsafe-inline'", "https://a,b", "data:"})
    CHECK_FALSE(config::is_frame_source(bad));
}

TEST_CASE("secrets come from the environment or from files of their owner's") {
  const testing::TempFolder folder;
  const auto private_file = [&](const std::string& name, const std::string& text) {
    REQUIRE(::chmod(folder.write(name, text).c_str(), 0600) == 0);
  };
  private_file("vk", "of-a-file\n");
  private_file("shop", "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw");
  private_file("short", "whsec_MfKQ");
  private_file("empty", "\n");
  folder.write("open", "hidden");
  const auto load = [&](const std::string& channels) {
    const auto parsed = parse(channels, folder.path());
    INFO((parsed.ok() ? "" : parsed.error().text));
    REQUIRE(parsed.ok());
    return config::load_channel_secrets(parsed->sites.at("demo").channels);
  };
  const std::string from_variable = std::string("{\"env\": \"") + kVariable + "\"}";
  ::setenv(kVariable, "of-the-environment", 1);
  const auto found =
      load(R"("vk": {"app_id": "1", "protected_keys": [{"file": "vk"}, )" + from_variable +
           R"(]}, "webhooks": {"shop": {"keys": [{"file": "shop"}]}})");
  REQUIRE(found.ok());
  CHECK(found->vk_keys == std::vector<std::string>{"of-a-file", "of-the-environment"});
  CHECK(found->webhooks.at("shop").at(0).size() == 24);

  ::unsetenv(kVariable);
  const auto one = [&](const std::string& place) {
    const auto wrong = load("\"vk\": {\"app_id\": \"1\",\n\"protected_keys\": [" + place + "]}");
    REQUIRE_FALSE(wrong.ok());
    CHECK(wrong.error().text.starts_with("3: /sites/demo/channels/vk/protected_keys/0: "));
    CHECK(wrong.error().text.find("hidden") == std::string::npos);
    return wrong.error().text;
  };
  CHECK(one(from_variable).ends_with(std::string("the variable ") + kVariable + " is not set"));
  CHECK(one(R"({"file": "open"})").find("chmod 600") != std::string::npos);
  CHECK(one(R"({"file": "missing"})").find("No such file") != std::string::npos);
  CHECK(one(R"({"file": "."})").find("must be a regular file") != std::string::npos);
  CHECK(one(R"({"file": "empty"})").ends_with(": is empty"));
  const auto key = load(R"("webhooks": {"shop": {"keys": [{"file": "short"}]}})");
  REQUIRE_FALSE(key.ok());
  CHECK(key.error().text ==
        "2: /sites/demo/channels/webhooks/shop/keys/0: is not \"whsec_\" and the base64 of 24 to "
        "64 bytes");
}
