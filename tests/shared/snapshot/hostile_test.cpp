// A hostile file is refused with a reason or read safely; the sanitizers watch.
#include <random>

#include "shared/snapshot/snapshot.h"
#include "tests/shared/sample_faq.h"

using namespace askus;
using namespace askus::testing;

namespace {

// Touches every byte that a reader of the panel would.
std::size_t read_all(const snapshot::Snapshot& s) {
  std::size_t sum = s.text(*s.settings().title(), 1).size();
  for (std::uint32_t t = 0; t < s.topic_count(); ++t) {
    for (const auto* v : *s.topic(t).versions()) {
      sum += snapshot::view(v->title()).size() + snapshot::view(v->answer()).size();
      snapshot::for_each_line(snapshot::view(v->phrasings()),
                              [&](std::string_view line) { sum += line.size(); });
    }
  }
  for (const auto index : *s.settings().most_asked())
    sum += snapshot::view(s.topic(index).id()).size();
  return sum;
}

// Opens and, if it is accepted, reads. Refusals carry a text.
bool accepts(const std::string& bytes) {
  const AlignedBytes aligned(bytes);
  const auto opened = snapshot::Snapshot::open(aligned.span());
  if (!opened) {
    CHECK_FALSE(opened.error().text.empty());
    return false;
  }
  CHECK(read_all(*opened) < 1'000'000'000);
  return true;
}

}  // namespace

TEST_CASE("every truncation of a snapshot is refused") {
  const std::string whole = built(sample_faq());
  REQUIRE(accepts(whole));
  std::size_t accepted = 0;
  for (std::size_t size = 0; size < whole.size(); ++size) {
    // The last bytes are padding behind the last string; nothing points there.
    if (accepts(whole.substr(0, size))) accepted += whole.size() - size > 8;
  }
  CHECK(accepted == 0);
}

TEST_CASE("flipping any bit never reads out of bounds") {
  const std::string whole = built(sample_faq());
  std::size_t refused = 0;
  for (std::size_t bit = 0; bit < whole.size() * 8; ++bit) {
    std::string damaged = whole;
    damaged[bit / 8] =
        static_cast<char>(static_cast<unsigned char>(damaged[bit / 8]) ^ (1u << bit % 8));
    refused += !accepts(damaged);
  }
  CHECK(refused > whole.size());  // the rest are other letters in a text
}

TEST_CASE("one text shared by very many topics is refused, not walked for ever") {
  snapshot::Faq faq = sample_faq();
  faq.settings.most_asked.clear();
  faq.topics.clear();
  const auto shared = version("en", "T", std::string(snapshot::kMaxAnswer, 'a'));
  for (int i = 0; i < 700; ++i) faq.topics.push_back({"t" + std::to_string(i), "", {shared}});
  const auto bytes = snapshot::build(faq);  // strings that are equal are written once
  REQUIRE_FALSE(bytes.ok());
  CHECK(bytes.error().code == Code::kTooLarge);
}

TEST_CASE("random bytes are refused") {
  std::mt19937 random(7);
  for (int round = 0; round < 2000; ++round) {
    std::string bytes(random() % 300, '\0');
    for (char& c : bytes) c = static_cast<char>(random());
    if (bytes.size() > 8 && round % 2 == 0) bytes.replace(4, 4, "AUFQ");
    CHECK_FALSE(accepts(bytes));
  }
}
