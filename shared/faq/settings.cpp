// site.json: what each key of docs/faq-format.md becomes.
#include <algorithm>
#include <functional>

#include "shared/faq/contrast.h"
#include "shared/faq/json_parse.h"
#include "shared/faq/settings_values.h"
#include "shared/faq/site_name.h"
#include "shared/faq/words.h"
#include "shared/request/request.h"
#include "shared/snapshot/limits.h"

namespace askus::faq {
namespace {

using nlohmann::json;

constexpr std::uint32_t kMaxReviewDays = 3'650;

struct Key {
  std::string name;
  std::function<void(const json& value, const std::string& path)> read;
};

// Gives each key of the object to its reader; unknown ones are findings.
void read_object(SettingsReader& reader, const json& value, const std::string& path,
                 const std::vector<Key>& keys) {
  if (!value.is_object()) return reader.wrong_type(path, value, "an object: {...}");
  std::vector<std::string> names;
  names.reserve(keys.size());
  for (const Key& key : keys) names.push_back(key.name);
  for (const auto& [name, entry] : value.items()) {
    const auto found = std::find(names.begin(), names.end(), name);
    if (found == names.end())
      reader.unknown_key(path, name, names);
    else if (!entry.is_null())
      keys[static_cast<std::size_t>(found - names.begin())].read(
          entry, path.empty() ? name : std::string(path).append(".").append(name));
  }
}

class Settings {
 public:
  explicit Settings(SettingsSource& out)
      : out_(out.settings), review_after_days_(out.review_after_days), reader_(out) {}
  void read(const json& value);

 private:
  void site(const json& value, const std::string& path);
  void languages(const json& value, const std::string& path);
  void categories(const json& value, const std::string& path);
  void category(const json& value, const std::string& path);
  void announcement(const json& value, const std::string& path);
  template <typename Known>
  std::vector<std::string> chosen(const json& value, const std::string& path, const Known& known);
  Key local(std::string name, snapshot::LocalTexts& to) {
    return {std::move(name), [this, &to](const json& value, const std::string& path) {
              to = reader_.local(value, path);
            }};
  }
  Key colour(std::string name, std::uint32_t& to, std::uint32_t ground) {
    return {std::move(name), [this, &to, ground](const json& value, const std::string& path) {
              if (const auto rgb = reader_.colour(value, path, ground)) to = *rgb;
            }};
  }
  Key need(std::string name, snapshot::Need& to) {
    return {std::move(name), [this, &to](const json& value, const std::string& path) {
              if (const auto need = reader_.need(value, path)) to = *need;
            }};
  }
  Key object(std::string name, std::vector<Key> keys) {
    return {std::move(name),
            [this, keys = std::move(keys)](const json& value, const std::string& path) {
              read_object(reader_, value, path, keys);
            }};
  }
  Key with(std::string name, void (Settings::*reader)(const json&, const std::string&)) {
    return {std::move(name), [this, reader](const json& value, const std::string& path) {
              (this->*reader)(value, path);
            }};
  }
  std::vector<Key> keys();

