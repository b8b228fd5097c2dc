#include <algorithm>
#include <cstdio>

#include "server-stub/faq/commands.h"
#include "server-stub/faq/files.h"
#include "server-stub/faq/zip.h"
#include "server-stub/files/files.h"
#include "shared/faq/csv.h"
#include "shared/faq/extract.h"
#include "shared/faq/words.h"

namespace askus::faq {
namespace {

struct Read {
  std::vector<Entry> entries;
  std::vector<Finding> findings;
  bool has_errors() const {
    return std::any_of(findings.begin(), findings.end(),
                       [](const Finding& f) { return f.severity == Severity::kError; });
  }
};

void add(Read& read, Source source) {
  std::move(source.entries.begin(), source.entries.end(), std::back_inserter(read.entries));
  std::move(source.findings.begin(), source.findings.end(), std::back_inserter(read.findings));
}

Result<Read> read_snapshot(const std::string& file) {
  const auto opened = open_snapshot(file);
  if (!opened) return opened.error();
  Read read;
  for (snapshot::Topic& topic : extract(opened->snapshot).topics) {
    for (snapshot::Version& version : topic.versions) {
      Entry& entry = read.entries.emplace_back();
      entry.id = topic.id;
      entry.category = topic.category;
      entry.version = std::move(version);
    }
  }
  return read;
}

// Every file by `parse`; a snapshot must be alone.
template <typename Parse>
Result<Read> read_all(const ConvertOptions& options, const Parse& parse) {
  Read read;
  for (const std::string& file : options.files) {
    const auto bytes = read_file(file);
    if (!bytes) return bytes.error();
    if (is_snapshot(*bytes)) {
      if (options.files.size() == 1) return read_snapshot(file);
      return Error{Code::kMalformed, file + " is a snapshot; export it alone"};
    }
    Source source = parse(file, *bytes);
    if (!options.language.empty()) name_language(source, options.language);
    add(read, std::move(source));
  }
  return read;
}

Result<std::string> written(const std::vector<Entry>& entries, const std::string& file) {
  const std::string name = lower(file);
  if (name.ends_with(".csv")) return write_csv(to_table(entries));
  if (name.ends_with(".jsonl") || name.ends_with(".ndjson")) return write_json_lines(entries);
  if (name.ends_with(".xlsx")) return zip(write_xlsx(to_table(entries, kMaxCellUnits)));
  return Error{Code::kUnsupported, file + ": the name ends in .csv, .xlsx or .jsonl"};
}

int write(const Read& read, const ConvertOptions& options) {
  const auto bytes = written(read.entries, options.out);
  if (!bytes) return fail(bytes.error());
  if (const auto done = files::write_durably(options.out, *bytes); !done) return fail(done.error());
  std::printf("%zu records, %s\n", read.entries.size(), count_of(read.findings).c_str());
  return read.has_errors() ? kFound : kDone;
}

void print(const std::vector<Finding>& findings) {
  for (const Finding& finding : findings) std::fprintf(stderr, "%s\n", to_text(finding).c_str());
}

}  // namespace

int run_import(const ConvertOptions& options) {
  const auto origin = origin_of(options.from);
  const auto read = read_all(options, [&](const std::string& file, std::string_view bytes) {
    return import_source(file, bytes, origin);
  });
  if (!read) {
    fail(read.error());
    return kUnusable;
  }
  print(read->findings);
  if (read->entries.empty()) return kFound;
  return write(*read, options);
}

int run_export(const ConvertOptions& options) {
  const auto read = read_all(options, parse_source);
  if (!read) {
    fail(read.error());
    return kUnusable;
  }
  print(read->findings);
  if (read->has_errors()) {
    std::fprintf(stderr, "askus-faq: mend the errors first; nothing was written\n");
    return kFound;
  }
  return write(*read, options);
}

}  // namespace askus::faq
