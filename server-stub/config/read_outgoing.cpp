#include "server-stub/config/read_outgoing.h"

#include <algorithm>
#include <array>
#include <cstdlib>

#include "server-stub/config/database.h"
#include "server-stub/config/read_channels.h"
#include "server-stub/out/outbox.h"
#include "shared/faq/site_name.h"

namespace askus::config {
namespace {

constexpr std::array<std::string_view, 4> kEvents{"request.received", "request.replied",
                                                  "request.status", "request.assigned"};

auto read_time(Reader& read, std::chrono::milliseconds& into, std::uint64_t least,
               std::uint64_t most) {
  return [&read, &into, least, most](const Json& v, const std::string& p) {
    into = std::chrono::milliseconds(read.number(v, p, least, most));
  };
}

bool is_event(std::string_view text) {
  return std::find(kEvents.begin(), kEvents.end(), text) != kEvents.end();
}

}  // namespace

bool is_call_url(std::string_view text) {
  constexpr std::array<std::string_view, 3> kHere{"http://127.0.0.1", "http://localhost",
                                                  "http://[::1]"};
  const bool printable =
      std::all_of(text.begin(), text.end(), [](char c) { return c > ' ' && c < '\x7F'; });
  if (!printable || text.size() > 2'000 || text.find_first_of("\"<>@#") != std::string_view::npos)
    return false;
  if (text.starts_with("https://")) return text.size() > std::string_view("https://").size();
  return std::any_of(kHere.begin(), kHere.end(), [text](std::string_view here) {
    return text.starts_with(here) &&
           (text.size() == here.size() || text[here.size()] == ':' || text[here.size()] == '/');
  });
}

void read_mail(Reader& read, const Json& json, const std::string& path, Config& config) {
  MailConfig& mail = config.mail.emplace();
  const auto text = [&read](std::string& into, auto is, std::string_view what) {
    return [&read, &into, is, what](const Json& v, const std::string& p) {
      into = read.text(v, p);
      if (read.ok() && !is(into)) read.fail(p, "is not " + std::string(what));
    };
  };
  const auto place = [&read](std::string& into) {
    return [&read, &into](const Json& v, const std::string& p) { into = read.place(v, p); };
  };
  const auto any = [](std::string_view) { return true; };
  read.object(
      json, path,
      {{"url", text(mail.server.url, out::is_smtp_url,
                    "an address such as smtp://mail.example.org:587 or smtps://mail.example.org")},
       {"from", text(mail.from, out::is_mail_address, "an address such as help@example.org")},
       {"name", text(mail.name, any, "")},
       {"user", text(mail.server.user, any, "")},
       {"password_file", place(mail.password_file)},
       {"ca_file", place(mail.server.ca_file)},
       {"origin", text(mail.origin, is_origin, "an origin such as https://support.example.com")}},
      {"url", "from", "origin"});
}

void read_outbox(Reader& read, const Json& json, const std::string& path, Config& config) {
  OutboxConfig& outbox = config.outbox;
  constexpr std::uint64_t kHour = 3'600'000, kMonth = 720 * kHour;
  read.object(json, path,
              {{"first_retry_ms", read_time(read, outbox.retry.first, 10, kHour)},
               {"longest_retry_ms", read_time(read, outbox.retry.longest, 10, 24 * kHour)},
               {"give_up_ms", read_time(read, outbox.retry.give_up, 1'000, kMonth)},
               {"timeout_ms", read_time(read, outbox.timeout, 100, kHour)},
               {"lease_ms", read_time(read, outbox.lease, 200, kHour)}});
  // Else another server would take what this one is still sending.
  if (read.ok() && outbox.lease < 2 * outbox.timeout)
    read.fail(path, "\"lease_ms\" must be at least twice \"timeout_ms\"");
}

void read_outgoing_webhooks(Reader& read, const Json& json, const std::string& path,
                            std::vector<OutgoingWebhook>& webhooks) {
  read.each(json, path, [&](const std::string& name, const Json& one, const std::string& at) {
    if (!is_site_name(name) || webhooks.size() == kMaxOutgoingWebhooks)
      return read.fail(at, "a webhook's name is made of a-z, 0-9 and -; at most " +
                               std::to_string(kMaxOutgoingWebhooks));
    OutgoingWebhook& webhook = webhooks.emplace_back();
    webhook.name = name;
    read.object(one, at,
                {{"url",
                  [&](const Json& v, const std::string& p) {
                    webhook.url = read.text(v, p);
                    if (read.ok() && !is_call_url(webhook.url))
                      read.fail(p, "is not an https address (http only to this machine)");
                  }},
                 {"keys", read_secrets(read, webhook.keys)},
                 {"events",
                  [&](const Json& v, const std::string& p) {
                    webhook.events =
                        read.list(v, p, is_event,
                                  "one of request.received, request.replied, request.status, "
                                  "request.assigned");
                  }}},
                {"url", "keys", "events"});
  });
}

Result<std::optional<MailConfig>> load_mail(const std::optional<MailConfig>& config) {
  if (!config) return std::optional<MailConfig>();
  MailConfig mail = *config;
  if (!mail.password_file.empty()) {
    Result<std::string> password = read_private(mail.password_file, "mail.password_file");
    if (!password.ok()) return password.error();
    mail.server.password = std::move(*password);
  } else if (const char* password = std::getenv(kMailPasswordVariable); password != nullptr) {
    mail.server.password = password;
  }
  return std::optional(std::move(mail));
}

}  // namespace askus::config
