// Typed reading of site.json's values; each wrong one is a finding at its path.
#pragma once

#include <nlohmann/json.hpp>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "shared/faq/source.h"

namespace askus::faq {

class SettingsReader {
 public:
  // Findings go to `out`, which must outlive the reader.
  explicit SettingsReader(SettingsSource& out) : out_(out) {}

  void report(Severity severity, std::string rule, std::string_view path, std::string_view found,
              std::string remedy);
  void wrong_type(std::string_view path, const nlohmann::json& value, std::string remedy);

  // The text, trimmed and normalised; nothing when it is no text or too long.
  std::optional<std::string> text(const nlohmann::json& value, std::string_view path,
                                  std::size_t limit);
  // {"uk": "...", "en": "..."}; languages are checked later, against the whole FAQ.
  snapshot::LocalTexts local(const nlohmann::json& value, std::string_view path);
  // A list of texts without repetitions.
  std::vector<std::string> list(const nlohmann::json& value, std::string_view path,
                                std::size_t limit);
  // "#1F5FD6".
  // One that stands out on the panel's `ground`.
  std::optional<std::uint32_t> colour(const nlohmann::json& value, std::string_view path,
                                      std::uint32_t ground);
  std::optional<snapshot::Need> need(const nlohmann::json& value, std::string_view path);
  // An RFC 3339 time or a date, as Unix seconds.
  std::optional<std::uint64_t> time(const nlohmann::json& value, std::string_view path);
  std::string https(const nlohmann::json& value, std::string_view path);

  // Reports an unknown key: as the operator's when it is one of those, else with the nearest of
  // `known`.
  void unknown_key(std::string_view path, const std::string& key,
                   const std::vector<std::string>& known);

 private:
  SettingsSource& out_;
};

// Whether `tag` is a language tag in the form the project uses: "uk", "pt-BR"; not
// "ua", which is no language.
bool is_language(std::string_view tag);
// What people write for a language, as a tag: "ua" is "uk", "eng" is "en"; empty: no idea.
std::string language_meant(std::string_view text);

}  // namespace askus::faq
