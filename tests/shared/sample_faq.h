// A small FAQ in two languages that the tests of shared/ share.
#pragma once

#include <cstdint>
#include <cstring>
#include <span>
#include <string>
#include <vector>

#include "shared/snapshot/builder.h"
#include "shared/snapshot/model.h"
#include "tests/catch.h"

namespace askus::testing {

inline snapshot::Version version(std::string language, std::string title, std::string answer,
                                 std::vector<std::string> phrasings = {}) {
  snapshot::Version out;
  out.language = std::move(language);
  out.title = std::move(title);
  out.answer = std::move(answer);
  out.phrasings = std::move(phrasings);
  return out;
}

inline snapshot::Faq sample_faq() {
  snapshot::Faq faq;
  faq.settings.languages = {"uk", "en"};
  faq.settings.name = {{"uk", "Вулик"}, {"en", "Vulyk"}};
  faq.settings.title = {{"uk", "Запитайте нас!"}, {"en", "Ask us!"}};
  faq.settings.categories = {
      {"billing", {{"uk", "Оплата"}, {"en", "Billing"}}, {{"uk", "бухгалтерія"}}},
      {"line", {{"uk", "Лінія"}, {"en", "Line"}}, {{"uk", "технічна підтримка"}}}};
  faq.settings.most_asked = {"no-internet"};
  faq.topics = {
      {"no-internet",
       "line",
       {version("uk", "Що робити, якщо немає інтернету?",
                "Перезавантажте роутер. Перевірте кабель. Зачекайте дві хвилини.",
                {"зник інтернет", "не працює мережа"}),
        version("en", "No internet: what to do?", "Restart the router and wait two minutes.")}},
      {"pay",
       "billing",
       {version("uk", "Як сплатити за інтернет?", "Карткою в кабінеті або в терміналі."),
        version("en", "How do I pay?", "By card in your account, or at a terminal.")}},
      {"tv", "line", {version("en", "Television freezes", "Connect the box by cable.")}},
  };
  return faq;
}

// Bytes kept at an address that suits FlatBuffers.
class AlignedBytes {
 public:
  explicit AlignedBytes(const std::string& bytes)
      : words_((bytes.size() + 7) / 8), size_(bytes.size()) {
    if (size_ > 0) std::memcpy(words_.data(), bytes.data(), size_);
  }
  std::span<const std::uint8_t> span() const {
    return {reinterpret_cast<const std::uint8_t*>(words_.data()), size_};
  }

 private:
  std::vector<std::uint64_t> words_;
  std::size_t size_;
};

inline std::string built(const snapshot::Faq& faq, const snapshot::Concepts& concepts = {}) {
  auto bytes = snapshot::build(faq, concepts);
  INFO((bytes ? std::string() : bytes.error().text));
  REQUIRE(bytes.ok());
  return std::move(bytes).value();
}

}  // namespace askus::testing
