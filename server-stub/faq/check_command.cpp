#include <chrono>
#include <cstdio>
#include <nlohmann/json.hpp>

#include "server-stub/faq/commands.h"
#include "server-stub/faq/external_links.h"
#include "shared/studio/lint.h"
#include "shared/studio/report.h"

namespace askus::faq {
namespace {

void print_json(const Checked& checked) {
  const nlohmann::ordered_json report{{"topics", checked.faq.topics.size()},
                                      {"findings", studio::findings_json(checked.findings)}};
  using Handler = nlohmann::ordered_json::error_handler_t;
  std::printf("%s\n", report.dump(2, ' ', false, Handler::replace).c_str());
}

void print_text(const Checked& checked) {
  for (const Finding& finding : checked.findings) std::printf("%s\n", to_text(finding).c_str());
  std::printf("%zu topics: %s\n", checked.faq.topics.size(), count_of(checked.findings).c_str());
}

std::uint32_t today() {
  const auto now = std::chrono::system_clock::now().time_since_epoch();
  return static_cast<std::uint32_t>(std::chrono::duration_cast<std::chrono::days>(now).count());
}

void add(Checked& checked, const std::vector<Finding>& more) {
  checked.findings.insert(checked.findings.end(), more.begin(), more.end());
  sort_findings(checked.findings);
}

// What is only seen when the FAQ is searched; with errors in it there is nothing whole to search.
Status add_lint(Checked& checked, const lexicon::Lexicon& lexicon) {
  if (checked.has_errors()) return {};
  const auto compiled = studio::Compiled::compile(checked.faq, lexicon);
  if (!compiled) return compiled.error();
  add(checked, studio::lint(checked, **compiled, today()));
  return {};
}

}  // namespace

int run_check(const CheckOptions& options) {
  Progress progress(false);
  auto checked = load(options.sources, progress);
  if (!checked) {
    fail(checked.error());
    return kUnusable;
  }
  const auto lexicon = load_lexicon(options.sources.lexicons);
  if (!lexicon) {
    fail(lexicon.error());
    return kUnusable;
  }
  progress.step("searching");
  if (const Status linted = add_lint(*checked, *lexicon); !linted) return fail(linted.error());
  if (options.links)
    add(*checked, dead_links(*checked, std::chrono::seconds(options.link_seconds), progress));
  if (options.json)
    print_json(*checked);
  else
    print_text(*checked);
  return checked->findings.empty() ? kDone : kFound;
}

}  // namespace askus::faq
