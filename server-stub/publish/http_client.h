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
  std::string accept = "application/json, application/problem+json";
  std::vector<std::pair<std::string, std::string>> headers = {};  // more; neither from outside
  std::size_t most_bytes = kMaxAnswerBytes;                       // of the answer
};

struct Answer {
  unsigned status = 0;
  std::string body;
  std::string retry_after = {};  // the header's, or empty
  // ETag and Last-Modified, to be sent back as they are; empty when they are not there, or too long
  // to be kept.
  std::string etag = {}, modified = {};
};
inline constexpr std::size_t kMaxValidator = 200;  // bytes

// Waits for the whole answer until the deadline, whatever its status: a redirection is an answer,
// and not followed. Certificates are checked against the system's authorities (SSL_CERT_FILE and
// SSL_CERT_DIR are respected). kMalformed and kRefused speak of the URL, kUnavailable of the way
// there.
Result<Answer> exchange(const Exchange& exchange,
                        std::chrono::milliseconds deadline = kExchangeDeadline);

// Whether a URL's host is this machine, to which nothing has to be encrypted.
bool is_this_machine(std::string_view host);

}  // namespace askus::publish
