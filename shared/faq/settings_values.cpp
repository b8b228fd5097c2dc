#include "shared/faq/settings_values.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>

#include "shared/faq/contrast.h"
#include "shared/faq/dates.h"
#include "shared/faq/links.h"
#include "shared/faq/words.h"
#include "shared/snapshot/limits.h"

namespace askus::faq {
namespace {

using nlohmann::json;

// What only the operator of the server may set, and what people call it.
constexpr std::array<std::string_view, 20> kOperatorKeys{
    "origins", "allowed_origins", "picture_origins", "snapshot_origins", "snapshot_origin",
    "secret",  "secrets",         "token",           "tokens",           "key",
    "keys",    "private_key",     "public_keys",     "password",         "address",
    "email",   "addresses",       "emails",          "departments",      "database"};

struct Meant {
  std::string_view written, tag;
};
constexpr std::array<Meant, 12> kMeant{{{"ua", "uk"},
                                        {"ukr", "uk"},
                                        {"укр", "uk"},
                                        {"українська", "uk"},
                                        {"ukrainian", "uk"},
                                        {"rus", "ru"},
                                        {"рус", "ru"},
                                        {"русский", "ru"},
                                        {"russian", "ru"},
                                        {"eng", "en"},
                                        {"англ", "en"},
                                        {"english", "en"}}};

std::string shown(const json& value) {
  return value.is_string() ? value.get<std::string>()
                           : value.dump(-1, ' ', false, json::error_handler_t::replace);
}

bool only(std::string_view text, std::string_view letters) {
  return text.find_first_not_of(letters) == std::string_view::npos;
}

}  // namespace

bool is_language(std::string_view tag) {
  constexpr std::string_view kLower = "abcdefghijklmnopqrstuvwxyz";
  constexpr std::string_view kAny =
      "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789";
  const std::string_view primary = tag.substr(0, tag.find('-'));
  if (primary.size() < 2 || primary.size() > 3 || !only(primary, kLower)) return false;
  if (std::any_of(kMeant.begin(), kMeant.end(),
                  [&](const Meant& m) { return m.written == primary; }))
    return false;
  for (std::string_view rest = tag.substr(primary.size()); !rest.empty();) {
    rest.remove_prefix(1);
    const std::string_view part = rest.substr(0, rest.find('-'));
    if (part.size() < 2 || part.size() > 8 || !only(part, kAny)) return false;
    rest.remove_prefix(part.size());
  }
  return true;
}

std::string language_meant(std::string_view text) {
  const std::string key = same_text_key(text);
  for (const Meant& meant : kMeant) {
    if (key == meant.written) return std::string(meant.tag);
  }
  const std::string small = lower(text);
  return small != text && is_language(small) ? small : std::string();
}

void SettingsReader::report(Severity severity, std::string rule, std::string_view path,
                            std::string_view found, std::string remedy) {
  out_.findings.push_back({severity, std::move(rule), out_.file, 0, std::string(path),
                           shorten(found), std::move(remedy)});
}

void SettingsReader::wrong_type(std::string_view path, const json& value, std::string remedy) {
  report(Severity::kError, "wrong-type", path, shown(value), std::move(remedy));
}

std::optional<std::string> SettingsReader::text(const json& value, std::string_view path,
                                                std::size_t limit) {
  if (!value.is_string()) {
    wrong_type(path, value, "a text in quotes");
    return {};
  }
  std::string result = normalise(trim(value.get_ref<const std::string&>()));
  if (result.find('\0') != std::string::npos) {
    report(Severity::kError, "control-character", path, "U+0000", "delete the invisible character");
    return {};
  }
  if (result.size() > limit) {
    report(Severity::kError, "too-long", path, result,
           "it has " + std::to_string(result.size()) + " bytes; at most " + std::to_string(limit) +
               " fit");
    return {};
  }
  return result;
}

snapshot::LocalTexts SettingsReader::local(const json& value, std::string_view path) {
  snapshot::LocalTexts texts;
  if (!value.is_object()) {
    wrong_type(path, value, "a text for each language: {\"uk\": \"...\", \"en\": \"...\"}");
    return texts;
  }
  for (const auto& [language, entry] : value.items()) {
    const auto read = text(entry, std::string(path) + "." + language, snapshot::kMaxSettingText);
    if (read && !read->empty()) texts[language] = *read;
  }
  return texts;
}

std::vector<std::string> SettingsReader::list(const json& value, std::string_view path,
                                              std::size_t limit) {
  std::vector<std::string> texts;
  if (!value.is_array()) {
    wrong_type(path, value, "a list of texts: [\"...\", \"...\"]");
    return texts;
  }
  for (const json& entry : value) {
    const auto read = text(entry, path, snapshot::kMaxId);
    if (!read) continue;
    if (std::find(texts.begin(), texts.end(), *read) != texts.end())
      report(Severity::kWarning, "repeated-value", path, *read, "name it once");
    else
      texts.push_back(*read);
  }
  if (texts.size() > limit) {
    report(Severity::kError, "too-many", path, std::to_string(texts.size()),
           "at most " + std::to_string(limit));
    texts.resize(limit);
  }
  return texts;
}

std::optional<std::uint32_t> SettingsReader::colour(const json& value, std::string_view path,
                                                    std::uint32_t ground) {
  const std::string text = value.is_string() ? value.get<std::string>() : std::string();
  std::uint32_t rgb = 0;
  if (text.size() == 7 && text[0] == '#') {
    const auto [end, error] = std::from_chars(text.data() + 1, text.data() + 7, rgb, 16);
    if (error == std::errc() && end == text.data() + 7) {
      const double tenths = std::floor(contrast(rgb, ground) * 10);
      if (tenths >= kLeastContrast * 10) return rgb;
      std::string ratio = std::to_string(static_cast<int>(tenths));
      ratio.insert(ratio.size() - 1, ".");
      const std::string_view where = ground == kLightGround ? "light" : "dark";
      report(Severity::kError, "weak-contrast", path, shown(value),
             "frames and the focus are hardly seen on the " + std::string(where) +
                 " panel: " + ratio + " to 1, at least 3 is needed; take a " +
                 (ground == kLightGround ? "darker" : "lighter") + " one");
      return {};
    }
  }
  report(Severity::kError, "bad-colour", path, shown(value), "write it as #1F5FD6");
  return {};
}

std::optional<snapshot::Need> SettingsReader::need(const json& value, std::string_view path) {
  constexpr std::string_view kNeeds[] = {"off", "optional", "required"};
  const auto* const found = std::find(std::begin(kNeeds), std::end(kNeeds),
                                      value.is_string() ? value.get<std::string>() : "");
  if (found != std::end(kNeeds)) return static_cast<snapshot::Need>(found - kNeeds);
  report(Severity::kError, "bad-value", path, shown(value), "one of required, optional, off");
  return {};
}

std::optional<std::uint64_t> SettingsReader::time(const json& value, std::string_view path) {
  constexpr std::uint64_t kDay = 86'400;
  const std::string text = value.is_string() ? value.get<std::string>() : std::string();
  if (const auto seconds = parse_time(text)) return seconds;
  if (const auto days = parse_date(text)) return *days * kDay;
  report(Severity::kError, "bad-date", path, shown(value),
         "a time such as 2026-05-31T08:00:00+03:00, or a date");
  return {};
}

std::string SettingsReader::https(const json& value, std::string_view path) {
  const auto address = text(value, path, snapshot::kMaxUrl);
  if (!address || address->empty()) return {};
  if (address->starts_with("https://") && is_https_address(*address)) return *address;
  report(Severity::kError, "bad-link", path, *address, "a full address that begins with https://");
  return {};
}

void SettingsReader::unknown_key(std::string_view path, const std::string& key,
                                 const std::vector<std::string>& known) {
  const std::string where = path.empty() ? key : std::string(path) + "." + key;
  if (std::find(kOperatorKeys.begin(), kOperatorKeys.end(), lower(key)) != kOperatorKeys.end()) {
    report(Severity::kError, "operator-only", where, key,
           "this is the operator's: it belongs in the server's configuration, not in a file that "
           "every visitor downloads");
    return;
  }
  const std::string like = nearest(key, known);
  report(Severity::kWarning, "unknown-key", where, key,
         like.empty() ? "it is not read; the keys are " + list_of(known, known.size())
                      : "it is not read; did you mean \"" + like + "\"?");
}

}  // namespace askus::faq
