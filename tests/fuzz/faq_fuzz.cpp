// Any bytes as a FAQ's source in each format: findings, and what is left builds or says why not,
// and survives being written.
#include <cstdint>
#include <string_view>

#include "shared/faq/check.h"
#include "shared/faq/csv.h"
#include "shared/snapshot/builder.h"

namespace {

using namespace askus::faq;

void check_same(const std::vector<Entry>& before, const Source& after) {
  if (after.entries.size() != before.size()) __builtin_trap();
  for (std::size_t i = 0; i < before.size(); ++i) {
    if (after.entries[i].version != before[i].version || after.entries[i].tests != before[i].tests)
      __builtin_trap();
  }
}

// What is usable is written and reads back the same.
void write_and_read(const Source& source) {
  std::vector<Entry> usable;
  for (const Entry& entry : source.entries) {
    if (entry.usable) usable.push_back(entry);
  }
  check_same(usable, parse("x.csv", write_csv(to_table(usable)), Format::kCsv));
  if (!usable.empty())
    check_same(usable, parse("x.jsonl", write_json_lines(usable), Format::kJsonLines));
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view bytes(reinterpret_cast<const char*>(data), size);
  for (const Format format : {Format::kCsv, Format::kJson, Format::kJsonLines}) {
    const auto settings = parse_settings("site.json", bytes);
    const Source source = parse("faq", bytes, format);
    write_and_read(source);
    const auto checked = check(settings, {source});
    for (const auto& finding : checked.findings) {
      if (to_text(finding).empty()) __builtin_trap();
    }
    if (checked.has_errors() || checked.faq.topics.empty()) continue;
    const auto built = askus::snapshot::build(checked.faq);
    if (!built && built.error().text.empty()) __builtin_trap();
  }
  return 0;
}
