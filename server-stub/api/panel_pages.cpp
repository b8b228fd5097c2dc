#include "server-stub/api/panel_pages.h"

#include <algorithm>
#include <array>
#include <memory>
#include <nlohmann/json.hpp>

#include "server-stub/api/html.h"
#include "server-stub/files/files.h"
#include "server-stub/publish/signature.h"
#include "server-stub/store/compress.h"

namespace askus::api {
namespace {

using Json = nlohmann::ordered_json;

constexpr std::size_t kMaxTemplate = 256u << 10;
constexpr std::size_t kTagDigits = 32;
constexpr std::string_view kEnglish = "en";
constexpr std::string_view kDefaultTitle = "Ask us!";
constexpr std::array<std::string_view, 7> kSlots{"lang", "title",    "style", "script",
                                                 "core", "manifest", "config"};
constexpr std::array<std::string_view, 7> kPageAssets{
    "core",        "skin",        "skin_script",    "verify_script",
    "work_script", "more_script", "pictures_script"};
constexpr std::string_view kMoreTexts = "more_texts";
constexpr std::array<std::string_view, 4> kNeededAssets{"core", "panel_script", "panel_style",
                                                        "verify_script"};

// JSON that cannot end the script element it stands in.
std::string for_script(std::string json) {
  for (std::size_t at = 0; (at = json.find('<', at)) != std::string::npos; at += 6)
    json.replace(at, 1, "\\u003c");
  return json;
}

std::string_view primary(std::string_view tag) {
  return tag.substr(0, tag.find('-'));
}

std::vector<std::string> split_languages(std::string_view wanted) {
  std::vector<std::string> tags;
  while (!wanted.empty()) {
    const std::size_t end = std::min(wanted.find_first_of(" ,"), wanted.size());
    if (end > 0) tags.emplace_back(wanted.substr(0, end));
    wanted.remove_prefix(std::min(wanted.size(), end + 1));
  }
  return tags;
}

std::vector<std::string> site_languages(const store::Published* published) {
  std::vector<std::string> tags;
  if (published != nullptr)
    for (const auto* tag : *published->snapshot.root().languages())
      tags.emplace_back(snapshot::view(tag));
  return tags;
}

std::string site_title(const store::Published* published, const std::string& language) {
  if (published == nullptr) return std::string(kDefaultTitle);
  const snapshot::Snapshot& s = published->snapshot;
  const std::string_view title = s.text(*s.settings().title(), s.language(language));
  return std::string(title.empty() ? kDefaultTitle : title);
}

Error in_file(const std::string& file, const std::string& text) {
  return {Code::kMalformed, file + ": " + text};
}

}  // namespace

std::string source_list(const std::vector<std::string>& sources) {
  std::string text;
  for (const std::string& source : sources) text += " " + source;
  return text;
}

std::string content_security_policy(const config::SiteConfig& site,
                                    const std::vector<std::string>& parents) {
  const std::string snapshots = site.snapshot_origin.empty() ? "" : " " + site.snapshot_origin;
  const std::string framed = parents.empty() ? " 'none'" : source_list(parents);
  return "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; style-src 'self'; "
         "img-src 'self' data: blob:" +
         source_list(site.picture_origins) + "; connect-src 'self'" + snapshots +
         "; base-uri 'none'; form-action 'none'; frame-ancestors" + framed;
}

Result<std::unique_ptr<PanelPages>> PanelPages::load(const std::string& web) {
  auto pages = std::make_unique<PanelPages>();
  const std::string list = web + "/assets.json", page = web + "/panel.html";
  Result<std::string> text = files::read_file(list, kMaxTemplate);
  if (!text.ok()) return text.error();
  const Json assets = Json::parse(*text, nullptr, false);
  if (!assets.is_object()) return in_file(list, "is not a JSON object");
  for (const auto& [name, path] : assets.items())
    if (path.is_string()) pages->assets_[name] = "/" + path.get<std::string>();
  for (const std::string_view name : kNeededAssets)
    if (pages->assets_.count(std::string(name)) == 0)
      return in_file(list, "\"" + std::string(name) + "\" is missing");
  if (!assets.contains("texts") || !assets["texts"].is_object() || assets["texts"].empty())
    return in_file(list, "\"texts\" is missing or empty");
  if (const auto more = assets.find(kMoreTexts); more != assets.end() && more->is_object())
    for (const auto& [language, path] : more->items())
      if (path.is_string()) pages->more_texts_[language] = "/" + path.get<std::string>();
  for (const auto& [language, path] : assets["texts"].items()) {
    if (!path.is_string()) return in_file(list, "texts/" + language + " is not a path");
    Result<std::string> texts = files::read_file(web + "/" + path.get<std::string>(), kMaxTemplate);
    if (!texts.ok()) return texts.error();
    const Json parsed = Json::parse(*texts, nullptr, false);
    if (parsed.is_discarded()) return in_file(path.get<std::string>(), "is not JSON");
    pages->texts_[language] = parsed.dump();
  }

  text = files::read_file(page, kMaxTemplate);
  if (!text.ok()) return text.error();
  std::string_view rest = *text;
  for (std::size_t open = rest.find("{{"); open != std::string_view::npos; open = rest.find("{{")) {
    const std::size_t close = rest.find("}}", open);
    const std::string slot(rest.substr(open + 2, close - open - 2));
    if (close == std::string_view::npos ||
        std::find(kSlots.begin(), kSlots.end(), slot) == kSlots.end())
      return in_file(page, "has an unknown placeholder {{" + slot.substr(0, 20));
    pages->template_.push_back({std::string(rest.substr(0, open)), slot});
    rest.remove_prefix(close + 2);
  }
  pages->template_.push_back({std::string(rest), ""});
  return pages;
}

std::string PanelPages::choose_language(std::string_view wanted,
                                        const std::vector<std::string>& site_languages) const {
  std::vector<std::string> tags = split_languages(wanted);
  tags.insert(tags.end(), site_languages.begin(), site_languages.end());
  tags.emplace_back(kEnglish);
  for (const std::string& tag : tags)
    for (const auto& [language, texts] : texts_)
      if (http::same_name(tag, language) || http::same_name(primary(tag), language))
        return language;
  return texts_.begin()->first;
}

Json PanelPages::config_json(const std::string& site, const config::SiteConfig& config,
                             const std::string& language) const {
  const std::string base = "/v1/sites/" + site;
  Json json{{"site", site}, {"lang", language}, {"languages", Json::array()}};
  for (const auto& [tag, texts] : texts_) json["languages"].push_back(tag);
  json["keys"] = Json::array();
  for (const publish::PublicKey& key : config.public_keys)
    json["keys"].push_back({{"x", key.x}, {"y", key.y}});
  json["manifest"] = base + "/manifest.json";
  json["snapshots"] = config.snapshot_origin + base + "/snapshots/";
  json["requests"] = base + "/requests";
  json["origins"] = config.allowed_origins;
  json["pictures"] = config.picture_origins;
  json["keep_queries"] = config.keep_queries;
  json["assets"] = Json::object();
  for (const std::string_view name : kPageAssets)
    if (const auto asset = assets_.find(std::string(name)); asset != assets_.end())
      json["assets"][asset->first] = asset->second;
  if (const auto more = more_texts_.find(language); more != more_texts_.end())
    json["assets"][std::string(kMoreTexts)] = more->second;
  json["texts"] = Json::parse(texts_.at(language));
  return json;
}

std::map<std::string, std::string> PanelPages::values(const std::string& site,
                                                      const store::Published* published,
                                                      const std::string& language) const {
  return {{"lang", escape_html(language)},
          {"title", escape_html(site_title(published, language))},
          {"style", escape_html(assets_.at("panel_style"))},
          {"script", escape_html(assets_.at("panel_script"))},
          {"core", escape_html(assets_.at("core"))},
          {"manifest", escape_html("/v1/sites/" + site + "/manifest.json")}};
}

std::string PanelPages::write(const std::map<std::string, std::string>& values) const {
  std::string html;
  for (const Piece& piece : template_) {
    html += piece.text;
    if (!piece.slot.empty()) html += values.at(piece.slot);
  }
  return html;
}

std::string PanelPages::language_of(std::string_view wanted,
                                    const store::Published* published) const {
  return choose_language(wanted, site_languages(published));
}

std::string PanelPages::social_page(const std::string& site, const config::SiteConfig& config,
                                    const store::Published* published, const std::string& language,
                                    const Json& social, std::string_view script) const {
  Json json = config_json(site, config, language);
  json["origins"] = Json::array();  // no page of the site's is around it
  json["social"] = social;
  std::map<std::string, std::string> slots = values(site, published, language);
  slots["config"] = for_script(json.dump(-1, ' ', false, Json::error_handler_t::replace));
  std::string html = write(slots);
  // The form without JavaScript has its address beside the panel's own.
  constexpr std::string_view kBeside = "href=\"ask?";
  for (std::size_t at = 0; (at = html.find(kBeside, at)) != std::string::npos;)
    html.insert(at + kBeside.find("ask"), "/sites/" + site + "/");
  // First of all scripts: the network waits for its answer.
  const std::size_t head = html.find("<script");
  html.insert(std::min(head, html.size()),
              "<script type=\"module\" src=\"" + escape_html(script) + "\"></script>\n");
  return html;
}

http::File PanelPages::page(const std::string& site, const config::SiteConfig& config,
                            const store::Published* published, std::string_view wanted) {
  const std::uint64_t version = published == nullptr ? 0 : published->manifest.version;
  const std::string language = language_of(wanted, published);
  const std::string key = site + " " + language;
  const std::lock_guard lock(mutex_);
  Cached& cached = cache_[key];
  if (cached.file.identity != nullptr && cached.version == version) return cached.file;

  std::map<std::string, std::string> slots = values(site, published, language);
  slots["config"] = for_script(config_json(site, config, language).dump());
  const std::string html = write(slots);
  http::File file;
  file.etag = publish::sha256_hex(html).substr(0, kTagDigits);
  file.type = "text/html; charset=utf-8";
  file.cache = "no-cache";
  store::Variants variants = store::compress(html);
  file.identity = std::move(variants.identity);
  file.br = std::move(variants.br);
  file.gz = std::move(variants.gz);
  cached = {version, file};
  return file;
}

}  // namespace askus::api
