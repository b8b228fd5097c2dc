#include "server-stub/config/config.h"

#include <sys/stat.h>

#include <algorithm>
#include <cstring>
#include <filesystem>
#include <functional>

#include "server-stub/config/json_lines.h"
#include "server-stub/files/files.h"
#include "shared/faq/site_name.h"

namespace askus::config {
namespace {

using Json = nlohmann::json;

// A key's path: where it stands, and its own name.
std::string below(std::string_view path, std::string_view name) {
  std::string joined(path);
  joined += '/';
  joined += name;
  return joined;
}

// Reads values out of the document and keeps the first thing that is wrong.
class Reader {
 public:
  Reader(const JsonLines& document, std::string base)
      : document_(document), base_(std::move(base)) {}

  using Members = std::map<std::string_view, std::function<void(const Json&, const std::string&)>>;

  // Every member of an object by its own rule; others are unknown.
  void object(const Json& json, const std::string& path, const Members& members,
              const std::vector<std::string_view>& needed = {}) {
    if (!json.is_object()) return fail(path, "must be an object");
    for (const auto& [name, value] : json.items()) {
      const auto member = members.find(name);
      if (member == members.end())
        fail(below(path, name), "is not a known key");
      else
        member->second(value, below(path, name));
    }
    for (const std::string_view name : needed)
      if (!json.contains(name)) fail(path, "\"" + std::string(name) + "\" is missing");
  }

  // Every member of an object whose names are free.
  void each(const Json& json, const std::string& path,
            const std::function<void(const std::string&, const Json&, const std::string&)>& rule) {
    if (!json.is_object()) return fail(path, "must be an object");
    for (const auto& [name, value] : json.items()) rule(name, value, below(path, name));
  }

  std::string text(const Json& json, const std::string& path) {
    if (json.is_string() && !json.get_ref<const std::string&>().empty())
      return json.get<std::string>();
    fail(path, "must be a text, not " + json.dump());
    return {};
  }

  std::string place(const Json& json, const std::string& path) {
    return (std::filesystem::path(base_) / text(json, path)).lexically_normal().string();
  }

  std::uint64_t number(const Json& json, const std::string& path, std::uint64_t least,
                       std::uint64_t most) {
    if (json.is_number_unsigned()) {
      const auto value = json.get<std::uint64_t>();
      if (value >= least && value <= most) return value;
    }
    fail(path, "must be a whole number from " + std::to_string(least) + " to " +
                   std::to_string(most) + ", not " + json.dump());
    return least;
  }

  std::vector<std::string> list(const Json& json, const std::string& path,
                                const std::function<bool(std::string_view)>& valid,
                                std::string_view what) {
    std::vector<std::string> values;
    if (!json.is_array()) {
      fail(path, "must be a list");
      return values;
    }
    for (std::size_t i = 0; i < json.size(); ++i) {
      const std::string at = below(path, std::to_string(i));
      values.push_back(text(json[i], at));
      if (ok() && !valid(values.back())) fail(at, "is not " + std::string(what) + ": " + values[i]);
    }
    return values;
  }

  void fail(const std::string& path, const std::string& text) {
    if (!error_.empty()) return;
    // A missing or nested value is shown at the nearest line above it.
    std::string known = path;
    while (!known.empty() && document_.lines.count(known) == 0) known.erase(known.rfind('/'));
    const int line = known.empty() ? 1 : document_.lines.at(known);
    error_ = std::to_string(line) + ": " + (path.empty() ? "/" : path) + ": " + text;
  }
  bool ok() const { return error_.empty(); }
  const std::string& error() const { return error_; }

 private:
  const JsonLines& document_;
  const std::string base_;
  std::string error_;
};

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

void read_departments(Reader& read, const Json& json, const std::string& path, SiteConfig& site) {
  read.each(json, path, [&](const std::string& name, const Json& v, const std::string& p) {
    site.departments[name] = read.text(v, p);
  });
}

SiteConfig read_site(Reader& read, const Json& json, const std::string& path) {
  constexpr std::string_view kOrigin = "an origin such as https://www.example.org";
  SiteConfig site;
  const auto origins = [&](std::vector<std::string>& into) {
    return [&read, &into, kOrigin](const Json& v, const std::string& p) {
      into = read.list(v, p, is_origin, kOrigin);
    };
  };
  read.object(
      json, path,
      {{"allowed_origins", origins(site.allowed_origins)},
       {"picture_origins", origins(site.picture_origins)},
       {"snapshot_origin",
        [&](const Json& v, const std::string& p) {
          if (v.is_null()) return;
          site.snapshot_origin = read.text(v, p);
          if (read.ok() && !is_origin(site.snapshot_origin))
            read.fail(p, "is not " + std::string(kOrigin));
        }},
       {"public_keys", [&](const Json& v, const std::string& p) { read_keys(read, v, p, site); }},
       {"publisher_keys",
        [&](const Json& v, const std::string& p) {
          site.publisher_keys = read.list(v, p, is_hex64, "a SHA-256 as 64 lower-case hex digits");
        }},
       {"departments",
        [&](const Json& v, const std::string& p) { read_departments(read, v, p, site); }}},
      {"allowed_origins", "public_keys"});
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
               {"write_queue", count(config.store.write_queue, 1, 1'000'000)},
               {"rows_per_commit", count(config.store.rows_per_commit, 1, 10'000)}});
}

void read_listen(Reader& read, const Json& json, const std::string& path, Config& config) {
  read.object(
      json, path,
      {{"address", [&](const Json& v, const std::string& p) { config.address = read.text(v, p); }},
       {"port", [&](const Json& v, const std::string& p) {
          config.port = static_cast<std::uint16_t>(read.number(v, p, 0, 65'535));
        }}});
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
       {"sites", [&](const Json& v, const std::string& p) { read_sites(read, v, p, config); }},
       {"limits", [&](const Json& v, const std::string& p) { read_limits(read, v, p, config); }}},
      {"data", "web", "secret_file", "sites"});
  if (!read.ok()) return Error{Code::kMalformed, read.error()};
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
  struct stat about {};
  // lstat: a link could point to what somebody else may change.
  if (::lstat(file.c_str(), &about) != 0)
    return Error{Code::kNotFound, "secret_file " + file + ": " + std::strerror(errno)};
  if (!S_ISREG(about.st_mode))
    return Error{Code::kRefused, "secret_file " + file + " must be a regular file"};
  if ((about.st_mode & 077) != 0)
    return Error{Code::kRefused,
                 "secret_file " + file + " may be read by group or others; run: chmod 600 " + file};
  Result<std::string> secret = files::read_file(file, kMaxConfigBytes);
  if (!secret.ok()) return secret.error();
  while (!secret->empty() && (secret->back() == '\n' || secret->back() == '\r')) secret->pop_back();
  if (secret->size() < kMinSecret)
    return Error{Code::kMalformed, "secret_file " + file + " must hold at least " +
                                       std::to_string(kMinSecret) + " bytes"};
  return secret;
}

}  // namespace askus::config
