// Any bytes as a snapshot: refused with a reason, or opened, indexed and searched safely.
#include <cstdlib>
#include <cstring>
#include <memory>

#include "shared/search/search.h"
#include "shared/snapshot/snapshot.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  // A copy of exactly this size (and aligned as malloc aligns), so that a read behind is seen.
  const std::unique_ptr<void, decltype(&std::free)> copy(std::malloc(size), &std::free);
  if (size > 0) std::memcpy(copy.get(), data, size);
  const auto opened =
      askus::snapshot::Snapshot::open({static_cast<const std::uint8_t*>(copy.get()), size});
  if (!opened) return opened.error().text.empty() ? __builtin_trap(), 0 : 0;
  askus::search::Index index(*opened);
  for (const auto& hit : index.search("інтернет оплата how", {.language = 0})) {
    const auto& version = opened->version(opened->topic(hit.topic), hit.language);
    index.highlight(askus::snapshot::view(version.title()));
    index.passage(askus::snapshot::view(version.answer()), 160);
  }
  index.propose_category("оплата рахунку");
  const auto& settings = opened->settings();
  if (opened->text(*settings.title(), 1).size() + opened->text(*settings.hours(), 0).size() >
      1u << 20)
    __builtin_trap();
  return 0;
}
