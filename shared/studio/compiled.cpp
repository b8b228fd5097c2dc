#include "shared/studio/compiled.h"

#include "shared/lexicon/compile.h"
#include "shared/snapshot/builder.h"

namespace askus::studio {

Result<std::string> build(const snapshot::Faq& faq, const lexicon::Lexicon& lexicon) {
  return snapshot::build(faq, lexicon::compile(lexicon, faq));
}

Result<std::unique_ptr<Compiled>> Compiled::open(std::string bytes) {
  // A short string lies in its object, unaligned; the reader refuses those by their length.
  auto kept = std::make_unique<const std::string>(std::move(bytes));
  const auto opened =
      snapshot::Snapshot::open({reinterpret_cast<const std::uint8_t*>(kept->data()), kept->size()});
  if (!opened) return opened.error();
  return std::unique_ptr<Compiled>(new Compiled(std::move(kept), *opened));
}

Result<std::unique_ptr<Compiled>> Compiled::compile(const snapshot::Faq& faq,
                                                    const lexicon::Lexicon& lexicon) {
  auto bytes = build(faq, lexicon);
  if (!bytes) return bytes.error();
  return open(std::move(bytes).value());
}

}  // namespace askus::studio
