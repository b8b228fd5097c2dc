// The part of the configuration that says what is done against abuse.
#pragma once

#include <string>

#include "server-stub/config/abuse.h"
#include "server-stub/config/reader.h"

namespace askus::config {

// "abuse": {...}
void read_abuse(Reader& read, const Json& json, const std::string& path, Abuse& abuse);

}  // namespace askus::config
