// Whether what a server keeps is whole.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "server-stub/config/config.h"
#include "server-stub/store/session.h"

namespace askus::backup {

struct Report {
  std::int64_t requests = 0, snapshots = 0;
  std::vector<std::string> problems;  // empty: all is well
};

// The database: SQLite's own check of the file, and what must hold between the tables (numbers
// and changes of each site without a gap, every request with its site and its change, of erased
// ones nothing left, pictures of the hash they are named by and those kept that are named).
Status check_database(store::Session& session, Report& report);

// The kept snapshots of a site's folder: the list is readable, every file has the hash and the
// length of its manifest. Reads only, so that a server may be at work in the folder.
void check_snapshots(const std::string& folder, Report& report);

// Both, for what a configuration names. An error: it cannot be looked at.
Result<Report> check(const config::Config& config);

}  // namespace askus::backup
