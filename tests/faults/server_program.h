// askus-server as a program of its own, which can be killed.
#pragma once

#include <chrono>
#include <memory>
#include <optional>
#include <string>

#include "server-stub/store/postgres_session.h"
#include "tests/server-stub/child.h"
#include "tests/server-stub/temp_folder.h"

namespace askus::testing {

class ServerProgram {
 public:
  // On SQLite in its own folder, or on that database. It keeps its port over restarts.
  explicit ServerProgram(const std::optional<store::PostgresOptions>& postgres = std::nullopt);

  // Starts it and waits until it listens; how long that took.
  std::chrono::milliseconds start();
  void kill();          // kill -9
  int terminate();      // SIGTERM, and waits for the end: its exit code
  Ended check() const;  // askus-server check

  std::uint16_t port() const { return port_; }
  const std::string& config() const { return config_; }

 private:
  void write_config();

  TempFolder folder_;
  std::optional<store::PostgresOptions> postgres_;
  std::string config_;
  std::uint16_t port_ = 0;
  std::unique_ptr<Child> program_;
};

}  // namespace askus::testing
