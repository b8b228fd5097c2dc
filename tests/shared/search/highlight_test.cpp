#include "shared/search/search.h"
#include "tests/shared/sample_faq.h"

using namespace askus;
using namespace askus::testing;

namespace {

struct Searched {
  explicit Searched(std::string_view query)
      : bytes(built(sample_faq())),
        snapshot(snapshot::Snapshot::open(bytes.span()).value()),
        index(snapshot) {
    index.search(query, {});
  }
  // The text with [ ] around what is marked.
  std::string marked(const std::string& text) {
    std::string out;
    std::size_t at = 0;
    for (const auto& range : index.highlight(text)) {
      out += text.substr(at, range.begin - at) + "[" +
             text.substr(range.begin, range.end - range.begin) + "]";
      at = range.end;
    }
    return out + text.substr(at);
  }
  AlignedBytes bytes;
  snapshot::Snapshot snapshot;
  search::Index index;
};

}  // namespace

TEST_CASE("other forms of the query's words are marked, stop words are not") {
  Searched searched("немає інтернету у роутері");
  CHECK(searched.marked("Що робити, якщо немає інтернету?") ==
        "Що робити, якщо [немає інтернету]?");
  CHECK(searched.marked("Інтернет у квартирі") == "[Інтернет] у квартирі");
  CHECK(searched.marked("борщ") == "борщ");
}

TEST_CASE("an unfinished word marks the whole word") {
  CHECK(Searched("telev").marked("Television freezes") == "[Television] freezes");
}

TEST_CASE("the passage holds the words asked for and ends on a word") {
  Searched searched("кабель");
  const std::string answer =
      "Перезавантажте роутер. Перевірте кабель ще раз. Зачекайте дві хвилини.";
  const auto range = searched.index.passage(answer, 60);
  const std::string passage = answer.substr(range.begin, range.end - range.begin);
  CHECK(passage.find("Перевірте кабель") == 0);
  CHECK(passage.size() <= 60);
  CHECK(searched.index.passage("", 60).end == 0);
}
