// Any bytes as a feed: entries within their bounds, or an error; the same bytes give the same.
#include <cstdint>
#include <string_view>

#include "server-stub/feed/feed.h"
#include "shared/text/utf8.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace askus;
  const std::string_view bytes(reinterpret_cast<const char*>(data), size);
  const auto entries = feed::parse(bytes);
  if (!entries.ok()) return 0;
  if (entries->size() > feed::kMaxEntries) __builtin_trap();
  for (const feed::Entry& one : *entries) {
    if (one.id.empty() || one.text.size() > feed::kMaxText) __builtin_trap();
    for (const auto* field : {&one.id, &one.title, &one.link, &one.author}) {
      if (field->size() > feed::kMaxField || !text::is_utf8(*field)) __builtin_trap();
      if (field->find('\0') != std::string::npos) __builtin_trap();
    }
    if (!text::is_utf8(one.text) || one.text.find('\0') != std::string::npos) __builtin_trap();
    if (!one.link.empty() && !one.link.starts_with("http")) __builtin_trap();
  }
  if (*entries != *feed::parse(bytes)) __builtin_trap();
  return 0;
}
