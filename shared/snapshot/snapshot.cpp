#include "shared/snapshot/snapshot.h"

#include <string>

#include "shared/text/utf8.h"

namespace askus::snapshot {
namespace {

using LocalTextList = flatbuffers::Vector<flatbuffers::Offset<fb::LocalText>>;
using StringList = flatbuffers::Vector<flatbuffers::Offset<flatbuffers::String>>;

// Gathers the first thing that is wrong; every check after it is skipped.
class Checker {
 public:
  bool failed() const { return failed_; }
  Error take() { return std::move(error_); }

  bool require(bool holds, Code code, std::string_view where, std::string_view what) {
    if (!holds && !failed_) {
      failed_ = true;
      error_ = {code, "snapshot refused: " + std::string(where) + " " + std::string(what)};
    }
    return !failed_;
  }
  bool require(bool holds, std::string_view where, std::string_view what) {
    return require(holds, Code::kMalformed, where, what);
  }
  // Offsets may be shared: a small file must not make its reader walk the same bytes for ever.
  bool walk(std::size_t bytes) {
    walked_ += bytes;
    return require(walked_ <= kMaxSnapshotBytes, Code::kTooLarge, "the texts",
                   "are longer than a snapshot may be");
  }
  bool text(const flatbuffers::String* value, std::size_t limit, std::string_view where) {
    if (value == nullptr) return true;  // an optional text
    return walk(value->size()) &&
           require(value->size() <= limit, Code::kTooLarge, where, "is over its limit") &&
           require(text::is_utf8(view(value)), where, "is not valid UTF-8");
  }
  bool lines(const flatbuffers::String* list, std::size_t count, std::size_t limit,
             std::string_view where) {
    if (!text(list, count * (limit + 1), where)) return false;
    std::size_t lines = 0;
    for_each_line(view(list), [&](std::string_view line) {
      ++lines;
      require(!line.empty() && line.size() <= limit, Code::kTooLarge, where,
              "has an entry that is empty or over its limit");
    });
    return require(lines <= count, Code::kTooLarge, where, "has too many entries");
  }
  bool texts(const StringList* list, std::size_t count, std::size_t limit, std::string_view where) {
    if (!require(list->size() <= count, Code::kTooLarge, where, "has too many entries"))
      return false;
    for (const auto* value : *list) {
      if (!text(value, limit, where)) return false;
    }
    return true;
  }
  bool local(const LocalTextList* list, std::uint32_t languages, std::string_view where) {
    std::int32_t previous = -1;
    for (const fb::LocalText* entry : *list) {
      if (!require(entry->language() < languages && entry->language() > previous, where,
                   "has a repeated or unknown language") ||
          !text(entry->text(), kMaxSettingText, where))
        return false;
      previous = entry->language();
    }
    return true;
  }

