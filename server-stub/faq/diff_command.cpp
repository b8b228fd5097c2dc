#include <cstdio>

#include "server-stub/faq/commands.h"
#include "server-stub/faq/files.h"
#include "shared/faq/extract.h"
#include "shared/faq/words.h"
#include "shared/studio/questions.h"

namespace askus::faq {
namespace {

struct Side {
  snapshot::Faq faq;
  bool has_settings = false;
  std::vector<TestQuestion> tests{};
  std::string bytes{};  // of a snapshot
};

// A snapshot or a source; a source with errors is compared as far as it could be built.
Result<Side> load_side(const std::string& file, const std::string& site) {
  auto bytes = read_file(file);
  if (!bytes) return bytes.error();
  if (is_snapshot(*bytes)) {
    const auto opened = open_snapshot(file);
    if (!opened) return opened.error();
    return Side{extract(opened->snapshot), true, {}, std::move(*bytes)};
  }
  Progress progress(false);
  auto checked = load({{file}, site, ""}, progress);
  if (!checked) return checked.error();
  if (checked->has_errors())
    std::fprintf(stderr, "askus-faq: %s has %s; what has errors is left out\n", file.c_str(),
                 count_of(checked->findings).c_str());
  return Side{std::move(checked->faq), !site.empty(), std::move(checked->tests)};
}

Result<std::unique_ptr<studio::Compiled>> compiled(const Side& side) {
  if (!side.bytes.empty()) return studio::Compiled::open(side.bytes);
  const auto lexicon = load_lexicon({});
  if (!lexicon) return lexicon.error();
  return studio::Compiled::compile(side.faq, *lexicon);
}

std::string rank_of(std::uint32_t rank) {
  return rank == 0 ? "not found" : std::to_string(rank);
}

// Which test questions of the newer side, failing those of the older, get better and worse.
Status print_questions(const Side& before, const Side& after) {
  const auto& tests = after.tests.empty() ? before.tests : after.tests;
  if (tests.empty()) return {};
  const auto older = compiled(before);
  if (!older) return older.error();
  const auto newer = compiled(after);
  if (!newer) return newer.error();
  for (const studio::Comparison& one : studio::compare(**older, **newer, tests))
    std::printf("%s: \"%s\" (%s): %s -> %s\n", one.worse() ? "worse" : "better",
                one.question->question.c_str(), one.question->topics.front().c_str(),
                rank_of(one.before).c_str(), rank_of(one.after).c_str());
  return {};
}

void print(const Diff& diff) {
  for (const std::string& id : diff.added) std::printf("+ %s\n", id.c_str());
  for (const std::string& id : diff.gone) std::printf("- %s\n", id.c_str());
  for (const Change& change : diff.changed)
    std::printf("~ %s: %s\n", change.id.c_str(), list_of(change.what, change.what.size()).c_str());
}

}  // namespace

int run_diff(const std::string& older, const std::string& newer, const std::string& site) {
  const auto before = load_side(older, site);
  if (!before) return fail(before.error());
  const auto after = load_side(newer, site);
  if (!after) return fail(after.error());
  const Diff result = diff(before->faq, after->faq);
  print(result);
  // A source without site.json has no settings of its own to compare.
  if (before->has_settings && after->has_settings && !result.settings.empty())
    std::printf("settings: %s\n", list_of(result.settings, result.settings.size()).c_str());
  if (const Status printed = print_questions(*before, *after); !printed)
    return fail(printed.error());
  std::printf("%zu added, %zu gone, %zu changed\n", result.added.size(), result.gone.size(),
              result.changed.size());
  return kDone;
}

}  // namespace askus::faq
