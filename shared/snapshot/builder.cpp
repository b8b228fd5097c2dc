#include "shared/snapshot/builder.h"

#include <algorithm>
#include <array>
#include <span>

#include "shared/request/request.h"
#include "shared/snapshot/snapshot.h"

namespace askus::snapshot {
namespace {

using flatbuffers::Offset;

constexpr std::uint8_t kNoCategory = 255;

// Writes one FAQ. Indices are looked up once; the order of everything is fixed, so that equal FAQs
// give equal bytes.
class Writer {
 public:
  Writer(const Faq& faq, const Concepts& concepts) : faq_(faq), concepts_(concepts) {
    for (const Topic& topic : faq.topics) topics_.push_back(&topic);
    std::sort(topics_.begin(), topics_.end(),
              [](const Topic* a, const Topic* b) { return a->id < b->id; });
  }

  Result<std::string> write();

 private:
  int language(std::string_view tag) const { return position(faq_.settings.languages, tag); }

  std::uint8_t category(std::string_view id) const;
  template <typename List>
  static int position(const List& list, std::string_view value) {
    const auto found = std::find(list.begin(), list.end(), value);
    return found == list.end() ? -1 : static_cast<int>(found - list.begin());
  }
  template <typename Values>
  static std::uint8_t bits(const Values& all, const std::vector<std::string>& chosen) {
    unsigned mask = 0;
    for (std::size_t i = 0; i < all.size(); ++i) {
      if (position(chosen, all[i]) >= 0) mask |= 1u << i;
    }
    return static_cast<std::uint8_t>(mask);
  }

  Offset<flatbuffers::String> text(std::string_view value) {
    return out_.CreateSharedString(value.data(), value.size());
  }
  Offset<flatbuffers::Vector<Offset<flatbuffers::String>>> texts(
      const std::vector<std::string>& values);
  // An empty text is left out: the reader takes none for it.
  Offset<flatbuffers::String> text_if_any(std::string_view value) {
    return value.empty() ? Offset<flatbuffers::String>() : text(value);
  }
  Offset<flatbuffers::String> lines(const std::vector<std::string>& values);
  Offset<flatbuffers::Vector<Offset<fb::LocalText>>> local(const LocalTexts& values);
  void write_texts();
  Offset<fb::Version> version(const Topic& topic, const Version& version);
  Offset<fb::Topic> topic(const Topic& topic);
  Offset<fb::Settings> settings();
  Offset<fb::Announcement> announcement();

