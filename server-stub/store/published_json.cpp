#include "server-stub/store/published_json.h"

#include <nlohmann/json.hpp>

#include "server-stub/publish/manifest_json.h"

namespace askus::store {
namespace {

using Json = nlohmann::ordered_json;
constexpr int kFormat = 1;

}  // namespace

std::string published_to_json(const std::vector<Kept>& kept) {
  Json list = Json::array();
  for (const Kept& one : kept)
    list.push_back({{"manifest", Json::parse(publish::manifest_to_json(one.manifest))},
                    {"publisher", one.publisher},
                    {"at", one.at}});
  return Json{{"format", kFormat}, {"kept", list}}.dump(1) + "\n";
}

Result<std::vector<Kept>> published_from_json(std::string_view text) {
  const Json json = Json::parse(text, nullptr, false);
  if (!json.is_object() || json.value("format", Json()) != kFormat || !json.contains("kept") ||
      !json["kept"].is_array())
    return Error{Code::kMalformed, "is not of format " + std::to_string(kFormat)};
  std::vector<Kept> kept;
  for (const Json& one : json["kept"]) {
    if (!one.is_object()) return Error{Code::kMalformed, "\"kept\" must hold objects"};
    const Json manifest_json = one.value("manifest", Json());
    const Json publisher = one.value("publisher", Json()), at = one.value("at", Json());
    if (!publisher.is_string() || !at.is_string())
      return Error{Code::kMalformed, "\"publisher\" and \"at\" must be texts"};
    Result<snapshot::Manifest> manifest = publish::manifest_from_json(manifest_json.dump());
    if (!manifest.ok()) return manifest.error();
    kept.push_back({std::move(*manifest), publisher.get<std::string>(), at.get<std::string>()});
  }
  return kept;
}

}  // namespace askus::store
