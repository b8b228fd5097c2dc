// The part of the configuration that says what leaves the server: mail, webhooks to other systems,
// how often something is tried (docs/operations.md, "Going out").
#pragma once

#include <chrono>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "server-stub/config/channels.h"
#include "server-stub/out/retry.h"
#include "server-stub/out/smtp.h"
#include "shared/base/result.h"

namespace askus::config {

struct MailConfig {
  out::SmtpServer server;     // without its password
  std::string from, name;     // whose mail it is
  std::string password_file;  // empty: kMailPasswordVariable, or there is none
  std::string origin;         // of this server for everybody: what links in mail begin with
};

// Where a password is taken from when no file is named.
inline constexpr const char* kMailPasswordVariable = "ASKUS_MAIL_PASSWORD";

struct OutboxConfig {
  out::RetryTimes retry;
  // How long one try may take, and how long a server that has a row keeps it: the second is what
  // others wait when that server was killed.
  std::chrono::milliseconds timeout{20'000}, lease{60'000};
};

// With its password, from its file (0600, regular) or the environment; nothing: there is no mail.
Result<std::optional<MailConfig>> load_mail(const std::optional<MailConfig>& config);

// "https://...", or http on this machine; nothing that could end a header.
bool is_call_url(std::string_view text);

}  // namespace askus::config
