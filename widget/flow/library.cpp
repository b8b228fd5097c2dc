#include "widget/flow/library.h"

#include "widget/flow/text.h"

namespace askus::flow {

namespace {

constexpr std::size_t kMaxLanguages = 16;  // of the visitor's that are looked at

}  // namespace

Result<std::unique_ptr<Library>> Library::open(Bytes bytes) {
  const Result<snapshot::Snapshot> snapshot =
      snapshot::Snapshot::open({bytes.data.get(), bytes.size});
  if (!snapshot) return snapshot.error();
  return std::make_unique<Library>(std::move(bytes), *snapshot);
}

void Library::choose_language(std::string_view tags) {
  language_ = -1;
  for (const std::string& tag : split_words(tags, kMaxLanguages)) {
    language_ = snapshot_.language(tag);
    if (language_ >= 0) return;
  }
}

std::string_view Library::tag(std::uint8_t language) const {
  return snapshot::view(snapshot_.root().languages()->Get(language));
}

bool Library::is_other(std::uint8_t language) const {
  return language != (language_ < 0 ? 0 : language_);
}

const snapshot::fb::Version& Library::version(Shown shown) const {
  return snapshot_.version(snapshot_.topic(shown.topic), shown.language);
}

Shown Library::shown(std::uint32_t topic) const {
  return {topic, snapshot_.version(snapshot_.topic(topic), language_).language()};
}

std::span<const search::Hit> Library::search(std::string_view query, search::Options options) {
  options.language = language_;
  return index_.search(query, options);
}

}  // namespace askus::flow
