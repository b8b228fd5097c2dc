// The server's configuration: one JSON file, checked whole before anything starts. What only the
// operator may set is here and never in a snapshot. docs/operations.md describes every key.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "server-stub/config/abuse.h"
#include "server-stub/config/channels.h"
#include "server-stub/config/departments.h"
#include "server-stub/config/outgoing.h"
#include "server-stub/http/address.h"
#include "server-stub/http/limits.h"
#include "server-stub/http/tls.h"
#include "server-stub/propose/model.h"
#include "server-stub/publish/signature.h"
#include "server-stub/store/open.h"
#include "shared/base/result.h"

namespace askus::config {

// The site's pages for search engines, under /help/{site}/ (docs/help-pages.md).
struct HelpPagesConfig {
  std::string base;    // their address for everybody (shared/pages/options.h)
  std::string server;  // the origin of this server for everybody
};

struct SiteConfig {
  std::vector<std::string> allowed_origins;  // whose pages may frame the panel
  std::vector<std::string> picture_origins;
  // Whose pages may call /v1 for this site themselves (CORS); the panel does not need it.
  std::vector<std::string> api_origins;
  std::size_t requests_per_hour = limit::kSitePerHour;
  std::string snapshot_origin;  // a CDN's, or empty: this server's own
  std::vector<publish::PublicKey> public_keys;
  // The private half of one of them, where the server signs for its marketers; empty: they do.
  std::string signing_key_file;
  std::vector<std::string> publisher_keys;  // SHA-256 of each publisher's key, lower-case hex
  std::vector<std::string> staff_keys;      // the same of who may read the figures
  bool keep_queries = false;                // the texts of queries that found nothing
  std::map<std::string, DepartmentConfig> departments;  // by category
  // Whose codes the site's own backend signs identities with; two during a rotation.
  std::vector<std::string> identity_secret_files;
  Channels channels;
  std::vector<OutgoingWebhook> outgoing_webhooks;
  // RSS and Atom feeds that are polled for the watch list: https, or http to this machine.
  std::vector<std::string> feeds;
  std::optional<HelpPagesConfig> help_pages;
  std::uint32_t keep_days = 0;  // of requests after they are closed; 0: for ever
  // Hours and promise of whoever has none of their own: a request that is open for longer is
  // overdue.
  hours::Rules working;
  CostsConfig costs;
};

// The language model that proposes phrasings to marketers (docs/studio.md).
struct ModelConfig {
  std::string url, name;                // as propose/model.h has them
  std::string key_file;                 // empty: propose::kKeyVariable, or no key
  std::size_t proposals_per_day = 200;  // of a site, by each process
};

// A listener of its own for /metrics; without one there are no metrics.
struct MetricsConfig {
  std::string address = "127.0.0.1";
  std::uint16_t port = 0;
  std::vector<std::string> keys;  // SHA-256 of each key that /metrics asks for; empty: none
};

struct Config {
  std::string address = "127.0.0.1";
  std::uint16_t port = 8080;
  std::string data, web, site_root, secret_file;  // folders and a file; site_root may be empty
  unsigned threads = 2;
  std::map<std::string, SiteConfig> sites;
  std::optional<MetricsConfig> metrics;
  std::optional<ModelConfig> model;  // none: nothing is ever proposed
  std::optional<MailConfig> mail;    // none: nothing is sent by mail
  OutboxConfig outbox;
  http::Limits limits;
  std::vector<http::Network> trusted_proxies;  // whose X-Forwarded-For is believed
  std::optional<http::TlsFiles> tls;
  Abuse abuse;
  store::StoreOptions store;      // without the password of its database
  std::string database_password;  // the file that has it, or empty
};

inline constexpr unsigned kMaxThreads = 256;
inline constexpr std::size_t kMaxConfigBytes = 1u << 20;
inline constexpr std::size_t kMaxIdentitySecrets = 2;
inline constexpr std::size_t kMaxFeeds = 20;  // of a site
inline constexpr std::uint32_t kMaxKeepDays = 36'500;
inline constexpr std::size_t kMaxProposalsPerDay = 10'000;

// Relative folders and files are taken from the configuration file's own folder `base`. An error
// is one line: "<line>: <key>: <what was found and what would be right>".
Result<Config> parse(std::string_view json, const std::string& base);
Result<Config> load(const std::string& file);

// The server's secret: at least kMinSecret bytes, from a regular file that group and others
// cannot read.
inline constexpr std::size_t kMinSecret = 32;
Result<std::string> load_secret(const std::string& file);

// A site's secrets for identities, each under the same rules.
Result<std::vector<std::string>> load_identity_secrets(const SiteConfig& site);

// "https://host[:port]", or http for a host of the operator's own; nothing that could end a
// directive of a Content-Security-Policy.
bool is_origin(std::string_view text);

// An address of a feed: https, or http to this machine; no user, no fragment.
bool is_feed_address(std::string_view text);

// The model with its key, from its file (under the same rules) or the environment; nothing: there
// is none.
Result<std::optional<propose::Model>> load_model(const std::optional<ModelConfig>& config);

// The site's signing key, if the server has it: a PEM file under the same rules, whose public half
// is among the site's.
Result<std::optional<publish::SigningKey>> load_signing_key(const SiteConfig& site);

}  // namespace askus::config
