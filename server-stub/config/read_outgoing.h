// Reads the part of the configuration that says what leaves the server.
#pragma once

#include <string>
#include <vector>

#include "server-stub/config/config.h"
#include "server-stub/config/reader.h"

namespace askus::config {

// "mail" and "outbox"; "outgoing_webhooks" of a site.
void read_mail(Reader& read, const Json& json, const std::string& path, Config& config);
void read_outbox(Reader& read, const Json& json, const std::string& path, Config& config);
void read_outgoing_webhooks(Reader& read, const Json& json, const std::string& path,
                            std::vector<OutgoingWebhook>& webhooks);

}  // namespace askus::config
