#include "server-stub/backup/backup.h"

#include <filesystem>
#include <nlohmann/json.hpp>

#include "server-stub/backup/copy.h"
#include "server-stub/config/database.h"
#include "server-stub/files/files.h"
#include "server-stub/store/clock.h"
#include "server-stub/store/published_json.h"
#include "server-stub/store/schema.h"
#include "shared/snapshot/limits.h"

namespace askus::backup {
namespace {

constexpr std::string_view kDatabase = "/askus.db", kSites = "/sites/", kSecret = "/secret",
                           kWhole = "/backup.json", kList = "/published.json";
constexpr unsigned kPrivate = 0600;
constexpr int kFormat = 1;
// A publication in the middle of the copying may take a file away; then the list is read again.
constexpr int kAttempts = 5;

std::string in(const std::string& folder, std::string_view name) {
  return folder + std::string(name);
}

// Writes the file where there is none; kConflict where there is another one.
Status place(const std::string& file, const std::string& bytes) {
  const Result<std::string> there = files::read_file(file, bytes.size());
  if (there.ok() && *there == bytes) return {};
  if (there.ok() || there.error().code != Code::kNotFound)
    return Error{Code::kConflict, file + " is there already, with other contents; move it away"};
  return files::write_durably(file, bytes, kPrivate);
}

Status copy_file(const std::string& from, const std::string& to) {
  const Result<std::string> bytes = files::read_file(from, snapshot::kMaxSnapshotBytes);
  return bytes.ok() ? place(to, *bytes) : Status(bytes.error());
}

// The list goes last: it names only files that are there.
Status copy_site_once(const std::string& from, const std::string& to) {
  const Result<std::string> list = files::read_file(in(from, kList), config::kMaxConfigBytes);
  if (!list.ok()) return list.error().code == Code::kNotFound ? Status() : Status(list.error());
  const auto kept = store::published_from_json(*list);
  if (!kept.ok()) return Error{kept.error().code, in(from, kList) + ": " + kept.error().text};
  if (Status status = files::make_folder(to, files::kFolderForOwner); !status.ok()) return status;
  for (const store::Kept& one : *kept) {
    const std::string name = "/" + one.manifest.sha256 + ".faq";
    if (Status status = copy_file(from + name, to + name); !status.ok()) return status;
    // The compressed variants are not there where they would save nothing.
    for (const std::string_view ending : {".br", ".gz"}) {
      const std::string variant = name + std::string(ending);
      if (Status status = copy_file(from + variant, to + variant);
          !status.ok() && status.error().code != Code::kNotFound)
        return status;
    }
  }
  return place(in(to, kList), *list);
}

Status copy_site(const std::string& from, const std::string& to) {
  for (int attempt = 1;; ++attempt) {
    Status status = copy_site_once(from, to);
    if (status.ok() || status.error().code != Code::kNotFound || attempt == kAttempts)
      return status;
  }
}

Status copy_sites(const config::Config& config, const std::string& from, const std::string& to) {
  for (const auto& [name, site] : config.sites)
    if (Status status = copy_site(in(from, kSites) + name, in(to, kSites) + name); !status.ok())
      return status;
  return {};
}

Result<std::unique_ptr<store::Session>> open_file(const std::string& file) {
  store::StoreOptions options;
  options.file = file;
  return store::open_session(options);
}

Result<Report> check_folder(const config::Config& config, const std::string& folder) {
  Report report;
  auto session = open_file(in(folder, kDatabase));
  if (!session.ok()) return session.error();
  if (Status status = check_database(**session, report); !status.ok()) return status.error();
  for (const auto& [name, site] : config.sites) check_snapshots(in(folder, kSites) + name, report);
  return report;
}

bool is_empty(const std::string& folder) {
  std::error_code error;
  return std::filesystem::is_empty(folder, error) && !error;
}

}  // namespace

Result<Report> make(const config::Config& config, const std::string& folder) {
  const Result<store::StoreOptions> options = config::load_store_options(config);
  if (!options.ok()) return options.error();
  if (Status status = files::make_folder(folder, files::kFolderForOwner); !status.ok())
    return status.error();
  if (!is_empty(folder)) return Error{Code::kConflict, folder + " is not empty"};
  {
    auto from = store::open_session(store::for_maintenance(*options));
    if (!from.ok()) return from.error();
    auto to = open_file(in(folder, kDatabase));
    if (!to.ok()) return to.error();
    if (const auto copied = copy_rows(**from, **to); !copied.ok()) return copied.error();
  }
  if (Status status = copy_sites(config, config.data, folder); !status.ok()) return status.error();
  const Result<std::string> secret = config::load_secret(config.secret_file);
  if (!secret.ok()) return secret.error();
  if (Status status = place(in(folder, kSecret), *secret + "\n"); !status.ok())
    return status.error();
  Result<Report> report = check_folder(config, folder);
  if (!report.ok() || !report->problems.empty()) return report;
  const nlohmann::ordered_json whole{{"format", kFormat},
                                     {"schema", store::schema_version()},
                                     {"at", store::utc_now()},
                                     {"requests", report->requests},
                                     {"snapshots", report->snapshots}};
  if (Status status = place(in(folder, kWhole), whole.dump(1) + "\n"); !status.ok())
    return status.error();
  return report;
}

Result<Report> restore(const config::Config& config, const std::string& folder) {
  const Result<std::string> whole = files::read_file(in(folder, kWhole), config::kMaxConfigBytes);
  if (!whole.ok())
    return Error{whole.error().code, folder + " is not a whole backup: " + whole.error().text};
  const auto about = nlohmann::json::parse(*whole, nullptr, false);
  if (!about.is_object() || about.value("format", 0) != kFormat)
    return Error{Code::kUnsupported, in(folder, kWhole) + " is not of format 1"};
  const Result<store::StoreOptions> options = config::load_store_options(config);
  if (!options.ok()) return options.error();
  if (Status status = files::make_folder(config.data, files::kFolderForOwner); !status.ok())
    return status.error();
  const Result<std::string> secret = config::load_secret(in(folder, kSecret));
  if (!secret.ok()) return secret.error();
  // Another secret would end every visitor's private link.
  if (const auto present = config::load_secret(config.secret_file);
      present.ok() ? *present != *secret : present.error().code != Code::kNotFound)
    return Error{Code::kConflict, config.secret_file + " is not the backup's secret; move it away"};
  if (Status status = place(config.secret_file, *secret + "\n"); !status.ok())
    return status.error();
  if (Status status = copy_sites(config, folder, config.data); !status.ok()) return status.error();
  {
    // A copy is read, for a backup of an older server is brought forward first.
    const std::string scratch = config.data + "/restore.db";
    std::error_code error;
    std::filesystem::copy_file(in(folder, kDatabase), scratch,
                               std::filesystem::copy_options::overwrite_existing, error);
    if (error)
      return Error{Code::kUnavailable, "cannot copy to " + scratch + ": " + error.message()};
    auto from = open_file(scratch);
    auto to = store::open_session(store::for_maintenance(*options));
    Result<std::int64_t> copied = !from.ok() ? Result<std::int64_t>(from.error())
                                  : !to.ok() ? Result<std::int64_t>(to.error())
                                             : copy_rows(**from, **to);
    if (from.ok()) from->reset();
    for (const char* ending : {"", "-wal", "-shm"})
      std::filesystem::remove(scratch + ending, error);
    if (!copied.ok()) return copied.error();
  }
  return check(config);
}

}  // namespace askus::backup
