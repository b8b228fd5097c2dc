// The distribution's PostgreSQL, started by the test as an unprivileged user in a folder of its own
// and ended with it.
#pragma once

#include <memory>
#include <string>

#include "server-stub/store/postgres_session.h"
#include "tests/server-stub/child.h"

namespace askus::testing {

class PostgresServer {
 public:
  // The one of this process; made by the first call.
  static PostgresServer& instance();

  // A new, empty database.
  store::PostgresOptions new_database(const std::string& encoding = "UTF8");

  // Stops and starts it again, as an operator would.
  void restart();
  void stop();
  void start();

 private:
  struct Folder;
  PostgresServer();

  std::unique_ptr<Folder> folder_;
  std::string programs_;
  std::unique_ptr<Child> server_;
  int databases_ = 0;
};

}  // namespace askus::testing