  snapshot::Settings& out_;
  std::uint32_t& review_after_days_;
  SettingsReader reader_;
};

void Settings::site(const json& value, const std::string& path) {
  const auto site = reader_.text(value, path, snapshot::kMaxId);
  if (site && is_site_name(*site))
    out_.site = *site;
  else if (site)
    reader_.report(Severity::kError, "bad-value", path, *site,
                   "the site's name in addresses: letters a-z, digits and hyphens, at most 63");
}

void Settings::languages(const json& value, const std::string& path) {
  for (const std::string& tag : reader_.list(value, path, snapshot::kMaxLanguages)) {
    if (is_language(tag)) {
      out_.languages.push_back(tag);
      continue;
    }
    const std::string meant = language_meant(tag);
    reader_.report(Severity::kError, "bad-language", path, tag,
                   meant.empty() ? "a language tag such as uk, ru or en"
                                 : "the tag of this language is \"" + meant + "\"");
  }
}

template <typename Known>
std::vector<std::string> Settings::chosen(const json& value, const std::string& path,
                                          const Known& known) {
  const std::vector<std::string> all(known.begin(), known.end());
  std::vector<std::string> result;
  for (const std::string& name : reader_.list(value, path, all.size())) {
    if (std::find(all.begin(), all.end(), name) == all.end())
      reader_.report(Severity::kError, "bad-value", path, name, "use some of " + list_of(all));
    else
      result.push_back(name);
  }
  return result;
}

void Settings::category(const json& value, const std::string& path) {
  snapshot::Category category;
  std::optional<std::string> id;
  read_object(
      reader_, value, path,
      {{"id", [&](const json& entry,
                  const std::string& at) { id = reader_.text(entry, at, snapshot::kMaxId); }},
       local("title", category.title),
       local("department", category.department)});
  if (!value.is_object()) return;
  category.id = id.value_or("");
  const auto same = [&](const snapshot::Category& other) { return other.id == category.id; };
  if (category.id.empty())
    reader_.report(Severity::kError, "missing-id", path + ".id", "", "give the category an id");
  else if (std::any_of(out_.categories.begin(), out_.categories.end(), same))
    reader_.report(Severity::kError, "duplicate-id", path + ".id", category.id,
                   "each category has an id of its own");
  else
    out_.categories.push_back(std::move(category));
}

void Settings::categories(const json& value, const std::string& path) {
  if (!value.is_array()) return reader_.wrong_type(path, value, "a list of objects: [{...}]");
  if (value.size() > snapshot::kMaxCategories)
    return reader_.report(Severity::kError, "too-many", path, std::to_string(value.size()),
                          "at most " + std::to_string(snapshot::kMaxCategories));
  for (std::size_t i = 0; i < value.size(); ++i)
    category(value[i], path + "[" + std::to_string(i) + "]");
}

void Settings::announcement(const json& value, const std::string& path) {
  snapshot::Announcement read;
  std::optional<std::uint64_t> from, until;
  read_object(
      reader_, value, path,
      {{"from", [&](const json& entry, const std::string& at) { from = reader_.time(entry, at); }},
       {"until",
        [&](const json& entry, const std::string& at) { until = reader_.time(entry, at); }},
       local("text", read.text)});
  if (!value.is_object()) return;
  if (!from || !until || *from >= *until)
    return reader_.report(Severity::kError, "bad-value", path, "",
                          "an announcement has a \"from\" and a later \"until\"");
  read.from = *from;
  read.until = *until;
  out_.announcement = std::move(read);
}

std::vector<Key> Settings::keys() {
  const auto text = [this](std::string& to) {
    return [this, &to](const json& value, const std::string& path) {
      to = reader_.text(value, path, snapshot::kMaxId).value_or("");
    };
  };
  return {with("site", &Settings::site),
          local("name", out_.name),
          with("languages", &Settings::languages),
          local("title", out_.title),
          object("colours", {colour("accent", out_.accent, kLightGround),
                             colour("accent_dark", out_.accent_dark, kDarkGround)}),
          with("categories", &Settings::categories),
          {"kinds",
           [this](const json& value, const std::string& path) {
             out_.kinds = chosen(value, path, request::kKinds);
             if (out_.kinds.empty())
               reader_.report(Severity::kError, "bad-value", path, "", "name one kind or more");
           }},
          {"moods",
           [this](const json& value, const std::string& path) {
             out_.moods = chosen(value, path, request::kMoods);
           }},
          object("contact", {need("name", out_.name_field), need("contact", out_.contact_field)}),
          object("consent", {{"version", text(out_.consent_version)},
                             local("text", out_.consent_text),
                             {"policy",
                              [this](const json& value, const std::string& path) {
                                out_.policy_url = reader_.https(value, path);
                              }}}),
          local("hours", out_.hours),
          local("answer_time", out_.answer_time),
          with("announcement", &Settings::announcement),
          {"most_asked",
           [this](const json& value, const std::string& path) {
             out_.most_asked = reader_.list(value, path, snapshot::kMaxMostAsked);
           }},
          {"review_after_days",
           [this](const json& value, const std::string& path) {
             if (value.is_number_unsigned() && value <= kMaxReviewDays)
               review_after_days_ = value.get<std::uint32_t>();
             else
               reader_.wrong_type(path, value, "a number of days, at most 3650; 0: never");
           }},
          {"ask_first", [this](const json& value, const std::string& path) {
             if (value.is_boolean())
               out_.ask_first = value.get<bool>();
             else
               reader_.wrong_type(path, value, "true or false");
           }}};
}

void Settings::read(const json& value) {
  read_object(reader_, value, "", keys());
  if (!value.is_object()) return;
  if (!value.contains("site"))
    reader_.report(Severity::kError, "missing-key", "site", "", "name the site");
  if (out_.consent_version.empty() != out_.consent_text.empty())
    reader_.report(Severity::kError, "bad-value", "consent", out_.consent_version,
                   "consent needs both a version and a text");
}

}  // namespace

SettingsSource parse_settings(std::string_view file, std::string_view bytes) {
  SettingsSource source;
  source.file = std::string(file);
  const ParsedJson parsed = parse_json(bytes);
  for (const JsonProblem& key : parsed.repeated)
    source.findings.push_back({Severity::kError, "repeated-key", source.file, key.line,
                               shorten(key.text), shorten(key.text), "keep one key of this name"});
  if (parsed.error)
    source.findings.push_back({Severity::kError, "bad-json", source.file, parsed.error->line, "",
                               shorten(parsed.error->text), "mend the JSON there"});
  else
    Settings(source).read(parsed.value);
  return source;
}

}  // namespace askus::faq
