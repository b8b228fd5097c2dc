// The tables of both backends, as numbered steps forward. A step that has been released is never
// changed: a new one is added behind it.
#pragma once

#include <cstdint>
#include <span>
#include <string_view>
#include <vector>

#include "server-stub/store/session.h"

namespace askus::store {

// What this build writes and reads.
std::int64_t schema_version();

// Brings the database to the newest step, all in one transaction; safe with several servers
// starting at once. kUnsupported when the database is newer than this build. `up_to`: an older
// step, for tests.
Status migrate(Session& session);
Status migrate(Session& session, std::int64_t up_to);

// Every table with its columns, the key's first: what a backup copies.
struct Table {
  std::string_view name;
  std::vector<std::string_view> columns;
  std::vector<std::string_view> numbers;  // the columns that are 64-bit numbers, the others: text
  std::size_t key_columns = 1;
  std::vector<std::string_view> blobs = {};  // the columns that are bytes
};
std::span<const Table> tables();

}  // namespace askus::store
