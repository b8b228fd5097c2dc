#include <algorithm>
#include <map>

#include "shared/faq/check.h"

namespace askus::faq {
namespace {

using snapshot::Settings;
using snapshot::Topic;
using snapshot::Version;

template <typename Value>
using Named = std::map<std::string, const Value*>;

Named<Version> by_language(const Topic& topic) {
  Named<Version> versions;
  for (const Version& version : topic.versions) versions[version.language] = &version;
  return versions;
}

void compare_versions(const Version& older, const Version& newer, std::vector<std::string>& what) {
  const auto note = [&](bool same, const char* name) {
    if (!same) what.push_back(newer.language + "." + name);
  };
  note(older.title == newer.title, "title");
  note(older.phrasings == newer.phrasings, "phrasings");
  note(older.answer == newer.answer, "answer");
  note(older.comments == newer.comments, "comments");
  note(older.tags == newer.tags, "tags");
  note(older.author == newer.author, "author");
  note(older.role == newer.role, "role");
  note(older.updated == newer.updated, "updated");
  note(older.url == newer.url, "url");
  note(older.picture == newer.picture, "picture");
}

std::vector<std::string> compare_topics(const Topic& older, const Topic& newer) {
  std::vector<std::string> what;
  if (older.category != newer.category) what.push_back("category");
  const Named<Version> before = by_language(older);
  const Named<Version> after = by_language(newer);
  for (const auto& [language, version] : after) {
    const auto found = before.find(language);
    if (found == before.end())
      what.push_back(language);
    else
      compare_versions(*found->second, *version, what);
  }
  for (const auto& [language, version] : before) {
    if (!after.contains(language)) what.push_back(language);
  }
  return what;
}

std::vector<std::string> compare_settings(const Settings& older, const Settings& newer) {
  std::vector<std::string> names;
  const auto note = [&](bool same, const char* name) {
    if (!same) names.emplace_back(name);
  };
  note(older.site == newer.site, "site");
  note(older.languages == newer.languages, "languages");
  note(older.name == newer.name, "name");
  note(older.title == newer.title, "title");
  note(older.accent == newer.accent && older.accent_dark == newer.accent_dark, "colours");
  note(older.categories == newer.categories, "categories");
  note(older.kinds == newer.kinds, "kinds");
  note(older.moods == newer.moods, "moods");
  note(older.name_field == newer.name_field && older.contact_field == newer.contact_field,
       "contact");
  note(older.consent_version == newer.consent_version && older.consent_text == newer.consent_text &&
           older.policy_url == newer.policy_url,
       "consent");
  note(older.hours == newer.hours, "hours");
  note(older.answer_time == newer.answer_time, "answer_time");
  note(older.announcement == newer.announcement, "announcement");
  note(older.most_asked == newer.most_asked, "most_asked");
  note(older.ask_first == newer.ask_first, "ask_first");
  return names;
}

Named<Topic> by_id(const snapshot::Faq& faq) {
  Named<Topic> topics;
  for (const Topic& topic : faq.topics) topics[topic.id] = &topic;
  return topics;
}

}  // namespace

Diff diff(const snapshot::Faq& older, const snapshot::Faq& newer) {
  Diff result;
  const Named<Topic> before = by_id(older);
  const Named<Topic> after = by_id(newer);
  for (const auto& [id, topic] : after) {
    const auto found = before.find(id);
    if (found == before.end()) {
      result.added.push_back(id);
    } else if (auto what = compare_topics(*found->second, *topic); !what.empty()) {
      result.changed.push_back({id, std::move(what)});
    }
  }
  for (const auto& [id, topic] : before) {
    if (!after.contains(id)) result.gone.push_back(id);
  }
  result.settings = compare_settings(older.settings, newer.settings);
  return result;
}

}  // namespace askus::faq