  const Faq& faq_;
  const Concepts& concepts_;
  std::vector<const Topic*> topics_;
  flatbuffers::FlatBufferBuilder out_{1u << 16};
};

Offset<flatbuffers::Vector<Offset<flatbuffers::String>>> Writer::texts(
    const std::vector<std::string>& values) {
  std::vector<Offset<flatbuffers::String>> offsets;
  offsets.reserve(values.size());
  for (const std::string& value : values) offsets.push_back(text(value));
  return out_.CreateVector(offsets);
}

// One line each; a line break within one becomes a space.
Offset<flatbuffers::String> Writer::lines(const std::vector<std::string>& values) {
  std::string joined;
  for (std::string value : values) {
    std::replace(value.begin(), value.end(), '\n', ' ');
    joined += (joined.empty() ? "" : "\n") + value;
  }
  return text_if_any(joined);
}

Offset<flatbuffers::Vector<Offset<fb::LocalText>>> Writer::local(const LocalTexts& values) {
  std::vector<Offset<fb::LocalText>> offsets;
  for (std::size_t i = 0; i < faq_.settings.languages.size(); ++i) {
    const auto found = values.find(faq_.settings.languages[i]);
    if (found != values.end())
      offsets.push_back(
          fb::CreateLocalText(out_, static_cast<std::uint8_t>(i), text(found->second)));
  }
  return out_.CreateVector(offsets);
}

// Nothing that writes stands among a call's arguments, whose order is the C++ compiler's choice:
// the same FAQ gives the same bytes natively and in the studio's wasm module.

// All texts before all tables, one language after the other: what is alike lies together, which
// compresses better (5 % of the demo's snapshot). The tables then share these strings.
void Writer::write_texts() {
  for (const std::string& language : faq_.settings.languages) {
    for (const Topic* entry : topics_) {
      for (const Version& version : entry->versions) {
        if (version.language != language) continue;
        text(version.answer);
        lines(version.phrasings);
        text(version.title);
        lines(version.tags);
        for (const Comment& comment : version.comments) text(comment.text);
      }
    }
  }
  for (const Topic* entry : topics_) {
    text(entry->id);
    for (const Version& version : entry->versions) {
      text_if_any(version.url);
      text_if_any(version.author);
      text_if_any(version.role);
    }
  }
}

Offset<fb::Version> Writer::version(const Topic& topic, const Version& version) {
  Offset<flatbuffers::Vector<Offset<fb::Comment>>> comments;
  std::vector<Offset<fb::Comment>> list;
  for (const Comment& comment : version.comments) {
    const auto picture = text_if_any(comment.picture);
    const auto words = text(comment.text), role = text(comment.role), author = text(comment.author);
    list.push_back(fb::CreateComment(out_, author, role, comment.date, words, picture));
  }
  if (!list.empty()) comments = out_.CreateVector(list);
  const auto url = text_if_any(version.url);
  Offset<flatbuffers::Vector<std::uint16_t>> about;
  if (const auto found = concepts_.of.find({topic.id, version.language});
      found != concepts_.of.end() && !found->second.empty())
    about = out_.CreateVector(found->second);
  const auto picture = text_if_any(version.picture);
  const auto role = text_if_any(version.role), author = text_if_any(version.author);
  const auto tags = lines(version.tags);
  const auto answer = text(version.answer);
  const auto phrasings = lines(version.phrasings);
  const auto title = text(version.title);
  return fb::CreateVersion(out_, static_cast<std::uint8_t>(language(version.language)), title,
                           phrasings, answer, comments, tags, author, role, version.updated, url,
                           about, picture);
}

std::uint8_t Writer::category(std::string_view id) const {
  const auto& all = faq_.settings.categories;
  const auto found =
      std::find_if(all.begin(), all.end(), [id](const Category& c) { return c.id == id; });
  return found == all.end() ? kNoCategory : static_cast<std::uint8_t>(found - all.begin());
}

Offset<fb::Topic> Writer::topic(const Topic& topic) {
  std::vector<const Version*> sorted;
  sorted.reserve(topic.versions.size());
  for (const Version& entry : topic.versions) sorted.push_back(&entry);
  std::sort(sorted.begin(), sorted.end(), [this](const Version* a, const Version* b) {
    return language(a->language) < language(b->language);
  });
  std::vector<Offset<fb::Version>> versions;
  versions.reserve(sorted.size());
  for (const Version* entry : sorted) versions.push_back(version(topic, *entry));
  const auto list = out_.CreateVector(versions);
  const auto id = text(topic.id);
  return fb::CreateTopic(out_, id, category(topic.category), list);
}

Offset<fb::Announcement> Writer::announcement() {
  if (!faq_.settings.announcement) return 0;
  const Announcement& value = *faq_.settings.announcement;
  return fb::CreateAnnouncement(out_, value.from, value.until, local(value.text));
}

Offset<fb::Settings> Writer::settings() {
  const Settings& s = faq_.settings;
  std::vector<Offset<fb::Category>> categories;
  for (const Category& category : s.categories) {
    const auto department = local(category.department);
    const auto category_title = local(category.title);
    const auto id = text(category.id);
    categories.push_back(fb::CreateCategory(out_, id, category_title, department));
  }
  std::vector<std::uint32_t> most_asked;
  for (const std::string& id : s.most_asked) {
    const auto found = std::find_if(topics_.begin(), topics_.end(),
                                    [&id](const Topic* topic) { return topic->id == id; });
    if (found != topics_.end())
      most_asked.push_back(static_cast<std::uint32_t>(found - topics_.begin()));
  }
  const auto name = local(s.name);
  const auto title = local(s.title);
  const auto list = out_.CreateVector(categories);
  const auto consent_version = text(s.consent_version);
  const auto consent_text = local(s.consent_text);
  const auto policy = text(s.policy_url);
  const auto hours = local(s.hours);
  const auto answer_time = local(s.answer_time);
  const auto notice = announcement();
  const auto asked = out_.CreateVector(most_asked);
  return fb::CreateSettings(out_, name, title, s.accent, s.accent_dark, list,
                            bits(request::kKinds, s.kinds), bits(request::kMoods, s.moods),
                            static_cast<fb::Need>(s.name_field),
                            static_cast<fb::Need>(s.contact_field), consent_version, consent_text,
                            policy, hours, answer_time, notice, asked, s.ask_first);
}

Result<std::string> Writer::write() {
  if (faq_.settings.categories.size() > kMaxCategories)
    return Error{Code::kTooLarge, "there are more than 200 categories"};
  for (const Topic* entry : topics_) {
    if (!entry->category.empty() && category(entry->category) == kNoCategory)
      return Error{Code::kMalformed, "topic " + entry->id + " is in the category \"" +
                                         entry->category + "\", which the site does not name"};
    for (const Version& version : entry->versions) {
      if (language(version.language) < 0)
        return Error{Code::kMalformed, "topic " + entry->id + " has a version in the language \"" +
                                           version.language + "\", which the site does not name"};
    }
  }
  write_texts();
  std::vector<Offset<fb::Topic>> topics;
  for (const Topic* entry : topics_) topics.push_back(topic(*entry));
  const auto topic_list = out_.CreateVector(topics);
  const auto site_settings = settings();
  const auto languages = texts(faq_.settings.languages);
  Offset<fb::Concepts> lexicon;
  if (concepts_.count > 0) {
    const auto strengths = out_.CreateVector(concepts_.strengths);
    const auto ids = out_.CreateVector(concepts_.ids);
    const auto counts = out_.CreateVector(concepts_.counts);
    const auto words = out_.CreateVector(concepts_.words);
    lexicon = fb::CreateConcepts(out_, concepts_.count, concepts_.hash_bits, words, counts, ids,
                                 strengths);
  }
  const auto site = text(faq_.settings.site);
  const auto root =
      fb::CreateSnapshot(out_, kFormat, site, languages, site_settings, topic_list, lexicon);
  fb::FinishSnapshotBuffer(out_, root);
  const std::span<const std::uint8_t> bytes(out_.GetBufferPointer(), out_.GetSize());
  // What does not read back is never written: the visitor's reader has the last word.
  if (auto opened = Snapshot::open(bytes); !opened) return opened.error();
  return std::string(bytes.begin(), bytes.end());
}

}  // namespace

Result<std::string> build(const Faq& faq, const Concepts& concepts) {
  return Writer(faq, concepts).write();
}

}  // namespace askus::snapshot
