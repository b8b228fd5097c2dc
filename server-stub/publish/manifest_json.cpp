#include "server-stub/publish/manifest_json.h"

#include <algorithm>
#include <array>
#include <nlohmann/json.hpp>

#include "server-stub/publish/publication.h"
#include "shared/faq/dates.h"
#include "shared/faq/site_name.h"
#include "shared/snapshot/limits.h"

namespace askus::publish {
namespace {

using nlohmann::json;

constexpr std::array<std::string_view, 8> kKeys{"format",      "site",   "version", "issued_at",
                                                "fresh_until", "length", "sha256",  "signature"};
constexpr std::size_t kTimeSize = 20;  // 2026-05-31T08:00:00Z
constexpr std::size_t kHashSize = 64;
constexpr std::size_t kSignatureSize = 86;
constexpr std::string_view kHex = "0123456789abcdef";
constexpr std::string_view kBase64Url =
    "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";

Error malformed(std::string_view key, std::string_view wanted) {
  return {Code::kMalformed,
          "the manifest's \"" + std::string(key) + "\" must be " + std::string(wanted)};
}

// Exactly the known keys, each once; nlohmann's own parser would keep the last of a repeated key.
Status read_object(std::string_view text, json& value) {
  std::vector<std::string> seen;
  const auto note = [&](int depth, json::parse_event_t event, const json& key) {
    if (event == json::parse_event_t::key && depth == 1) seen.push_back(key.get<std::string>());
    return true;
  };
  value = json::parse(text, note, false);
  if (value.is_discarded() || !value.is_object())
    return Error{Code::kMalformed, "the manifest is not a JSON object"};
  for (const std::string_view key : kKeys) {
    const auto times = std::count(seen.begin(), seen.end(), key);
    if (times != 1) return malformed(key, times == 0 ? "there" : "there once only");
  }
  for (const std::string& key : seen) {
    if (std::find(kKeys.begin(), kKeys.end(), key) == kKeys.end())
      return malformed(key, "left out: the key is unknown");
  }
  return {};
}

Status read_number(const json& value, std::string_view key, std::uint64_t limit,
                   std::uint64_t& to) {
  const json& number = value.at(std::string(key));
  if (!number.is_number_unsigned() || number.get<std::uint64_t>() == 0 ||
      number.get<std::uint64_t>() > limit)
    return malformed(key, "a whole number from 1 to " + std::to_string(limit));
  to = number.get<std::uint64_t>();
  return {};
}

Status read_text(const json& value, std::string_view key, std::size_t size,
                 std::string_view letters, std::string_view wanted, std::string& to) {
  const json& text = value.at(std::string(key));
  if (!text.is_string()) return malformed(key, wanted);
  to = text.get<std::string>();
  if (to.size() != size || to.find_first_not_of(letters) != std::string::npos)
    return malformed(key, wanted);
  return {};
}

Status read_time(const json& value, std::string_view key, std::string& to) {
  constexpr std::string_view kWanted = "a time such as 2026-05-31T08:00:00Z";
  if (auto read = read_text(value, key, kTimeSize, "0123456789-T:Z", kWanted, to); !read)
    return read;
  const auto seconds = parse_time(to);
  if (!seconds || format_time(*seconds) != to) return malformed(key, kWanted);
  return {};
}

Status read_site(const json& value, std::string& to) {
  const json& site = value.at("site");
  if (!site.is_string() || !is_site_name(site.get<std::string>()))
    return malformed("site", "1 to 63 of a-z, 0-9 and -, not beginning with -");
  to = site.get<std::string>();
  return {};
}

Status read_fields(const json& value, snapshot::Manifest& to) {
  if (auto read = read_site(value, to.site); !read) return read;
  if (auto read = read_number(value, "version", kMaxVersion, to.version); !read) return read;
  if (auto read = read_time(value, "issued_at", to.issued_at); !read) return read;
  if (auto read = read_time(value, "fresh_until", to.fresh_until); !read) return read;
  if (to.fresh_until < to.issued_at) return malformed("fresh_until", "not before issued_at");
  if (auto read = read_number(value, "length", snapshot::kMaxSnapshotBytes, to.length); !read)
    return read;
  if (auto read =
          read_text(value, "sha256", kHashSize, kHex, "64 lower-case hex digits", to.sha256);
      !read)
    return read;
  return read_text(value, "signature", kSignatureSize, kBase64Url,
                   "64 bytes in base64url without padding", to.signature);
}

}  // namespace

Result<snapshot::Manifest> manifest_from_json(std::string_view text) {
  if (text.size() > kMaxManifestBytes)
    return Error{Code::kTooLarge,
                 "the manifest is longer than " + std::to_string(kMaxManifestBytes) + " bytes"};
  json value;
  const Status object = read_object(text, value);
  if (value.is_object() && value.contains("format") && value["format"].is_number_unsigned() &&
      value["format"].get<std::uint64_t>() > snapshot::kManifestFormat)
    return Error{Code::kUnsupported, "the manifest has format " + value["format"].dump() +
                                         ", known is " + std::to_string(snapshot::kManifestFormat)};
  if (!object) return object.error();
  snapshot::Manifest manifest;
  std::uint64_t format = 0;
  if (auto read = read_number(value, "format", snapshot::kManifestFormat, format); !read)
    return read.error();
  if (auto read = read_fields(value, manifest); !read) return read.error();
  return manifest;
}

std::string manifest_to_json(const snapshot::Manifest& manifest) {
  const nlohmann::ordered_json value{
      {"format", manifest.format},           {"site", manifest.site},
      {"version", manifest.version},         {"issued_at", manifest.issued_at},
      {"fresh_until", manifest.fresh_until}, {"length", manifest.length},
      {"sha256", manifest.sha256},           {"signature", manifest.signature}};
  return value.dump(-1, ' ', false, nlohmann::ordered_json::error_handler_t::replace);
}

}  // namespace askus::publish
