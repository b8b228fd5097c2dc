#include <nlohmann/json.hpp>

#include "shared/faq/dates.h"
#include "shared/faq/source.h"

namespace askus::faq {
namespace {

using nlohmann::ordered_json;

std::string colour(std::uint32_t rgb) {
  constexpr std::string_view kHex = "0123456789ABCDEF";
  std::string text = "#";
  for (int shift = 20; shift >= 0; shift -= 4) text += kHex[(rgb >> shift) & 15];
  return text;
}

const char* need(snapshot::Need value) {
  switch (value) {
    case snapshot::Need::kRequired:
      return "required";
    case snapshot::Need::kOptional:
      return "optional";
    case snapshot::Need::kOff:
      break;
  }
  return "off";
}

void add_texts(ordered_json& to, const char* key, const snapshot::LocalTexts& texts) {
  if (!texts.empty()) to[key] = texts;
}

}  // namespace

std::string write_settings(const snapshot::Settings& settings, std::uint32_t review_after_days) {
  ordered_json out{{"site", settings.site}};
  add_texts(out, "name", settings.name);
  if (!settings.languages.empty()) out["languages"] = settings.languages;
  add_texts(out, "title", settings.title);
  out["colours"] = {{"accent", colour(settings.accent)},
                    {"accent_dark", colour(settings.accent_dark)}};
  for (const snapshot::Category& category : settings.categories) {
    ordered_json one{{"id", category.id}};
    add_texts(one, "title", category.title);
    add_texts(one, "department", category.department);
    out["categories"].push_back(std::move(one));
  }
  out["kinds"] = settings.kinds;
  out["moods"] = settings.moods;
  out["contact"] = {{"name", need(settings.name_field)}, {"contact", need(settings.contact_field)}};
  if (!settings.consent_version.empty()) {
    out["consent"] = {{"version", settings.consent_version}, {"text", settings.consent_text}};
    if (!settings.policy_url.empty()) out["consent"]["policy"] = settings.policy_url;
  } else if (!settings.policy_url.empty()) {
    out["consent"] = {{"policy", settings.policy_url}};
  }
  add_texts(out, "hours", settings.hours);
  add_texts(out, "answer_time", settings.answer_time);
  if (settings.announcement)
    out["announcement"] = {{"from", format_time(settings.announcement->from)},
                           {"until", format_time(settings.announcement->until)},
                           {"text", settings.announcement->text}};
  if (!settings.most_asked.empty()) out["most_asked"] = settings.most_asked;
  if (review_after_days > 0) out["review_after_days"] = review_after_days;
  out["ask_first"] = settings.ask_first;
  return out.dump(2, ' ', false, ordered_json::error_handler_t::replace) + "\n";
}

}  // namespace askus::faq
