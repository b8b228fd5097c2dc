#include "shared/faq/extract.h"

#include "shared/request/request.h"

namespace askus::faq {
namespace {

namespace fb = snapshot::fb;
using snapshot::view;

std::string text(const flatbuffers::String* value) {
  return std::string(view(value));
}

class Extractor {
 public:
  explicit Extractor(const snapshot::Snapshot& from) : root_(from.root()) {}

  snapshot::Faq faq() const {
    snapshot::Faq result;
    result.settings = settings();
    for (const fb::Topic* topic : *root_.topics()) result.topics.push_back(this->topic(*topic));
    return result;
  }

 private:
  using Strings = flatbuffers::Vector<flatbuffers::Offset<flatbuffers::String>>;
  using Locals = flatbuffers::Vector<flatbuffers::Offset<fb::LocalText>>;

  static std::vector<std::string> texts(const Strings& values) {
    std::vector<std::string> result;
    for (const flatbuffers::String* value : values) result.push_back(text(value));
    return result;
  }
  static std::vector<std::string> lines(const flatbuffers::String* joined) {
    std::vector<std::string> result;
    snapshot::for_each_line(snapshot::view(joined),
                            [&result](std::string_view line) { result.emplace_back(line); });
    return result;
  }
  std::string language(std::uint8_t index) const { return text(root_.languages()->Get(index)); }
  snapshot::LocalTexts local(const Locals& values) const {
    snapshot::LocalTexts result;
    for (const fb::LocalText* value : values)
      result[language(value->language())] = text(value->text());
    return result;
  }
  template <typename Names>
  static std::vector<std::string> names_of(unsigned bits, const Names& names) {
    std::vector<std::string> result;
    for (std::size_t i = 0; i < names.size(); ++i) {
      if ((bits >> i & 1) != 0) result.emplace_back(names[i]);
    }
    return result;
  }
  snapshot::Version version(const fb::Version& from) const;
  snapshot::Topic topic(const fb::Topic& from) const;
  snapshot::Settings settings() const;

  const fb::Snapshot& root_;
};

snapshot::Version Extractor::version(const fb::Version& from) const {
  snapshot::Version to;
  to.language = language(from.language());
  to.title = text(from.title());
  to.answer = text(from.answer());
  to.author = snapshot::view(from.author());
  to.role = snapshot::view(from.role());
  to.url = snapshot::view(from.url());
  to.picture = snapshot::view(from.picture());
  to.phrasings = lines(from.phrasings());
  to.tags = lines(from.tags());
  to.updated = from.updated();
  if (from.comments() == nullptr) return to;
  for (const fb::Comment* comment : *from.comments())
    to.comments.push_back({text(comment->author()), text(comment->role()), text(comment->text()),
                           comment->date(), std::string(snapshot::view(comment->picture()))});
  return to;
}

snapshot::Topic Extractor::topic(const fb::Topic& from) const {
  snapshot::Topic to;
  to.id = text(from.id());
  const auto& categories = *root_.settings()->categories();
  if (from.category() < categories.size())
    to.category = text(categories.Get(from.category())->id());
  for (const fb::Version* version : *from.versions())
    to.versions.push_back(this->version(*version));
  return to;
}

snapshot::Settings Extractor::settings() const {
  const fb::Settings& from = *root_.settings();
  snapshot::Settings to;
  to.site = text(root_.site());
  to.languages = texts(*root_.languages());
  to.name = local(*from.name());
  to.title = local(*from.title());
  to.accent = from.accent();
  to.accent_dark = from.accent_dark();
  for (const fb::Category* category : *from.categories())
    to.categories.push_back(
        {text(category->id()), local(*category->title()), local(*category->department())});
  to.kinds = names_of(from.kinds(), request::kKinds);
  to.moods = names_of(from.moods(), request::kMoods);
  to.name_field = static_cast<snapshot::Need>(from.name_field());
  to.contact_field = static_cast<snapshot::Need>(from.contact_field());
  to.consent_version = text(from.consent_version());
  to.consent_text = local(*from.consent_text());
  to.policy_url = text(from.policy_url());
  to.hours = local(*from.hours());
  to.answer_time = local(*from.answer_time());
  if (const fb::Announcement* notice = from.announcement())
    to.announcement = {notice->from(), notice->until(), local(*notice->text())};
  for (const std::uint32_t index : *from.most_asked())
    to.most_asked.push_back(text(root_.topics()->Get(index)->id()));
  to.ask_first = from.ask_first();
  return to;
}

}  // namespace

snapshot::Faq extract(const snapshot::Snapshot& snapshot) {
  return Extractor(snapshot).faq();
}

}  // namespace askus::faq