 private:
  bool failed_ = false;
  std::size_t walked_ = 0;  // bytes of texts and marks seen so far
  Error error_;
};

bool is_https(std::string_view url) {
  return url.empty() || url.starts_with("https://");
}

void check_address(Checker& check, const flatbuffers::String* address, std::string_view where) {
  check.text(address, kMaxUrl, where);
  check.require(is_https(view(address)), where, "is not https");
}

void check_version(Checker& check, const fb::Version& version, std::uint32_t languages) {
  check.require(version.language() < languages, "a version's language", "is out of range");
  check.text(version.title(), kMaxTitle, "a title");
  check.lines(version.phrasings(), kMaxPhrasings, kMaxPhrasing, "phrasings");
  check.text(version.answer(), kMaxAnswer, "an answer");
  check.lines(version.tags(), kMaxTags, kMaxTag, "tags");
  check.text(version.author(), kMaxPerson, "an author");
  check.text(version.role(), kMaxPerson, "a role");
  check_address(check, version.url(), "a url");
  check_address(check, version.picture(), "an author's picture");
  if (version.comments() == nullptr) return;
  check.require(version.comments()->size() <= kMaxComments, Code::kTooLarge, "comments",
                "are too many");
  if (check.failed()) return;
  for (const fb::Comment* comment : *version.comments()) {
    check.text(comment->author(), kMaxPerson, "a comment's author");
    check.text(comment->role(), kMaxPerson, "a comment's role");
    check.text(comment->text(), kMaxComment, "a comment");
    check_address(check, comment->picture(), "a comment's picture");
  }
}

// Whether `bytes` are `count` numbers of seven bits a byte, each below `limit`; `rising`: they are
// distances, each but the first above 0, and their sum is below the limit.
bool are_numbers(const flatbuffers::Vector<std::uint8_t>& bytes, std::size_t count,
                 std::uint64_t limit, bool rising) {
  std::uint64_t value = 0, sum = 0;
  unsigned shift = 0;
  std::size_t found = 0;
  for (const std::uint8_t byte : bytes) {
    value |= static_cast<std::uint64_t>(byte & 0x7Fu) << shift;
    shift += 7;
    if (byte >= 0x80) {
      if (shift > 21) return false;
      continue;
    }
    if (rising && value == 0 && found > 0) return false;
    sum = rising ? sum + value : value;
    if (sum >= limit) return false;
    ++found;
    value = shift = 0;
  }
  return shift == 0 && found == count;
}

void check_concepts(Checker& check, const fb::Concepts& concepts) {
  check.require(
      concepts.count() <= kMaxConcepts && concepts.hash_bits() >= 8 && concepts.hash_bits() <= 24,
      "the concepts", "are out of range");
  if (check.failed()) return;
  std::size_t signs = 0;
  bool in_range = true;
  for (const std::uint8_t count : *concepts.counts()) {
    signs += count;
    in_range = in_range && count != 0;
  }
  for (const std::uint8_t strength : *concepts.strengths())
    in_range = in_range && strength >= 1 && strength <= 15;
  check.require(in_range && signs == concepts.strengths()->size() &&
                    are_numbers(*concepts.words(), concepts.counts()->size(),
                                1ull << concepts.hash_bits(), true) &&
                    are_numbers(*concepts.ids(), signs, concepts.count(), false),
                "the concepts' words", "are malformed");
}

// What a version is about: rising numbers of concepts, each with a weight.
void check_marks(Checker& check, const fb::Version& version, std::uint32_t concepts) {
  if (version.concepts() == nullptr ||
      !check.walk(sizeof(std::uint16_t) * version.concepts()->size()))
    return;
  std::int32_t last = -1;
  for (const std::uint16_t mark : *version.concepts()) {
    const std::int32_t id = mark >> 4;
    check.require(id > last && static_cast<std::uint32_t>(id) < concepts && (mark & 15) != 0,
                  "a version's concepts", "are out of range");
    last = id;
  }
}

void check_topics(Checker& check, const fb::Snapshot& root) {
  const std::uint32_t concepts = root.concepts() == nullptr ? 0u : root.concepts()->count();
  const std::uint32_t languages = root.languages()->size();
  const std::uint32_t categories = root.settings()->categories()->size();
  check.require(root.topics()->size() <= kMaxTopics, Code::kTooLarge, "the number of topics",
                "is over its limit");
  std::string_view previous;
  for (const fb::Topic* topic : *root.topics()) {
    if (check.failed()) return;
    check.text(topic->id(), kMaxId, "a topic's id");
    check.require(view(topic->id()) > previous, "topics", "are not sorted by unique id");
    previous = view(topic->id());
    check.require(topic->category() == 255 || topic->category() < categories, "a topic's category",
                  "is out of range");
    check.require(topic->versions()->size() > 0, "a topic", "has no version");
    std::int32_t language = -1;
    for (const fb::Version* version : *topic->versions()) {
      if (check.failed()) return;
      check.require(version->language() > language, "versions", "are not sorted by language");
      language = version->language();
      check_version(check, *version, languages);
      check_marks(check, *version, concepts);
    }
  }
}

void check_settings(Checker& check, const fb::Snapshot& root) {
  const fb::Settings& settings = *root.settings();
  const std::uint32_t languages = root.languages()->size();
  check.local(settings.name(), languages, "the site's name");
  check.local(settings.title(), languages, "the panel's title");
  check.local(settings.consent_text(), languages, "the consent text");
  check.local(settings.hours(), languages, "the opening hours");
  check.local(settings.answer_time(), languages, "the answer time");
  check.text(settings.consent_version(), kMaxId, "the consent version");
  check.text(settings.policy_url(), kMaxUrl, "the policy link");
  check.require(is_https(view(settings.policy_url())), "the policy link", "is not https");
  check.require(settings.kinds() != 0 && settings.kinds() < 16, "kinds", "are out of range");
  check.require(settings.moods() < 8, "moods", "are out of range");
  check.require(settings.name_field() <= fb::Need::MAX && settings.contact_field() <= fb::Need::MAX,
                "a contact field", "is out of range");
  check.require(settings.accent() <= 0xFFFFFF && settings.accent_dark() <= 0xFFFFFF, "a colour",
                "is out of range");
  check.require(settings.categories()->size() <= kMaxCategories, Code::kTooLarge, "categories",
                "are too many");
  check.require(settings.most_asked()->size() <= kMaxMostAsked, Code::kTooLarge,
                "most asked topics", "are too many");
  if (check.failed()) return;
  for (const fb::Category* category : *settings.categories()) {
    check.text(category->id(), kMaxId, "a category's id");
    check.local(category->title(), languages, "a category's title");
    check.local(category->department(), languages, "a department");
  }
  for (const std::uint32_t index : *settings.most_asked())
    check.require(index < root.topics()->size(), "a most asked topic", "is out of range");
  if (const fb::Announcement* announcement = settings.announcement()) {
    check.require(announcement->from() < announcement->until(), "the announcement",
                  "ends before it starts");
    check.local(announcement->text(), languages, "the announcement");
  }
}

void check_root(Checker& check, const fb::Snapshot& root) {
  check.require(root.format() == kFormat, Code::kUnsupported, "the format",
                "is not the one this version reads");
  check.text(root.site(), kMaxId, "the site");
  check.require(root.languages()->size() > 0 && root.languages()->size() <= kMaxLanguages,
                "the number of languages", "is out of range");
  check.texts(root.languages(), kMaxLanguages, kMaxId, "languages");
}

}  // namespace

Result<Snapshot> Snapshot::open(std::span<const std::uint8_t> bytes) {
  if (bytes.size() > kMaxSnapshotBytes)
    return Error{Code::kTooLarge, "snapshot refused: it is larger than 64 MiB"};
  // Shorter than a root offset and an identifier: nothing to look at.
  if (bytes.size() < 2 * sizeof(flatbuffers::uoffset_t) + flatbuffers::kFileIdentifierLength ||
      !fb::SnapshotBufferHasIdentifier(bytes.data()))
    return Error{Code::kMalformed, "snapshot refused: this is not a snapshot file"};
  flatbuffers::Verifier verifier(bytes.data(), bytes.size(), kMaxDepth, kMaxTables);
  if (!fb::VerifySnapshotBuffer(verifier))
    return Error{Code::kMalformed, "snapshot refused: the file is damaged or cut off"};
  const fb::Snapshot* root = fb::GetSnapshot(bytes.data());
  Checker check;
  check_root(check, *root);
  if (!check.failed()) check_settings(check, *root);
  if (!check.failed() && root->concepts() != nullptr) check_concepts(check, *root->concepts());
  if (!check.failed()) check_topics(check, *root);
  if (check.failed()) return check.take();
  return Snapshot(root);
}

std::int64_t Snapshot::find(std::string_view id) const {
  std::uint32_t low = 0;
  std::uint32_t high = topic_count();
  while (low < high) {
    const std::uint32_t middle = low + (high - low) / 2;
    const std::string_view here = view(topic(middle).id());
    if (here == id) return middle;
    if (here < id)
      low = middle + 1;
    else
      high = middle;
  }
  return -1;
}

std::int32_t Snapshot::language(std::string_view tag) const {
  const auto primary = [](std::string_view text) { return text.substr(0, text.find('-')); };
  std::int32_t same_primary = -1;
  for (std::uint32_t i = 0; i < root_->languages()->size(); ++i) {
    const std::string_view here = view(root_->languages()->Get(i));
    if (here == tag) return static_cast<std::int32_t>(i);
    if (same_primary < 0 && primary(here) == primary(tag))
      same_primary = static_cast<std::int32_t>(i);
  }
  return same_primary;
}

namespace {

// The entry in that language, else in language 0, else the first; null when there is none.
template <typename List>
auto pick(const List& list, std::int32_t language) -> decltype(list.Get(0)) {
  decltype(list.Get(0)) first_language = nullptr;
  for (const auto* entry : list) {
    if (entry->language() == language) return entry;
    if (entry->language() == 0) first_language = entry;
  }
  if (first_language != nullptr || list.size() == 0) return first_language;
  return list.Get(0);
}

}  // namespace

const fb::Version& Snapshot::version(const fb::Topic& topic, std::int32_t language) const {
  return *pick(*topic.versions(), language);
}

std::string_view Snapshot::text(const LocalTextList& texts, std::int32_t language) const {
  const fb::LocalText* entry = pick(texts, language);
  return entry == nullptr ? std::string_view() : view(entry->text());
}

}  // namespace askus::snapshot
