// A server's data as one folder: `askus.db` (an SQLite file, whichever backend it came from),
// `sites/`, `secret` and, written last, `backup.json`, without which it is not whole.
#pragma once

#include <string>

#include "server-stub/backup/check.h"
#include "server-stub/config/config.h"

namespace askus::backup {

// Copies what the configuration names into `folder` (made, or empty), while servers may go on
// writing: every request that was acknowledged before the call is in it. Checks the copy.
Result<Report> make(const config::Config& config, const std::string& folder);

// Puts a backup into the place that the configuration names, of either backend. Nothing there is
// ever replaced: kConflict where something else is. The database comes last, in one transaction;
// a restore that was interrupted may be done again. Checks the result.
Result<Report> restore(const config::Config& config, const std::string& folder);

}  // namespace askus::backup
