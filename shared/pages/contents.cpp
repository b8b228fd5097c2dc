#include "shared/pages/contents.h"

#include <algorithm>
#include <tuple>

#include "shared/pages/slug.h"
#include "shared/pages/texts.h"
#include "shared/text/fold.h"
#include "shared/text/utf8.h"

namespace askus::pages {
namespace {

constexpr std::uint32_t kNone = 0xFFFFFFFF;
constexpr std::uint8_t kNoCategory = 255;  // of snapshot.fbs

const snapshot::fb::Version* version_in(const snapshot::fb::Topic& topic, std::int32_t language) {
  for (const auto* version : *topic.versions())
    if (version->language() == language) return version;
  return nullptr;
}

std::int32_t category_of(const snapshot::fb::Topic& topic) {
  return topic.category() == kNoCategory ? -1 : topic.category();
}

std::string address(std::string_view folder, std::string_view title, std::string_view language,
                    std::string_view id) {
  std::string path(folder);
  path += slug(title, language);
  path += kBeforeId;
  path += path_of_id(id);
  return path += '/';
}

// Whether it can stand in an address and in a file's name; the reader of snapshots does not ask.
bool is_tag(std::string_view tag) {
  constexpr std::string_view kPlain =
      "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-";
  return !tag.empty() && tag.find_first_not_of(kPlain) == tag.npos;
}

// What titles are sorted by: their folded letters.
std::u32string sort_key(std::string_view title) {
  std::u32string key;
  for (std::size_t at = 0; at < title.size();)
    if (const char32_t code = text::fold(text::next(title, at));
        text::is_letter(code) || code == ' ')
      key += code;
  return key;
}

std::string category_title(const snapshot::Snapshot& snapshot, const Language& language,
                           std::int32_t category) {
  const auto& categories = *snapshot.settings().categories();
  if (category < 0) {
    const Texts& texts = texts_of(language.tag);
    return std::string(categories.size() == 0 ? texts.all_questions : texts.other_questions);
  }
  const auto& found = *categories.Get(static_cast<std::uint32_t>(category));
  const std::string_view title = snapshot.text(*found.title(), language.index);
  return std::string(title.empty() ? snapshot::view(found.id()) : title);
}

}  // namespace

Contents::Contents(const snapshot::Snapshot& snapshot) : snapshot_(snapshot) {
  for (std::uint32_t topic = 0; topic < snapshot_.topic_count(); ++topic)
    topics_[path_of_id(snapshot::view(snapshot_.topic(topic).id()))] = topic;
  const auto& categories = *snapshot_.settings().categories();
  for (std::uint32_t i = 0; i < categories.size(); ++i)
    categories_[path_of_id(snapshot::view(categories.Get(i)->id()))] = static_cast<std::int32_t>(i);
  categories_[""] = -1;
  for (std::uint32_t i = 0; i < snapshot_.root().languages()->size(); ++i)
    add_language(static_cast<std::int32_t>(i));
}

void Contents::add_language(std::int32_t index) {
  Language language;
  language.index = index;
  language.tag =
      snapshot::view(snapshot_.root().languages()->Get(static_cast<std::uint32_t>(index)));
  if (!is_tag(language.tag)) return;
  language.path = language.tag + "/";
  for (std::uint32_t topic = 0; topic < snapshot_.topic_count(); ++topic) {
    const auto* version = version_in(snapshot_.topic(topic), index);
    if (version == nullptr) continue;
    Entry& entry = language.entries.emplace_back();
    entry.topic = topic;
    entry.version = version;
    entry.path = address(language.path, entry.title(), language.tag,
                         snapshot::view(snapshot_.topic(topic).id()));
  }
  if (language.entries.empty()) return;
  const auto& asked = *snapshot_.settings().most_asked();
  for (const std::uint32_t topic : asked)
    if (const Entry* found = entry(language, topic))
      language.most_asked.push_back(static_cast<std::uint32_t>(found - language.entries.data()));
  add_groups(language);
  languages_.push_back(std::move(language));
}

void Contents::add_groups(Language& language) const {
  const auto& categories = *snapshot_.settings().categories();
  // By category, the last of none.
  std::vector<std::vector<std::uint32_t>> members(categories.size() + 1);
  for (std::uint32_t i = 0; i < language.entries.size(); ++i) {
    const std::int32_t category = category_of(snapshot_.topic(language.entries[i].topic));
    members[category < 0 ? categories.size() : static_cast<std::uint32_t>(category)].push_back(i);
  }
  for (std::uint32_t i = 0; i < members.size(); ++i) {
    if (members[i].empty()) continue;
    Group group;
    group.category = i == categories.size() ? -1 : static_cast<std::int32_t>(i);
    group.title = category_title(snapshot_, language, group.category);
    group.entries = std::move(members[i]);
    group.path = address(language.path + "c/", group.title, language.tag,
                         group.category < 0 ? "" : snapshot::view(categories.Get(i)->id()));
    for (const std::uint32_t entry : group.entries)
      language.entries[entry].group = static_cast<std::uint32_t>(language.groups.size());
    language.groups.push_back(std::move(group));
  }
  place(language);
}

void Contents::place(Language& language) const {
  using Key = std::tuple<std::uint32_t, std::u32string, std::uint32_t>;
  std::vector<std::uint32_t> rank(language.entries.size(), kNone);
  for (std::uint32_t i = 0; i < language.most_asked.size(); ++i) rank[language.most_asked[i]] = i;
  for (Group& group : language.groups) {
    std::vector<Key> keys;
    for (const std::uint32_t entry : group.entries)
      keys.emplace_back(rank[entry], sort_key(language.entries[entry].title()), entry);
    std::sort(keys.begin(), keys.end());
    std::transform(keys.begin(), keys.end(), group.entries.begin(),
                   [](const Key& key) { return std::get<2>(key); });
  }
}

const Language* Contents::language(std::string_view tag) const {
  for (const Language& language : languages_)
    if (language.tag == tag) return &language;
  return nullptr;
}

const Entry* Contents::entry(const Language& language, std::uint32_t topic) const {
  const auto found = std::lower_bound(
      language.entries.begin(), language.entries.end(), topic,
      [](const Entry& entry, std::uint32_t wanted) { return entry.topic < wanted; });
  return found != language.entries.end() && found->topic == topic ? &*found : nullptr;
}

const Entry* Contents::entry_of_id(const Language& language, std::string_view path_of_id) const {
  const auto found = topics_.find(std::string(path_of_id));
  return found == topics_.end() ? nullptr : entry(language, found->second);
}

const Group* Contents::group_of_id(const Language& language, std::string_view path_of_id) const {
  const auto found = categories_.find(std::string(path_of_id));
  return found == categories_.end() ? nullptr : group(language, found->second);
}

const Group* Contents::group(const Language& language, std::int32_t category) const {
  for (const Group& group : language.groups)
    if (group.category == category) return &group;
  return nullptr;
}

}  // namespace askus::pages
