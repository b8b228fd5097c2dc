#include "server-stub/api/social_texts.h"

#include <array>
#include <nlohmann/json.hpp>

#include "server-stub/api/html.h"
#include "server-stub/files/files.h"

namespace askus::api {
namespace {

using Json = nlohmann::json;

constexpr std::size_t kMaxFile = 256u << 10;
constexpr std::array<std::string_view, 10> kNeeded{
    "open_vk_title", "open_vk",        "open_facebook_title", "open_facebook", "admin_title",
    "admin_vk",      "admin_facebook", "erased_title",        "erased",        "erased_unknown"};

Error in_file(const std::string& file, const std::string& text) {
  return {Code::kMalformed, file + ": " + text};
}

Result<Json> read_json(const std::string& file) {
  const Result<std::string> text = files::read_file(file, kMaxFile);
  if (!text.ok()) return text.error();
  Json json = Json::parse(*text, nullptr, false);
  if (!json.is_object() || json.empty()) return in_file(file, "is not a JSON object");
  return json;
}

}  // namespace

Result<std::unique_ptr<SocialTexts>> SocialTexts::load(const std::string& web) {
  const std::string list = web + "/assets.json";
  const Result<Json> assets = read_json(list);
  if (!assets.ok()) return assets.error();
  if (!assets->contains("social_texts")) return std::unique_ptr<SocialTexts>();
  for (const char* name : {"social_texts", "social_script", "form_style"})
    if (!assets->value(name, Json()).is_string())
      return in_file(list, "\"" + std::string(name) + "\" must be a path");
  auto social = std::make_unique<SocialTexts>();
  social->style_ = "/" + (*assets)["form_style"].get<std::string>();
  social->script_ = "/" + (*assets)["social_script"].get<std::string>();
  const std::string file = web + "/" + (*assets)["social_texts"].get<std::string>();
  const Result<Json> languages = read_json(file);
  if (!languages.ok()) return languages.error();
  for (const auto& [language, texts] : languages->items())
    for (const std::string_view name : kNeeded) {
      const Json found = texts.is_object() ? texts.value(std::string(name), Json()) : Json();
      if (!found.is_string())
        return in_file(file, language + "/" + std::string(name) + " is missing");
      social->texts_[language][std::string(name)] = found.get<std::string>();
    }
  return social;
}

const std::string& SocialTexts::text(std::string_view language, std::string_view name) const {
  auto texts = texts_.find(language);
  if (texts == texts_.end()) texts = texts_.find("en");
  if (texts == texts_.end()) texts = texts_.begin();
  return texts->second.find(name)->second;
}

std::string SocialTexts::page(std::string_view language, std::string_view title,
                              std::string_view text) const {
  return html_page(language, style_, title, "<p>" + escape_html(text) + "</p>");
}

}  // namespace askus::api
