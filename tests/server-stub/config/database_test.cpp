#include "server-stub/config/database.h"

#include <sys/stat.h>

#include <cstdlib>

#include "tests/catch.h"
#include "tests/server-stub/temp_folder.h"

namespace {

using namespace askus;
using testing::TempFolder;

// "database" stands on line 2.
std::string with(const std::string& database) {
  return "{\n\"database\": " + database +
         ",\n\"data\": \"data\", \"web\": \"/web\", \"secret_file\": \"s\", \"sites\": {}}";
}

}  // namespace

TEST_CASE("where requests are kept is read") {
  const auto plain = config::parse(with(R"({"backend": "sqlite"})"), "/etc/askus");
  REQUIRE(plain.ok());
  CHECK_FALSE(plain->store.postgres.has_value());
  CHECK(plain->store.file == "/etc/askus/data/askus.db");

  const auto remote = config::parse(
      with(R"({"backend": "postgresql", "host": "db.example", "port": 6432, "name": "askus",
               "user": "u", "ca_file": "ca.pem", "password_file": "pw"})"),
      "/etc/askus");
  REQUIRE(remote.ok());
  REQUIRE(remote->store.postgres.has_value());
  const store::PostgresOptions& options = *remote->store.postgres;
  CHECK(options.host == "db.example");
  CHECK(options.port == "6432");
  CHECK(options.database == "askus");
  CHECK(options.user == "u");
  CHECK(options.tls == "verify-full");
  CHECK(options.ca_file == "/etc/askus/ca.pem");
  CHECK(remote->database_password == "/etc/askus/pw");
  CHECK(options.password.empty());

  const auto local = config::parse(
      with(R"({"backend": "postgresql", "host": "/run/postgresql", "name": "a", "user": "u"})"),
      "/");
  REQUIRE(local.ok());
  CHECK(local->store.postgres->tls == "prefer");
}

TEST_CASE("what is wrong with the database's part is told") {
  struct Case {
    std::string database, error;
  };
  const Case cases[] = {
      {"5", "2: /database: must be an object"},
      {"{}", "2: /database: \"backend\" must be"},
      {R"({"backend": "mysql"})", "2: /database/backend: \"backend\" must be"},
      {R"({"backend": "sqlite", "host": "x"})", "2: /database/host: is not a known key"},
      {R"({"backend": "postgresql", "name": "a", "user": "u"})", "\"host\" is missing"},
      {R"({"backend": "postgresql", "host": "/x", "name": "a", "user": "u", "password": "p"})",
       "2: /database/password: is not a known key"},
      {R"({"backend": "postgresql", "host": "/x", "name": "a", "user": "u", "port": 0})",
       "2: /database/port: must be a whole number"},
      {R"({"backend": "postgresql", "host": "/x", "name": "a", "user": "u", "tls": "no"})",
       "2: /database/tls: is not one of"},
      {R"({"backend": "postgresql", "host": "db.example", "name": "a", "user": "u"})",
       "2: /database: \"ca_file\" is missing"},
  };
  for (const Case& c : cases) {
    CAPTURE(c.database);
    const auto config = config::parse(with(c.database), "/");
    REQUIRE_FALSE(config.ok());
    CHECK(config.error().text.find(c.error) != std::string::npos);
  }
}

TEST_CASE("the password comes from a file of its owner's, or from the environment") {
  const TempFolder folder;
  config::Config config;
  config.store.postgres.emplace();
  ::setenv(config::kPasswordVariable, "from the environment", 1);
  CHECK(config::load_store_options(config)->postgres->password == "from the environment");

  config.database_password = folder.write("password", "from the file\n");
  ::chmod(config.database_password.c_str(), 0600);
  CHECK(config::load_store_options(config)->postgres->password == "from the file");
  ::unsetenv(config::kPasswordVariable);

  ::chmod(config.database_password.c_str(), 0640);
  CHECK(config::load_store_options(config).error().code == Code::kRefused);
  config.database_password = folder.file("missing");
  CHECK(config::load_store_options(config).error().code == Code::kNotFound);
}
