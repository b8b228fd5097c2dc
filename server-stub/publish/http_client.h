// One HTTP(S) exchange with a server, by who may wait: a command line, a worker's thread.
#pragma once

#include <chrono>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "shared/base/result.h"

namespace askus::publish {

inline constexpr std::chrono::seconds kExchangeDeadline{60};
inline constexpr std::size_t kMaxAnswerBytes = 1u << 20;

struct Exchange {
  std::string method = "GET";
  std::string url;           // http or https; http only to this machine, for the token's sake
  std::string token;         // sent as Authorization: Bearer; empty: none
  std::string content_type;  // empty: no body
  std::string body;
  std::vector<std::pair<std::string, std::string>> headers =
      {};  // more of them; neither from outside
};

struct Answer {
  unsigned status = 0;
  std::string body;
  std::string retry_after = {};  // the header's, or empty
};

// Waits for the whole answer until the deadline, whatever its status: a redirection is an answer,
// and not followed. Certificates are checked against the system's authorities (SSL_CERT_FILE and
// SSL_CERT_DIR are respected). kMalformed and kRefused speak of the URL, kUnavailable of the way
// there.
Result<Answer> exchange(const Exchange& exchange,
                        std::chrono::milliseconds deadline = kExchangeDeadline);

}  // namespace askus::publish
