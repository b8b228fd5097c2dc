// The part of the configuration that says where requests are kept, and its password.
#pragma once

#include <string>

#include "server-stub/config/config.h"
#include "server-stub/config/reader.h"

namespace askus::config {

// "database": {"backend": "sqlite"}, or "postgresql" with host, name, user and more.
void read_database(Reader& read, const Json& json, const std::string& path, Config& config);

// The store's options whole. The password comes from the environment or from the file that the
// configuration names, never from the configuration itself, which people send to each other.
inline constexpr const char* kPasswordVariable = "ASKUS_DATABASE_PASSWORD";
Result<store::StoreOptions> load_store_options(const Config& config);

// A secret's bytes without the line end, from a regular file (no link) that neither group nor
// others may read. `key`: what the configuration calls it, for the error.
Result<std::string> read_private(const std::string& file, const std::string& key);

}  // namespace askus::config
