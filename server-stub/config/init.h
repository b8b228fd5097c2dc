// askus-server init: writes a configuration that works, with fresh secrets.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "shared/base/result.h"

namespace askus::config {

struct InitOptions {
  std::string config_file, data, web, site_root;  // site_root may be empty
  std::string address = "127.0.0.1";
  std::uint16_t port = 8080;
  std::string site = "demo";
  std::vector<std::string> origins;  // empty: this machine's, with that port
  std::string public_key_file;       // {"x","y"} as askus-faq keygen prints it
  std::string publisher_token_file;  // the publisher's key; made (0600) when it is missing
  std::string signing_key_file;      // for signing_key_file; empty: marketers sign themselves
  bool force = false;                // replace an existing configuration
};

// The secret of an existing data folder is kept: with another one every visitor's private link
// would die. kConflict when the configuration exists and `force` is not set.
Status init(const InitOptions& options);

}  // namespace askus::config
