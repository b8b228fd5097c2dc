#include "server-stub/config/init.h"

#include <botan/hex.h>
#include <botan/system_rng.h>

#include <filesystem>
#include <nlohmann/json.hpp>

#include "server-stub/config/config.h"
#include "server-stub/files/files.h"

namespace askus::config {
namespace {

using Json = nlohmann::ordered_json;
constexpr std::size_t kSecretBytes = 32;

std::string absolute(const std::string& path) {
  std::error_code error;
  return std::filesystem::absolute(path, error).lexically_normal().string();
}

std::string fresh_secret() {
  return Botan::hex_encode(Botan::system_rng().random_vec(kSecretBytes), false);
}

// The file's secret without its line end; made when the file is missing.
Result<std::string> secret_in(const std::string& file) {
  if (std::filesystem::exists(file)) return load_secret(file);
  const std::string secret = fresh_secret();
  if (Status status = files::write_durably(file, secret + "\n", files::kForOwner); !status.ok())
    return status.error();
  return secret;
}

Result<Json> public_key(const std::string& file) {
  Result<std::string> text = files::read_file(file, kMaxConfigBytes);
  if (!text.ok()) return text.error();
  const Json json = Json::parse(*text, nullptr, false);
  if (!json.is_object() || !json.contains("x") || !json.contains("y"))
    return Error{Code::kMalformed, file + " is not {\"x\", \"y\"} as askus-faq keygen prints it"};
  return Json{{"x", json["x"]}, {"y", json["y"]}};
}

}  // namespace

Status init(const InitOptions& options) {
  if (!options.force && std::filesystem::exists(options.config_file))
    return Error{Code::kConflict, options.config_file + " exists; --force replaces it"};
  Result<Json> key = public_key(options.public_key_file);
  if (!key.ok()) return key.error();
  const std::string data = absolute(options.data), secret_file = data + "/secret";
  if (Status status = files::make_folder(data, files::kFolderForOwner); !status.ok()) return status;
  if (Result<std::string> secret = secret_in(secret_file); !secret.ok()) return secret.error();
  Result<std::string> token = secret_in(options.publisher_token_file);
  if (!token.ok()) return token.error();

  std::vector<std::string> origins = options.origins;
  if (origins.empty())
    for (const std::string_view host : {"localhost", "127.0.0.1"})
      origins.push_back("http://" + std::string(host) + ":" + std::to_string(options.port));
  Json json{{"listen", {{"address", options.address}, {"port", options.port}}},
            {"data", data},
            {"web", absolute(options.web)},
            {"secret_file", secret_file},
            {"threads", 2}};
  if (!options.site_root.empty()) json["site_root"] = absolute(options.site_root);
  json["sites"][options.site] = {{"allowed_origins", origins},
                                 {"picture_origins", Json::array()},
                                 {"snapshot_origin", nullptr},
                                 {"public_keys", Json::array({*key})},
                                 {"publisher_keys", {publish::sha256_hex(*token)}},
                                 {"departments", Json::object()}};
  if (!options.signing_key_file.empty())
    json["sites"][options.site]["signing_key_file"] = absolute(options.signing_key_file);
  // On one's own machine it is known where the pages for search engines are.
  if (options.origins.empty())
    json["sites"][options.site]["help_pages"] = {
        {"base", origins.front() + "/help/" + options.site + "/"}};
  const std::string text = json.dump(2) + "\n";
  // What is written must be what load() accepts.
  if (Result<Config> checked = parse(text, data); !checked.ok()) return checked.error();
  return files::write_durably(options.config_file, text);
}

}  // namespace askus::config
