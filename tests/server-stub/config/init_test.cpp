#include "server-stub/config/init.h"

#include "server-stub/config/config.h"
#include "tests/catch.h"
#include "tests/server-stub/temp_folder.h"

using namespace askus;

TEST_CASE("init writes a configuration that works, and keeps the secrets of an earlier one") {
  testing::TempFolder folder;
  config::InitOptions options;
  options.config_file = folder.file("askus.json");
  options.data = folder.file("new/data");
  options.web = folder.file("web");
  options.port = 8123;
  options.public_key_file =
      folder.write("public.json", R"({"x":"AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA",)"
                                  R"("y":"BBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBB"})");
  options.publisher_token_file = folder.file("token");
  REQUIRE(config::init(options).ok());
  const auto config = config::load(options.config_file);
  REQUIRE(config.ok());
  CHECK(config->port == 8123);
  CHECK(config->sites.at("demo").allowed_origins ==
        std::vector<std::string>{"http://localhost:8123", "http://127.0.0.1:8123"});
  const auto secret = config::load_secret(config->secret_file);
  REQUIRE(secret.ok());
  const auto token = config::load_secret(options.publisher_token_file);
  REQUIRE(token.ok());
  CHECK(config->sites.at("demo").publisher_keys.at(0) == publish::sha256_hex(*token));

  CHECK(config::init(options).error().code == Code::kConflict);
  options.force = true;
  options.port = 8124;
  REQUIRE(config::init(options).ok());
  CHECK(config::load(options.config_file)->port == 8124);
  CHECK(*config::load_secret(config->secret_file) == *secret);
  CHECK(*config::load_secret(options.publisher_token_file) == *token);
}

TEST_CASE("init says what is wrong with what it is given") {
  testing::TempFolder folder;
  config::InitOptions options;
  options.config_file = folder.file("askus.json");
  options.data = folder.file("data");
  options.web = folder.file("web");
  options.public_key_file = folder.write("public.json", "{}");
  options.publisher_token_file = folder.file("token");
  CHECK(config::init(options).error().text.find("public.json") != std::string::npos);
  CHECK_FALSE(std::filesystem::exists(options.config_file));
}
