// Any bytes as HTML and as each export: what comes out is the small markup, whose links are allowed
// ones, and entries that have passed the checks of every other source.
#include <cstdint>
#include <string_view>

#include "server-stub/faq/gumbo.h"
#include "shared/faq/import.h"
#include "shared/text/utf8.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace askus::faq;
  const std::string_view bytes(reinterpret_cast<const char*>(data), size);
  if (const auto markup = markup_of_html(bytes, read_html)) {
    // Marks are added and text is kept: no more than a fixed share longer than what went in.
    if (markup->text.size() > 8 * size + 100) __builtin_trap();
  }
  for (const Origin origin : {Origin::kZendesk, Origin::kIntercom, Origin::kHelpScout,
                              Origin::kFreshdesk, Origin::kPage}) {
    const Source source = import("x", bytes, origin, read_html);
    if (source.entries.empty() && source.findings.empty()) __builtin_trap();
    for (const Entry& entry : source.entries) {
      if (entry.usable && !askus::text::is_utf8(entry.version.answer)) __builtin_trap();
    }
  }
  return 0;
}
