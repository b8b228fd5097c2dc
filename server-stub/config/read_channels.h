// Reads the part of a site's configuration that joins it to social networks.
#pragma once

#include <string>

#include "server-stub/config/channels.h"
#include "server-stub/config/reader.h"

namespace askus::config {

// "channels" of a site.
void read_channels(Reader& read, const Json& json, const std::string& path, Channels& channels);

}  // namespace askus::config
