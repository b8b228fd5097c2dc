#include "tests/faults/server_program.h"

#include <signal.h>
#include <sys/stat.h>

#include <nlohmann/json.hpp>
#include <stdexcept>

#include "tests/server-stub/api/harness.h"

namespace askus::testing {

ServerProgram::ServerProgram(const std::optional<store::PostgresOptions>& postgres)
    : postgres_(postgres) {
  write_web(folder_);
  // Servers on one database have one secret: visitors' tokens are the same everywhere.
  ::chmod(folder_.write("secret", std::string(32, 's')).c_str(), 0600);
  write_config();
}

void ServerProgram::write_config() {
  nlohmann::json json{{"listen", {{"address", "127.0.0.1"}, {"port", port_}}},
                      {"data", "data"},
                      {"web", "web"},
                      {"secret_file", "secret"}};
  json["sites"]["demo"] = {{"allowed_origins", nlohmann::json::array()},
                           {"public_keys", nlohmann::json::array()}};
  // These tests are about losing nothing, by hundreds of clients of one address.
  json["abuse"] = {{"rate_limit", false}, {"form_token", false}};
  if (postgres_)
    json["database"] = {{"backend", "postgresql"},
                        {"host", postgres_->host},
                        {"name", postgres_->database},
                        {"user", postgres_->user},
                        {"tls", "disable"}};
  config_ = folder_.write("askus.json", json.dump(1));
}

std::chrono::milliseconds ServerProgram::start() {
  const auto begin = std::chrono::steady_clock::now();
  program_ = std::make_unique<Child>(
      std::vector<std::string>{ASKUS_SERVER_PROGRAM, "--config", config_}, Child::Options{});
  const std::string line = program_->await("listening on http://127.0.0.1:");
  if (line.empty()) throw std::runtime_error("the server did not start: " + program_->output());
  if (port_ == 0) {
    port_ = static_cast<std::uint16_t>(std::stoi(line.substr(line.rfind(':') + 1)));
    write_config();
  }
  program_->discard();
  return std::chrono::duration_cast<std::chrono::milliseconds>(std::chrono::steady_clock::now() -
                                                               begin);
}

void ServerProgram::kill() {
  program_->signal(SIGKILL);
  program_->wait();
  program_.reset();
}

int ServerProgram::terminate() {
  program_->signal(SIGTERM);
  const int code = program_->wait();
  program_.reset();
  return code;
}

Ended ServerProgram::check() const {
  return run_program({ASKUS_SERVER_PROGRAM, "check", "--config", config_});
}

}  // namespace askus::testing
