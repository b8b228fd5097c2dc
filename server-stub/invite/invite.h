// `askus-server invite`: a link with which somebody gets their account, or back into it. How the
// first administrator comes to be: whoever may run commands as the server's user is the operator.
#pragma once

#include <string>

#include "server-stub/config/config.h"
#include "shared/base/result.h"

namespace askus::invite {

struct Options {
  std::string site, email;
  std::string role = "administrator";
  bool password = false;  // for somebody who has an account: a new password, and no codes
  std::string origin;     // https://support.example.com; empty: what the server listens on
};

// The link, good for seven days and once. kMalformed: no such site, role or address. kNotFound (of
// `password`): nobody has that address. The database may be in use by a server.
Result<std::string> make_link(const config::Config& config, const Options& options);

}  // namespace askus::invite
