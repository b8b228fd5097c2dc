// What the tests of the search share: a snapshot with its index, and FAQs made for a test.
#pragma once

#include <string>
#include <utility>
#include <vector>

#include "shared/search/search.h"
#include "tests/shared/sample_faq.h"

namespace askus::testing {

using Ids = std::vector<std::string>;

// A snapshot and its index, kept together.
class Engine {
 public:
  explicit Engine(const snapshot::Faq& faq, const snapshot::Concepts& concepts = {})
      : bytes_(built(faq, concepts)),
        snapshot_(snapshot::Snapshot::open(bytes_.span()).value()),
        index_(snapshot_) {}

  Ids ids(std::string_view query, search::Options options = {}) {
    Ids out;
    for (const auto& hit : index_.search(query, options)) out.push_back(id(hit));
    return out;
  }
  // The first hit's id; empty when there is none.
  std::string first(std::string_view query, search::Options options = {}) {
    const auto hits = index_.search(query, options);
    return hits.empty() ? std::string() : id(hits[0]);
  }
  std::string id(const search::Hit& hit) const {
    return std::string(snapshot::view(snapshot_.topic(hit.topic).id()));
  }
  // The text with [ ] around what the last query marks.
  std::string marked(const std::string& text) {
    std::string out;
    std::size_t at = 0;
    for (const auto& range : index_.highlight(text)) {
      out += text.substr(at, range.begin - at) + "[" +
             text.substr(range.begin, range.end - range.begin) + "]";
      at = range.end;
    }
    return out + text.substr(at);
  }
  search::Index& index() { return index_; }

 private:
  AlignedBytes bytes_;
  snapshot::Snapshot snapshot_;
  search::Index index_;
};

inline snapshot::Topic topic(std::string id, std::vector<snapshot::Version> versions) {
  return {std::move(id), "", std::move(versions)};
}

// A FAQ of these topics in Ukrainian, Russian and English.
inline snapshot::Faq faq_of(std::vector<snapshot::Topic> topics) {
  snapshot::Faq faq = sample_faq();
  faq.settings.languages = {"uk", "ru", "en"};
  faq.settings.most_asked.clear();
  faq.topics = std::move(topics);
  return faq;
}
inline constexpr std::int32_t kUk = 0, kRu = 1, kEn = 2;

// Topics that have little in common, mostly in one language each.
inline std::vector<snapshot::Topic> varied_topics() {
  return {
      topic("address",
            {version("uk", "Як змінити адресу підключення?", "Надішліть заявку з новою адресою.")}),
      topic("balance", {version("uk", "Як перевірити рахунок?", "Залишок видно у кабінеті.")}),
      topic("cancel", {version("ru", "Как расторгнуть договор?", "Принесите паспорт в офис.")}),
      topic("movie", {version("uk", "Де дивитися кіно?", "У застосунку телебачення.")}),
      topic("password", {version("uk", "Забув пароль", "Натисніть «Відновити» під полем."),
                         version("en", "I forgot my password", "Press “Restore” below.")}),
      topic("speed", {version("uk", "Чому мала швидкість?", "Виміряйте кабелем."),
                      version("ru", "Почему низкая скорость?", "Измерьте по кабелю.")}),
      topic("television", {version("en", "Television freezes", "Restart the box.")}),
      topic("wifi", {version("en", "How do I set up Wi-Fi?", "Open the router's page."),
                     version("uk", "Як налаштувати Wi-Fi?", "Відкрийте сторінку роутера.")}),
  };
}

}  // namespace askus::testing
