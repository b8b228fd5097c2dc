// All rows of one database into another, whichever their backends.
#pragma once

#include <cstdint>

#include "server-stub/store/session.h"

namespace askus::backup {

// Reads one state of `from` (which goes on being written to meanwhile) and writes it in one
// transaction. kConflict when `to` holds rows already. How many requests were copied.
Result<std::int64_t> copy_rows(store::Session& from, store::Session& to);

}  // namespace askus::backup
