#include <cstdio>

#include "server-stub/faq/commands.h"
#include "server-stub/faq/files.h"
#include "shared/faq/extract.h"
#include "shared/faq/words.h"

namespace askus::faq {
namespace {

struct Side {
  snapshot::Faq faq;
  bool has_settings = false;
};

// A snapshot or a source; a source with errors is compared as far as it could be built.
Result<Side> load_side(const std::string& file, const std::string& site) {
  const auto bytes = read_file(file);
  if (!bytes) return bytes.error();
  if (is_snapshot(*bytes)) {
    const auto opened = open_snapshot(file);
    if (!opened) return opened.error();
    return Side{extract(opened->snapshot), true};
  }
  Progress progress(false);
  auto checked = load({{file}, site, ""}, progress);
  if (!checked) return checked.error();
  if (checked->has_errors())
    std::fprintf(stderr, "askus-faq: %s has %s; what has errors is left out\n", file.c_str(),
                 count_of(checked->findings).c_str());
  return Side{std::move(checked->faq), !site.empty()};
}

}  // namespace

int run_diff(const std::string& older, const std::string& newer, const std::string& site) {
  const auto before = load_side(older, site);
  if (!before) return fail(before.error());
  const auto after = load_side(newer, site);
  if (!after) return fail(after.error());
  const Diff result = diff(before->faq, after->faq);
  for (const std::string& id : result.added) std::printf("+ %s\n", id.c_str());
  for (const std::string& id : result.gone) std::printf("- %s\n", id.c_str());
  for (const Change& change : result.changed)
    std::printf("~ %s: %s\n", change.id.c_str(), list_of(change.what, change.what.size()).c_str());
  // A source without site.json has no settings of its own to compare.
  if (before->has_settings && after->has_settings && !result.settings.empty())
    std::printf("settings: %s\n", list_of(result.settings, result.settings.size()).c_str());
  std::printf("%zu added, %zu gone, %zu changed\n", result.added.size(), result.gone.size(),
              result.changed.size());
  return kDone;
}

}  // namespace askus::faq
