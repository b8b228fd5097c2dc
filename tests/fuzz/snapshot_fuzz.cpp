// Any bytes as a snapshot: refused with a reason, or opened, indexed and searched safely.
#include <cstring>
#include <vector>

#include "shared/search/search.h"
#include "shared/snapshot/snapshot.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  // A copy of exactly this size, so that a read behind the end is seen.
  std::vector<std::uint64_t> words((size + 7) / 8);
  if (size > 0) std::memcpy(words.data(), data, size);
  const auto* bytes = reinterpret_cast<const std::uint8_t*>(words.data());
  const auto opened = askus::snapshot::Snapshot::open({bytes, size});
  if (!opened) return opened.error().text.empty() ? __builtin_trap(), 0 : 0;
  askus::search::Index index(*opened);
  for (const auto& hit : index.search("інтернет оплата how", {.language = 0})) {
    const auto& version = opened->version(opened->topic(hit.topic), hit.language);
    index.highlight(askus::snapshot::view(version.title()));
    index.passage(askus::snapshot::view(version.answer()), 160);
  }
  return 0;
}
