// A FAQ as the compiler holds it: what the source formats are parsed into and the builder reads.
// Plain values, owned by whoever holds them; limits.h bounds them, shared/faq/check.h checks them.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace askus::snapshot {

using LocalTexts = std::map<std::string, std::string>;  // language tag -> text

struct Comment {
  std::string author, role, text;
  std::uint32_t date = 0;    // days since 1970-01-01, 0: unknown
  std::string picture = {};  // of the author, an https address or empty
  bool operator==(const Comment&) const = default;
};

struct Version {
  std::string language, title, answer, author, role, url, picture;
  std::vector<std::string> phrasings, tags;
  std::vector<Comment> comments;
  std::uint32_t updated = 0;  // days since 1970-01-01, 0: unknown
  bool operator==(const Version&) const = default;
};

struct Topic {
  std::string id, category;  // category: an id of Settings::categories, or empty
  std::vector<Version> versions;
  bool operator==(const Topic&) const = default;
};

struct Category {
  std::string id;
  LocalTexts title, department;
  bool operator==(const Category&) const = default;
};

struct Announcement {
  std::uint64_t from = 0, until = 0;  // Unix seconds
  LocalTexts text;
  bool operator==(const Announcement&) const = default;
};

enum class Need : std::uint8_t { kOff, kOptional, kRequired };

// site.json. The defaults are a usable site of their own.
struct Settings {
  std::string site = "demo";
  std::vector<std::string> languages;  // the site's first language first
  LocalTexts name, title;
  std::uint32_t accent = 0x1F5FD6, accent_dark = 0x7AA7FF;  // 0xRRGGBB
  std::vector<Category> categories;
  std::vector<std::string> kinds{"question", "problem", "idea", "thanks"};
  std::vector<std::string> moods{"happy", "indifferent", "upset"};
  Need name_field = Need::kOptional, contact_field = Need::kRequired;
  std::string consent_version, policy_url;
  LocalTexts consent_text, hours, answer_time;
  std::optional<Announcement> announcement;
  std::vector<std::string> most_asked;  // topic ids
  bool ask_first = true;
  bool operator==(const Settings&) const = default;
};

// The part of the concept lexicon that a FAQ needs, as the snapshot holds it (snapshot.fbs).
struct Concepts {
  std::uint16_t count = 0;
  std::uint8_t hash_bits = 0;
  std::vector<std::uint8_t> words, counts, ids, strengths;
  // By topic id and language: what each version is about.
  std::map<std::pair<std::string, std::string>, std::vector<std::uint16_t>> of;
  bool operator==(const Concepts&) const = default;
};

struct Faq {
  Settings settings;
  std::vector<Topic> topics;
  bool operator==(const Faq&) const = default;
};

}  // namespace askus::snapshot
