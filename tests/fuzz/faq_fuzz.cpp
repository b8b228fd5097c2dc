// Any bytes as a FAQ's source in each format: findings, and what is left builds or says why not.
#include <cstdint>
#include <string_view>

#include "shared/faq/check.h"
#include "shared/snapshot/builder.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using askus::faq::Format;
  const std::string_view bytes(reinterpret_cast<const char*>(data), size);
  for (const Format format : {Format::kCsv, Format::kJson, Format::kJsonLines}) {
    const auto settings = askus::faq::parse_settings("site.json", bytes);
    const auto checked = askus::faq::check(settings, {askus::faq::parse("faq", bytes, format)});
    for (const auto& finding : checked.findings) {
      if (askus::faq::to_text(finding).empty()) __builtin_trap();
    }
    if (checked.has_errors() || checked.faq.topics.empty()) continue;
    const auto built = askus::snapshot::build(checked.faq);
    if (!built && built.error().text.empty()) __builtin_trap();
  }
  return 0;
}
