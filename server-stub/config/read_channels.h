// Reads the part of a site's configuration that joins it to social networks.
#pragma once

#include <functional>
#include <string>

#include "server-stub/config/channels.h"
#include "server-stub/config/reader.h"

namespace askus::config {

// "channels" of a site.
void read_channels(Reader& read, const Json& json, const std::string& path, Channels& channels);

// A list of one or two places of secrets.
std::function<void(const Json&, const std::string&)> read_secrets(Reader& read, SecretPlaces& into);

}  // namespace askus::config
