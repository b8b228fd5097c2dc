#include "server-stub/config/database.h"

#include <sys/stat.h>

#include <algorithm>
#include <array>
#include <cstdlib>
#include <cstring>

#include "server-stub/files/files.h"

namespace askus::config {
namespace {

// libpq's words for how much a connection must be trusted.
constexpr std::array<std::string_view, 5> kTls{"disable", "prefer", "require", "verify-ca",
                                               "verify-full"};

bool is_local(std::string_view host) {
  return host.starts_with('/') || host == "localhost" || host == "127.0.0.1" || host == "::1";
}

void read_postgres(Reader& read, const Json& json, const std::string& path, Config& config) {
  store::PostgresOptions& postgres = config.store.postgres.emplace();
  const auto text = [&read](std::string& into) {
    return [&read, &into](const Json& v, const std::string& p) { into = read.text(v, p); };
  };
  const auto place = [&read](std::string& into) {
    return [&read, &into](const Json& v, const std::string& p) { into = read.place(v, p); };
  };
  read.object(json, path,
              {{"backend", [](const Json&, const std::string&) {}},
               {"host", text(postgres.host)},
               {"port",
                [&](const Json& v, const std::string& p) {
                  postgres.port = std::to_string(read.number(v, p, 1, 65'535));
                }},
               {"name", text(postgres.database)},
               {"user", text(postgres.user)},
               {"tls",
                [&](const Json& v, const std::string& p) {
                  postgres.tls = read.text(v, p);
                  if (read.ok() && std::find(kTls.begin(), kTls.end(), postgres.tls) == kTls.end())
                    read.fail(p, "is not one of disable, prefer, require, verify-ca, verify-full");
                }},
               {"ca_file", place(postgres.ca_file)},
               {"password_file", place(config.database_password)}},
              {"host", "name", "user"});
  if (postgres.tls.empty()) postgres.tls = is_local(postgres.host) ? "prefer" : "verify-full";
  if (read.ok() && postgres.tls.starts_with("verify") && postgres.ca_file.empty())
    read.fail(path, "\"ca_file\" is missing: whose signature on the server's certificate to trust");
}

}  // namespace

void read_database(Reader& read, const Json& json, const std::string& path, Config& config) {
  if (!json.is_object()) return read.fail(path, "must be an object");
  const Json backend = json.value("backend", Json());
  if (backend == "postgresql") return read_postgres(read, json, path, config);
  if (backend != "sqlite")
    return read.fail(backend.is_null() ? path : below(path, "backend"),
                     "\"backend\" must be \"sqlite\" or \"postgresql\"");
  read.object(json, path, {{"backend", [](const Json&, const std::string&) {}}});
}

Result<std::string> read_private(const std::string& file, const std::string& key) {
  struct stat about {};
  // lstat: a link could point to what somebody else may change.
  if (::lstat(file.c_str(), &about) != 0)
    return Error{Code::kNotFound, key + " " + file + ": " + std::strerror(errno)};
  if (!S_ISREG(about.st_mode))
    return Error{Code::kRefused, key + " " + file + " must be a regular file"};
  if ((about.st_mode & 077) != 0)
    return Error{Code::kRefused,
                 key + " " + file + " may be read by group or others; run: chmod 600 " + file};
  Result<std::string> secret = files::read_file(file, kMaxConfigBytes);
  if (!secret.ok()) return secret.error();
  while (!secret->empty() && (secret->back() == '\n' || secret->back() == '\r')) secret->pop_back();
  return secret;
}

Result<store::StoreOptions> load_store_options(const Config& config) {
  store::StoreOptions options = config.store;
  if (!options.postgres) return options;
  if (!config.database_password.empty()) {
    Result<std::string> password = read_private(config.database_password, "password_file");
    if (!password.ok()) return password.error();
    options.postgres->password = std::move(*password);
  } else if (const char* password = std::getenv(kPasswordVariable); password != nullptr) {
    options.postgres->password = password;
  }
  return options;
}

}  // namespace askus::config
