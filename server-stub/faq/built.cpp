#include "server-stub/faq/built.h"

#include <algorithm>
#include <cstdio>
#include <nlohmann/json.hpp>

#include "server-stub/faq/files.h"
#include "server-stub/files/files.h"
#include "server-stub/publish/signature.h"
#include "shared/studio/compiled.h"

namespace askus::faq {
namespace {

void print_findings(const Checked& checked) {
  for (const Finding& finding : checked.findings)
    std::fprintf(stderr, "%s\n", to_text(finding).c_str());
  if (!checked.findings.empty()) std::fprintf(stderr, "%s\n", count_of(checked.findings).c_str());
}

}  // namespace

Result<Built> build_sources(const SourceOptions& options, Progress& progress) {
  const auto checked = load(options, progress);
  if (!checked) return Error{Code::kUnavailable, checked.error().text};
  print_findings(*checked);
  if (checked->has_errors())
    return Error{Code::kRefused, "nothing was built: mend the errors first"};
  const auto lexicon = load_lexicon(options.lexicons);
  if (!lexicon) return lexicon.error();
  progress.step("building " + std::to_string(checked->faq.topics.size()) + " topics");
  auto bytes = studio::build(checked->faq, *lexicon);
  if (!bytes) return bytes.error();
  Built built;
  built.site = checked->faq.settings.site;
  built.sha256 = publish::sha256_hex(*bytes);
  built.bytes = std::move(*bytes);
  built.topics = checked->faq.topics.size();
  built.warnings = checked->findings.size();
  return built;
}

Status write_built(const std::string& folder, const Built& built) {
  if (auto made = files::make_folder(folder, files::kFolderForAll); !made) return made;
  if (auto written = files::write_durably(snapshot_path(folder, built.sha256), built.bytes);
      !written)
    return written;
  const nlohmann::ordered_json report{{"site", built.site},
                                      {"sha256", built.sha256},
                                      {"length", built.bytes.size()},
                                      {"topics", built.topics},
                                      {"warnings", built.warnings}};
  return files::write_durably(report_path(folder), report.dump(2) + "\n");
}

Result<Built> read_built(const std::string& folder) {
  const auto json = read_file(report_path(folder));
  if (!json) return json.error();
  const auto report = nlohmann::json::parse(*json, nullptr, false);
  const auto has = [&](const char* key, auto is) {
    return report.is_object() && report.contains(key) && (report[key].*is)();
  };
  using Json = nlohmann::json;
  if (!has("site", &Json::is_string) || !has("sha256", &Json::is_string) ||
      !has("topics", &Json::is_number_unsigned) || !has("warnings", &Json::is_number_unsigned))
    return Error{Code::kMalformed, report_path(folder) + " is not what askus-faq build writes"};
  Built built;
  built.site = report["site"].get<std::string>();
  built.sha256 = report["sha256"].get<std::string>();
  built.topics = report["topics"].get<std::size_t>();
  built.warnings = report["warnings"].get<std::uint64_t>();
  auto bytes = read_file(snapshot_path(folder, built.sha256));
  if (!bytes) return bytes.error();
  built.bytes = std::move(*bytes);
  if (publish::sha256_hex(built.bytes) != built.sha256)
    return Error{Code::kMalformed,
                 snapshot_path(folder, built.sha256) + " is damaged; build it again"};
  return built;
}

}  // namespace askus::faq
