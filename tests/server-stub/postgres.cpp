#include "tests/server-stub/postgres.h"

#include <pwd.h>
#include <signal.h>
#include <unistd.h>

#include <filesystem>

#include "tests/catch.h"
#include "tests/server-stub/temp_folder.h"

namespace askus::testing {
namespace {

constexpr const char* kUser = "askus";

// Debian keeps each version's programs in a folder of its own, outside of PATH.
std::string find_programs() {
  std::string best;
  std::error_code error;
  for (const auto& entry : std::filesystem::directory_iterator("/usr/lib/postgresql", error))
    if (const std::string bin = entry.path().string() + "/bin";
        std::filesystem::exists(bin + "/initdb") && bin > best)
      best = bin;
  return best;
}

}  // namespace

struct PostgresServer::Folder : TempFolder {};

PostgresServer& PostgresServer::instance() {
  static PostgresServer server;
  return server;
}

PostgresServer::PostgresServer() : folder_(std::make_unique<Folder>()), programs_(find_programs()) {
  if (programs_.empty()) throw std::runtime_error("PostgreSQL is missing: run scripts/bootstrap");
  if (::geteuid() == 0) {
    const passwd* nobody = ::getpwnam("nobody");
    if (nobody == nullptr || ::chown(folder_->path().c_str(), nobody->pw_uid, nobody->pw_gid) != 0)
      throw std::runtime_error("cannot give PostgreSQL its folder");
  }
  // Texts in a language's order, as most installations have them, and not in that of their bytes.
  const Ended made = run_program(
      {programs_ + "/initdb", "-D", folder_->file("data"), "-U", kUser, "-A", "trust", "-E", "UTF8",
       "--locale=C", "--no-sync", "--locale-provider=icu", "--icu-locale=uk"},
      {.unprivileged = true, .folder = folder_->path()});
  if (made.code != 0) throw std::runtime_error("initdb: " + made.output);
  start();
}

void PostgresServer::start() {
  // What is tested is our server's end, not PostgreSQL's: it need not wait for the disk.
  server_ = std::make_unique<Child>(
      std::vector<std::string>{programs_ + "/postgres", "-D", folder_->file("data"), "-k",
                               folder_->path(), "-c", "listen_addresses=", "-c", "fsync=off", "-c",
                               "max_connections=50", "-c", "deadlock_timeout=100ms"},
      Child::Options{.unprivileged = true, .end_signal = SIGINT, .folder = folder_->path()});
  if (server_->await("ready to accept connections").empty())
    throw std::runtime_error("postgres: " + server_->output());
}

void PostgresServer::stop() {
  server_.reset();
}

void PostgresServer::restart() {
  stop();
  start();
}

store::PostgresOptions PostgresServer::new_database(const std::string& encoding) {
  store::PostgresOptions options;
  options.host = folder_->path();
  options.user = kUser;
  options.database = "postgres";
  options.tls = "disable";
  const std::string name = "test" + std::to_string(++databases_);
  store::PostgresSession session(options);
  // A statement of its own: databases are not made inside of a transaction.
  const std::string sql = "CREATE DATABASE " + name + " TEMPLATE template0 ENCODING '" + encoding +
                          (encoding == "UTF8" ? "'" : "' LOCALE_PROVIDER libc");
  const auto made = session.run(store::Query{sql});
  INFO((made.ok() ? "" : made.error().text));
  REQUIRE(made.ok());
  options.database = name;
  return options;
}

}  // namespace askus::testing
