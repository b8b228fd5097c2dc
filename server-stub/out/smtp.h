// Sending one mail by SMTP, through libcurl.
#pragma once

#include <chrono>
#include <string>
#include <string_view>

#include "server-stub/out/verdict.h"

namespace askus::out {

struct SmtpServer {
  std::string url;             // smtp://host:587 (STARTTLS) or smtps://host:465
  std::string user, password;  // empty: without AUTH
  std::string ca_file;         // whom to trust besides nobody; empty: the system's authorities
};

// Whether a URL is one that can be sent by: smtp or smtps, a host, perhaps a port, nothing else.
bool is_smtp_url(std::string_view url);

// Hands the mail over. Anywhere but on this machine the connection is encrypted and the server has
// proven its name, or nothing is said. Blocks until the deadline at most. Thread-safe.
Verdict send_by_smtp(const SmtpServer& server, const std::string& from, const std::string& to,
                     std::string_view mail, std::chrono::milliseconds deadline);

}  // namespace askus::out
