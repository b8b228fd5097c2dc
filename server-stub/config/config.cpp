#include "server-stub/config/config.h"

#include <algorithm>
#include <cstdlib>
#include <filesystem>

#include "server-stub/config/database.h"
#include "server-stub/config/json_lines.h"
#include "server-stub/config/read_abuse.h"
#include "server-stub/config/read_channels.h"
#include "server-stub/config/read_departments.h"
#include "server-stub/config/read_outgoing.h"
#include "server-stub/config/reader.h"
#include "server-stub/files/files.h"
#include "shared/faq/site_name.h"
#include "shared/pages/options.h"

namespace askus::config {
namespace {

bool is_hex64(std::string_view text) {
  return text.size() == 64 && text.find_first_not_of("0123456789abcdef") == std::string_view::npos;
}

bool is_coordinate(std::string_view text) {
  constexpr std::string_view kBase64Url =
      "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
  return text.size() == 43 && text.find_first_not_of(kBase64Url) == std::string_view::npos;
}

std::string coordinate(Reader& read, const Json& json, const std::string& path) {
  std::string value = read.text(json, path);
  if (read.ok() && !is_coordinate(value))
    read.fail(path, "is not 32 bytes in base64url without padding");
  return value;
}

void read_keys(Reader& read, const Json& json, const std::string& path, SiteConfig& site) {
  if (!json.is_array()) return read.fail(path, "must be a list of {\"x\", \"y\"}");
  for (std::size_t i = 0; i < json.size(); ++i) {
    publish::PublicKey key;
    read.object(
        json[i], below(path, std::to_string(i)),
        {{"x", [&](const Json& v, const std::string& p) { key.x = coordinate(read, v, p); }},
         {"y", [&](const Json& v, const std::string& p) { key.y = coordinate(read, v, p); }}},
        {"x", "y"});
    site.public_keys.push_back(key);
  }
}

// A list of keys' hashes.
auto read_hashes(Reader& read, std::vector<std::string>& into) {
  return [&read, &into](const Json& v, const std::string& p) {
    into = read.list(v, p, is_hex64, "a SHA-256 as 64 lower-case hex digits");
  };
}

void read_identity_secrets(Reader& read, const Json& json, const std::string& path,
                           SiteConfig& site) {
  if (!json.is_array() || json.empty() || json.size() > kMaxIdentitySecrets)
    return read.fail(path, "must be a list of one or two files");
  for (std::size_t i = 0; i < json.size(); ++i)
    site.identity_secret_files.push_back(read.place(json[i], below(path, std::to_string(i))));
}

constexpr std::string_view kOrigin = "an origin such as https://www.example.org";

void read_help_pages(Reader& read, const Json& json, const std::string& path, SiteConfig& site) {
  HelpPagesConfig& help = site.help_pages.emplace();
  const auto checked = [&read](std::string& into, auto is, std::string_view what) {
    return [&read, &into, is, what](const Json& v, const std::string& p) {
      into = read.text(v, p);
      if (read.ok() && !is(into)) read.fail(p, "is not " + std::string(what));
    };
  };
  constexpr std::string_view kBase =
      "an address such as https://www.example.org/help/, with a slash at its end";
  read.object(json, path,
              {{"base", checked(help.base, pages::is_base, kBase)},
               {"server", checked(help.server, is_origin, kOrigin)}},
              {"base"});
  if (read.ok() && help.server.empty()) help.server = pages::origin_of_base(help.base);
}

SiteConfig read_site(Reader& read, const Json& json, const std::string& path) {
  SiteConfig site;
  const auto origins = [&](std::vector<std::string>& into) {
    return [&read, &into](const Json& v, const std::string& p) {
      into = read.list(v, p, is_origin, kOrigin);
    };
  };
  const auto hashes = [&read](std::vector<std::string>& into) { return read_hashes(read, into); };
  const Json* departments = nullptr;  // read last: they have the site's hours
  Reader::Members members{
      {"allowed_origins", origins(site.allowed_origins)},
      {"picture_origins", origins(site.picture_origins)},
      {"api_origins", origins(site.api_origins)},
      {"requests_per_hour",
       [&](const Json& v, const std::string& p) {
         constexpr std::uint64_t kMost = 100'000'000;
         site.requests_per_hour = static_cast<std::size_t>(read.number(v, p, 1, kMost));
       }},
      {"snapshot_origin",
       [&](const Json& v, const std::string& p) {
         if (v.is_null()) return;
         site.snapshot_origin = read.text(v, p);
         if (read.ok() && !is_origin(site.snapshot_origin))
           read.fail(p, "is not " + std::string(kOrigin));
       }},
      {"public_keys", [&](const Json& v, const std::string& p) { read_keys(read, v, p, site); }},
      {"signing_key_file",
       [&](const Json& v, const std::string& p) { site.signing_key_file = read.place(v, p); }},
      {"publisher_keys", hashes(site.publisher_keys)},
      {"staff_keys", hashes(site.staff_keys)},
      {"keep_queries",
       [&](const Json& v, const std::string& p) { site.keep_queries = read.flag(v, p); }},
      {"departments",
       [&](const Json& v, const std::string& p) {
         departments = &v;
         if (!v.is_object()) read.fail(p, "must be an object");
       }},
      {"costs", [&](const Json& v, const std::string& p) { read_costs(read, v, p, site.costs); }},
      {"identity_secret_files",
       [&](const Json& v, const std::string& p) { read_identity_secrets(read, v, p, site); }},
      {"channels",
       [&](const Json& v, const std::string& p) { read_channels(read, v, p, site.channels); }},
      {"outgoing_webhooks",
       [&](const Json& v, const std::string& p) {
         read_outgoing_webhooks(read, v, p, site.outgoing_webhooks);
       }},
      {"feeds",
       [&](const Json& v, const std::string& p) {
         site.feeds =
             read.list(v, p, is_feed_address, "an address such as https://www.example.org/rss.xml");
         if (site.feeds.size() > kMaxFeeds)
           read.fail(p, "has more than " + std::to_string(kMaxFeeds) + " feeds");
       }},
      {"help_pages",
       [&](const Json& v, const std::string& p) { read_help_pages(read, v, p, site); }},
      {"keep_days", [&](const Json& v, const std::string& p) {
         site.keep_days = static_cast<std::uint32_t>(read.number(v, p, 1, kMaxKeepDays));
       }}};
  members.merge(working_members(read, site.working));
  read.object(json, path, members, {"allowed_origins", "public_keys"});
  check_working(read, path, site.working);
  if (read.ok() && departments != nullptr)
    read_departments(read, *departments, below(path, "departments"), site.working,
                     site.departments);
  return site;
}

void read_sites(Reader& read, const Json& json, const std::string& path, Config& config) {
  read.each(json, path, [&](const std::string& name, const Json& v, const std::string& p) {
    if (!is_site_name(name)) return read.fail(p, "a site's name is made of a-z, 0-9 and -");
    config.sites[name] = read_site(read, v, p);
  });
}

void read_limits(Reader& read, const Json& json, const std::string& path, Config& config) {
  http::Limits& limits = config.limits;
  const auto count = [&read](std::size_t& into, std::uint64_t least, std::uint64_t most) {
    return [&read, &into, least, most](const Json& v, const std::string& p) {
      into = static_cast<std::size_t>(read.number(v, p, least, most));
    };
  };
  const auto time = [&read](std::chrono::milliseconds& into) {
    constexpr std::uint64_t kHour = 3'600'000;
    return [&read, &into](const Json& v, const std::string& p) {
      into = std::chrono::milliseconds(read.number(v, p, 1, kHour));
    };
  };
  read.object(json, path,
              {{"header_bytes", count(limits.header_bytes, 1'024, 65'536)},
               {"header_fields", count(limits.header_fields, 16, 1'000)},
               {"connections", count(limits.connections, 1, 1'000'000)},
               {"connections_per_address", count(limits.connections_per_address, 1, 1'000'000)},
               {"request_deadline_ms", time(limits.request_deadline)},
               {"write_rate", count(limits.write_rate, 1'024, 1'000'000'000)},
               {"idle_timeout_ms", time(limits.idle_timeout)},
               {"drain_ms", time(limits.drain)},
               {"write_queue", count(config.store.queues.write_queue, 1, 1'000'000)},
               {"rows_per_commit", count(config.store.queues.rows_per_commit, 1, 10'000)}});
}

void read_proxies(Reader& read, const Json& json, const std::string& path, Config& config) {
  const auto is_network = [](std::string_view text) { return http::parse_network(text).ok(); };
  for (const std::string& text :
       read.list(json, path, is_network, "an address or a network such as 10.0.0.0/8"))
    if (Result<http::Network> network = http::parse_network(text); network.ok())
      config.trusted_proxies.push_back(*network);
}

void read_model(Reader& read, const Json& json, const std::string& path, Config& config) {
  ModelConfig& model = config.model.emplace();
  read.object(json, path,
              {{"url", [&](const Json& v, const std::string& p) { model.url = read.text(v, p); }},
               {"name", [&](const Json& v, const std::string& p) { model.name = read.text(v, p); }},
               {"key_file",
                [&](const Json& v, const std::string& p) { model.key_file = read.place(v, p); }},
               {"proposals_per_day",
                [&](const Json& v, const std::string& p) {
                  model.proposals_per_day =
                      static_cast<std::size_t>(read.number(v, p, 1, kMaxProposalsPerDay));
                }}},
              {"url", "name"});
}

void read_tls(Reader& read, const Json& json, const std::string& path, Config& config) {
  http::TlsFiles& tls = config.tls.emplace();
  read.object(
      json, path,
      {{"certificate_file",
        [&](const Json& v, const std::string& p) { tls.certificate = read.place(v, p); }},
       {"key_file", [&](const Json& v, const std::string& p) { tls.key = read.place(v, p); }}},
      {"certificate_file", "key_file"});
}

auto read_port(Reader& read, std::uint16_t& into) {
  return [&read, &into](const Json& v, const std::string& p) {
    into = static_cast<std::uint16_t>(read.number(v, p, 0, 65'535));
  };
}

void read_listen(Reader& read, const Json& json, const std::string& path, Config& config) {
  read.object(
      json, path,
      {{"address", [&](const Json& v, const std::string& p) { config.address = read.text(v, p); }},
       {"port", read_port(read, config.port)},
       {"trusted_proxies",
        [&](const Json& v, const std::string& p) { read_proxies(read, v, p, config); }},
       {"tls", [&](const Json& v, const std::string& p) { read_tls(read, v, p, config); }}});
}

bool is_loopback(const std::string& address) {
  return address.starts_with("127.") || address == "::1";
}

void read_metrics(Reader& read, const Json& json, const std::string& path, Config& config) {
  MetricsConfig& metrics = config.metrics.emplace();
  read.object(
      json, path,
      {{"address", [&](const Json& v, const std::string& p) { metrics.address = read.text(v, p); }},
       {"port", read_port(read, metrics.port)},
       {"keys", read_hashes(read, metrics.keys)}},
      {"port"});
  if (read.ok() && !is_loopback(metrics.address) && metrics.keys.empty())
    read.fail(path, "\"keys\" is missing: other machines can reach " + metrics.address);
}

Result<std::string> load_long_secret(const std::string& file, const std::string& key) {
  Result<std::string> secret = read_private(file, key);
  if (!secret.ok()) return secret;
  if (secret->size() < kMinSecret)
    return Error{Code::kMalformed,
                 key + " " + file + " must hold at least " + std::to_string(kMinSecret) + " bytes"};
  return secret;
}

}  // namespace

bool is_origin(std::string_view text) {
  const std::size_t scheme = text.starts_with("https://") ? 8 : text.starts_with("http://") ? 7 : 0;
  const std::string_view host = text.substr(scheme);
  constexpr std::string_view kHost =
      "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789.-:[]";
  return scheme > 0 && !host.empty() && host.size() <= 260 &&
         host.find_first_not_of(kHost) == std::string_view::npos;
}

bool is_feed_address(std::string_view text) {
  constexpr std::size_t kMost = 500;
  const bool clean = std::all_of(text.begin(), text.end(), [](char c) {
    return c > ' ' && c < '\x7f' && c != '#' && c != '@' && c != '"' && c != '<' && c != '>' &&
           c != '\\';
  });
  if (!clean || text.size() > kMost) return false;
  if (text.starts_with("https://")) return text.size() > std::string_view("https://").size();
  for (const std::string_view here : {"http://127.0.0.1", "http://localhost", "http://[::1]"})
    if (text.starts_with(here)) {
      const std::string_view rest = text.substr(here.size());
      return rest.empty() || rest[0] == ':' || rest[0] == '/';
    }
  return false;
}

Result<Config> parse(std::string_view json, const std::string& base) {
  Result<JsonLines> document = parse_with_lines(json);
  if (!document.ok()) return document.error();
  Config config;
  Reader read(*document, base);
  const auto place = [&read](std::string& into) {
    return [&read, &into](const Json& v, const std::string& p) { into = read.place(v, p); };
  };
  read.object(
      document->value, "",
      {{"listen", [&](const Json& v, const std::string& p) { read_listen(read, v, p, config); }},
       {"data", place(config.data)},
       {"web", place(config.web)},
       {"site_root", place(config.site_root)},
       {"secret_file", place(config.secret_file)},
       {"threads",
        [&](const Json& v, const std::string& p) {
          config.threads = static_cast<unsigned>(read.number(v, p, 1, kMaxThreads));
        }},
       {"database",
        [&](const Json& v, const std::string& p) { read_database(read, v, p, config); }},
       {"sites", [&](const Json& v, const std::string& p) { read_sites(read, v, p, config); }},
       {"abuse",
        [&](const Json& v, const std::string& p) { read_abuse(read, v, p, config.abuse); }},
       {"model", [&](const Json& v, const std::string& p) { read_model(read, v, p, config); }},
       {"mail", [&](const Json& v, const std::string& p) { read_mail(read, v, p, config); }},
       {"outbox", [&](const Json& v, const std::string& p) { read_outbox(read, v, p, config); }},
       {"metrics", [&](const Json& v, const std::string& p) { read_metrics(read, v, p, config); }},
       {"limits", [&](const Json& v, const std::string& p) { read_limits(read, v, p, config); }}},
      {"data", "web", "secret_file", "sites"});
  if (!read.ok()) return Error{Code::kMalformed, read.error()};
  config.store.file = config.data + "/askus.db";
  return config;
}

Result<Config> load(const std::string& file) {
  Result<std::string> json = files::read_file(file, kMaxConfigBytes);
  if (!json.ok()) return json.error();
  std::error_code error;
  const std::string base = std::filesystem::absolute(file, error).parent_path().string();
  Result<Config> config = parse(*json, base);
  if (!config.ok()) return Error{config.error().code, file + ":" + config.error().text};
  return config;
}

Result<std::string> load_secret(const std::string& file) {
  return load_long_secret(file, "secret_file");
}

Result<std::vector<std::string>> load_identity_secrets(const SiteConfig& site) {
  std::vector<std::string> secrets;
  for (const std::string& file : site.identity_secret_files) {
    Result<std::string> secret = load_long_secret(file, "identity_secret_files");
    if (!secret.ok()) return secret.error();
    secrets.push_back(std::move(*secret));
  }
  return secrets;
}

Result<std::optional<propose::Model>> load_model(const std::optional<ModelConfig>& config) {
  if (!config) return std::optional<propose::Model>();
  propose::Model model{config->url, config->name, {}};
  if (!config->key_file.empty()) {
    Result<std::string> key = read_private(config->key_file, "model.key_file");
    if (!key.ok()) return key.error();
    model.key = std::move(*key);
  } else if (const char* key = std::getenv(propose::kKeyVariable); key != nullptr) {
    model.key = key;
  }
  return std::optional(std::move(model));
}

Result<std::optional<publish::SigningKey>> load_signing_key(const SiteConfig& site) {
  constexpr const char* kKey = "signing_key_file";
  if (site.signing_key_file.empty()) return std::optional<publish::SigningKey>();
  const Result<std::string> pem = read_private(site.signing_key_file, kKey);
  if (!pem.ok()) return pem.error();
  Result<publish::SigningKey> key = publish::SigningKey::from_pem(*pem);
  if (!key.ok()) return Error{Code::kMalformed, std::string(kKey) + ": " + key.error().text};
  const auto& halves = site.public_keys;
  if (std::find(halves.begin(), halves.end(), key->public_key()) == halves.end())
    return Error{Code::kMalformed, std::string(kKey) + ": its public half is not in public_keys"};
  return std::optional(std::move(*key));
}

}  // namespace askus::config
