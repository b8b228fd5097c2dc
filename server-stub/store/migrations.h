// The tables, as numbered steps forward. A step that has been released is never changed: a new
// one is added behind it.
#pragma once

#include <array>
#include <string_view>

#include "server-stub/store/sqlite.h"

namespace askus::store {

inline constexpr std::array<std::string_view, 1> kMigrations{
    // 1: requests, numbered within their site.
    R"sql(
CREATE TABLE sites (
  site TEXT PRIMARY KEY,
  last_number INTEGER NOT NULL
) STRICT;
CREATE TABLE requests (
  id TEXT PRIMARY KEY,            -- UUIDv7, the idempotency key
  site TEXT NOT NULL,
  number INTEGER NOT NULL,
  kind TEXT NOT NULL,
  title TEXT NOT NULL,
  details TEXT NOT NULL,
  category TEXT NOT NULL,
  mood TEXT NOT NULL,
  name TEXT NOT NULL,
  contact TEXT NOT NULL,
  language TEXT NOT NULL,
  channel TEXT NOT NULL,
  page TEXT NOT NULL,
  query TEXT NOT NULL,
  consent_version TEXT NOT NULL,
  consent_hash TEXT NOT NULL,
  consent_at TEXT NOT NULL,
  created_at TEXT NOT NULL,
  status TEXT NOT NULL,
  payload_hash TEXT NOT NULL,
  answer TEXT NOT NULL,           -- the first answer's bytes, replayed for the same key
  UNIQUE (site, number)
) STRICT;
)sql",
};

// Brings the database to the newest step; safe with two servers starting at once. kUnsupported
// when the database is newer than this build.
Status migrate(Database& database);

}  // namespace askus::store
