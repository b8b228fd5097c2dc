// From the files named on the command line to a checked FAQ or an open snapshot.
#pragma once

#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "server-stub/faq/progress.h"
#include "shared/base/result.h"
#include "shared/faq/check.h"
#include "shared/faq/import.h"
#include "shared/lexicon/lexicon.h"
#include "shared/snapshot/snapshot.h"

namespace askus::faq {

struct SourceOptions {
  std::vector<std::string> files;
  std::string site;                     // path of site.json; empty: none
  std::string language;                 // of records that name none; empty: the settings' only one
  std::vector<std::string> lexicons{};  // the site's own, beside the one built in
};

// A FAQ's source in any of its own formats: CSV, JSON, JSON Lines or XLSX.
Source parse_source(const std::string& file, std::string_view bytes);
// The same, and other help centres' exports: `origin`, or what the bytes look like.
Source import_source(const std::string& file, std::string_view bytes, std::optional<Origin> origin);
// The entries in the format that the file's name ends with: .csv, .xlsx or .jsonl.
Result<std::string> source_bytes(const std::vector<Entry>& entries, const std::string& file);
// The language of entries that name none.
void name_language(Source& source, const std::string& language);

// The records of several files and what their parsing found; not checked.
struct Read {
  std::vector<Entry> entries;
  std::vector<Finding> findings;
  bool has_errors() const;
};
// Each file by `parse`, entries that name no language in `language`; or one snapshot alone.
using Parse = std::function<Source(const std::string& file, std::string_view bytes)>;
Result<Read> read_all(const std::vector<std::string>& files, const std::string& language,
                      const Parse& parse);
// To standard error, one a line.
void print(const std::vector<Finding>& findings);

// Reads, parses and checks. Only what cannot be read at all is an Error.
Result<Checked> load(const SourceOptions& options, Progress& progress);

// The concept lexicon: the one built in, and what those files add to it.
Result<lexicon::Lexicon> load_lexicon(const std::vector<std::string>& files);

// A snapshot with its bytes.
struct OpenSnapshot {
  std::unique_ptr<const std::string> bytes;
  snapshot::Snapshot snapshot;
};
Result<OpenSnapshot> open_snapshot(const std::string& path);

// Whether the bytes say that they are a snapshot.
bool is_snapshot(std::string_view bytes);

// "2 errors, 1 warning".
std::string count_of(const std::vector<Finding>& findings);

// Prints the error to standard error; the exit code for it: 1 when somebody refused, else 2.
int fail(const Error& error);

inline constexpr int kDone = 0, kFound = 1, kUnusable = 2;

}  // namespace askus::faq
