#include "server-stub/publish/client.h"

#include <nlohmann/json.hpp>

#include "server-stub/publish/http_client.h"
#include "server-stub/publish/manifest_json.h"
#include "server-stub/publish/publication.h"

namespace askus::publish {
namespace {

using nlohmann::json;

std::string site_url(const Server& server, std::string_view site, std::string_view what) {
  std::string base = server.url;
  while (base.ends_with('/')) base.pop_back();
  return base + "/v1/sites/" + std::string(site) + "/" + std::string(what);
}

Code code_of(unsigned status) {
  switch (status) {
    case 404:
      return Code::kNotFound;
    case 409:
      return Code::kConflict;
    case 413:
      return Code::kTooLarge;
    default:
      return status >= 400 && status < 500 ? Code::kRefused : Code::kUnavailable;
  }
}

// The problem's own words (RFC 9457), or at least its status.
Error error_of(const Answer& answer) {
  const json problem = json::parse(answer.body, nullptr, false);
  std::string text = "the server answered " + std::to_string(answer.status);
  for (const char* key : {"type", "title", "detail"}) {
    if (problem.is_object() && problem.contains(key) && problem[key].is_string())
      text += (std::string_view(key) == "detail" ? ": " : " ") + problem[key].get<std::string>();
  }
  return {code_of(answer.status), std::move(text)};
}

Result<std::string> call(const Exchange& request) {
  auto answer = exchange(request);
  if (!answer) return answer.error();
  if (answer->status < 200 || answer->status > 299) return error_of(*answer);
  return std::move(answer->body);
}

Result<Kept> kept_from(const json& value) {
  const auto number = [&](const char* key) {
    return value.contains(key) && value[key].is_number_unsigned();
  };
  const auto text = [&](const char* key) { return value.contains(key) && value[key].is_string(); };
  if (!value.is_object() || !number("version") || !number("length") || !text("issued_at") ||
      !text("sha256") || !value.contains("current") || !value["current"].is_boolean())
    return Error{Code::kMalformed, "the server's list of snapshots is not understood"};
  return Kept{value["version"].get<std::uint64_t>(), value["issued_at"].get<std::string>(),
              value["sha256"].get<std::string>(), value["length"].get<std::uint64_t>(),
              value["current"].get<bool>()};
}

}  // namespace

Result<std::uint64_t> current_version(const Server& server, std::string_view site) {
  auto body = call({"GET", site_url(server, site, "manifest.json"), "", "", ""});
  if (!body) {
    // Before the first publish there is none; an unknown site is told by the publication itself.
    if (body.error().code == Code::kNotFound) return std::uint64_t{0};
    return body.error();
  }
  auto manifest = manifest_from_json(*body);
  if (!manifest) return manifest.error();
  return manifest->version;
}

Result<std::vector<Kept>> kept_snapshots(const Server& server, std::string_view site) {
  auto body = call({"GET", site_url(server, site, "snapshots"), server.token, "", ""});
  if (!body) return body.error();
  const json list = json::parse(*body, nullptr, false);
  if (!list.is_array())
    return Error{Code::kMalformed, "the server's list of snapshots is not understood"};
  std::vector<Kept> kept;
  for (const json& value : list) {
    auto one = kept_from(value);
    if (!one) return one.error();
    kept.push_back(std::move(*one));
  }
  return kept;
}

Result<std::string> gaps(const Server& server, std::string_view site, std::string_view from,
                         std::string_view to) {
  const std::string what = "gaps?from=" + std::string(from) + "&to=" + std::string(to);
  return call({"GET", site_url(server, site, what), server.token, "", ""});
}

Status publish(const Server& server, const snapshot::Manifest& manifest, std::string_view bytes) {
  const auto done = call({"POST", site_url(server, manifest.site, "snapshots"), server.token,
                          "application/vnd.askus.publication", join_publication(manifest, bytes)});
  return done ? Status() : Status(done.error());
}

Status roll_back(const Server& server, const snapshot::Manifest& manifest) {
  const auto done = call({"POST", site_url(server, manifest.site, "rollback"), server.token,
                          "application/json", manifest_to_json(manifest)});
  return done ? Status() : Status(done.error());
}

}  // namespace askus::publish
