// A built snapshot, in memory and in a folder: <sha256>.faq and report.json, which keeps the count
// of warnings so that publishing can refuse them (docs/snapshot-format.md).
#pragma once

#include <cstdint>
#include <string>

#include "server-stub/faq/inputs.h"
#include "server-stub/faq/progress.h"
#include "shared/base/result.h"

namespace askus::faq {

struct Built {
  std::string site, sha256, bytes;
  std::size_t topics = 0;
  std::uint64_t warnings = 0;
};

// Loads, checks and compiles; the findings go to standard error. kRefused when there are errors.
Result<Built> build_sources(const SourceOptions& options, Progress& progress);

Status write_built(const std::string& folder, const Built& built);
// kMalformed when the folder's parts do not belong together.
Result<Built> read_built(const std::string& folder);

inline std::string snapshot_path(const std::string& folder, const std::string& sha256) {
  return folder + "/" + sha256 + ".faq";
}
inline std::string manifest_path(const std::string& folder) {
  return folder + "/manifest.json";
}
inline std::string report_path(const std::string& folder) {
  return folder + "/report.json";
}

}  // namespace askus::faq
