#include <cstdio>
#include <nlohmann/json.hpp>

#include "server-stub/faq/commands.h"

namespace askus::faq {
namespace {

void print_json(const Checked& checked) {
  nlohmann::ordered_json list = nlohmann::ordered_json::array();
  for (const Finding& f : checked.findings)
    list.push_back({{"severity", f.severity == Severity::kError ? "error" : "warning"},
                    {"rule", f.rule},
                    {"file", f.file},
                    {"row", f.row},
                    {"column", f.column},
                    {"found", f.found},
                    {"remedy", f.remedy}});
  const nlohmann::ordered_json report{{"topics", checked.faq.topics.size()},
                                      {"findings", std::move(list)}};
  using Handler = nlohmann::ordered_json::error_handler_t;
  std::printf("%s\n", report.dump(2, ' ', false, Handler::replace).c_str());
}

void print_text(const Checked& checked) {
  for (const Finding& finding : checked.findings) std::printf("%s\n", to_text(finding).c_str());
  std::printf("%zu topics: %s\n", checked.faq.topics.size(), count_of(checked.findings).c_str());
}

}  // namespace

int run_check(const CheckOptions& options) {
  Progress progress(false);
  const auto checked = load(options.sources, progress);
  if (!checked) {
    fail(checked.error());
    return kUnusable;
  }
  if (const auto lexicon = load_lexicon(options.sources.lexicons); !lexicon) {
    fail(lexicon.error());
    return kUnusable;
  }
  if (options.json)
    print_json(*checked);
  else
    print_text(*checked);
  return checked->findings.empty() ? kDone : kFound;
}

}  // namespace askus::faq
