// Any bytes as a query over a fixed FAQ: bounded work, ranges on character boundaries.
#include <cstring>
#include <string>
#include <string_view>
#include <vector>

#include "shared/search/search.h"
#include "shared/snapshot/builder.h"
#include "shared/text/utf8.h"

namespace {

using namespace askus;

struct Fixture {
  Fixture() {
    snapshot::Faq faq;
    faq.settings.languages = {"uk", "en"};
    for (const auto& [id, title] :
         {std::pair{"a", "Немає інтернету вдома"}, {"b", "How do I pay?"}}) {
      snapshot::Topic topic{id, "", {}};
      topic.versions.emplace_back();
      topic.versions[0].language = topic.id == "a" ? "uk" : "en";
      topic.versions[0].title = title;
      topic.versions[0].answer = "Перезавантажте роутер. Pay by card, п’ять хвилин.";
      faq.topics.push_back(topic);
    }
    const std::string bytes = snapshot::build(faq).value();
    words.resize((bytes.size() + 7) / 8);
    std::memcpy(words.data(), bytes.data(), bytes.size());
    opened = snapshot::Snapshot::open(
        {reinterpret_cast<const std::uint8_t*>(words.data()), bytes.size()});
    index.emplace(*opened);
  }
  std::vector<std::uint64_t> words;
  Result<snapshot::Snapshot> opened{Error{}};
  std::optional<search::Index> index;
};

void check(bool holds) {
  if (!holds) __builtin_trap();
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  static Fixture fixture;
  const std::string_view query(reinterpret_cast<const char*>(data), size);
  auto& index = *fixture.index;
  check(index.search(query, {.language = 0, .limit = 5}).size() <= 5);
  std::uint32_t end = 0;
  for (const auto& range : index.highlight(query)) {
    check(range.begin >= end && range.begin < range.end && range.end <= size);
    end = range.end;
  }
  const auto passage = index.passage(query, 40);
  check(passage.begin <= passage.end && passage.end <= size);
  index.propose_category(query);
  return 0;
}
