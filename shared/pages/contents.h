// A snapshot put in the order of its pages: which there are, what each is called and where it is.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "shared/snapshot/snapshot.h"

namespace askus::pages {

// One language of a topic.
struct Entry {
  std::uint32_t topic = 0;  // index in the snapshot
  std::uint32_t group = 0;  // index in Language::groups
  const snapshot::fb::Version* version = nullptr;
  std::string path;  // relative to the base, "uk/chy-bezkoshtovna-dostavka--delivery/"
  std::string_view title() const { return snapshot::view(version->title()); }
};

// A category in one language, with at least one topic; the last one may be of what is in none.
struct Group {
  std::int32_t category = -1;          // index in the settings; -1: none
  std::string title, path;             // "uk/c/dostavka--delivery/"
  std::vector<std::uint32_t> entries;  // most asked first, then by title
};

struct Language {
  std::int32_t index = 0;                 // in the snapshot
  std::string tag, path;                  // "uk/"
  std::vector<Entry> entries;             // by topic
  std::vector<Group> groups;              // as the settings have their categories
  std::vector<std::uint32_t> most_asked;  // entries, as the settings have them
};

// Borrows the snapshot. Immutable; may be read from several threads.
class Contents {
 public:
  explicit Contents(const snapshot::Snapshot& snapshot);

  const snapshot::Snapshot& snapshot() const { return snapshot_; }
  // Those with topics, the site's first one first.
  const std::vector<Language>& languages() const { return languages_; }
  const Language* language(std::string_view tag) const;

  // A topic's entry in that language; null when it has none.
  const Entry* entry(const Language& language, std::uint32_t topic) const;
  // By the part of an address behind the slug (slug.h).
  const Entry* entry_of_id(const Language& language, std::string_view path_of_id) const;
  const Group* group_of_id(const Language& language, std::string_view path_of_id) const;
  // The same category in another language; null when it has no topic there.
  const Group* group(const Language& language, std::int32_t category) const;

 private:
  void add_language(std::int32_t index);
  void add_groups(Language& language) const;
  void place(Language& language) const;

  const snapshot::Snapshot snapshot_;
  std::unordered_map<std::string, std::uint32_t> topics_;     // by path_of_id
  std::unordered_map<std::string, std::int32_t> categories_;  // by path_of_id; "" is none
  std::vector<Language> languages_;
};

}  // namespace askus::pages
