#include "server-stub/faq/inputs.h"

#include <algorithm>
#include <cstdio>

#include "server-stub/faq/files.h"
#include "server-stub/faq/gumbo.h"
#include "server-stub/faq/zip.h"
#include "shared/faq/csv.h"
#include "shared/faq/extract.h"
#include "shared/faq/words.h"
#include "shared/lexicon/builtin.h"

namespace askus::faq {
namespace {

std::string counted(std::size_t count, const char* what) {
  return std::to_string(count) + " " + what + (count == 1 ? "" : "s");
}

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

}  // namespace

void name_language(Source& source, const std::string& language) {
  for (Entry& entry : source.entries) {
    if (entry.version.language.empty()) entry.version.language = language;
  }
}

Source parse_source(const std::string& file, std::string_view bytes) {
  if (!is_zip(bytes)) return parse(file, bytes, guess_format(file, bytes));
  Source source;
  source.file = file;
  if (const auto parts = unzip(bytes)) {
    parse_xlsx(source, *parts);
  } else {
    source.findings.push_back({Severity::kError, "bad-xlsx", file, 0, "", "", parts.error().text});
  }
  return source;
}

Source import_source(const std::string& file, std::string_view bytes,
                     std::optional<Origin> origin) {
  if (!origin) origin = guess_origin(bytes);
  return origin ? import(file, bytes, *origin, read_html) : parse_source(file, bytes);
}

Result<Checked> load(const SourceOptions& options, Progress& progress) {
  SettingsSource settings;
  if (!options.site.empty()) {
    auto bytes = read_file(options.site);
    if (!bytes) return bytes.error();
    settings = parse_settings(options.site, *bytes);
  }
  std::vector<Source> sources;
  for (const std::string& file : options.files) {
    progress.step("reading " + file);
    auto bytes = read_file(file);
    if (!bytes) return bytes.error();
    sources.push_back(parse_source(file, *bytes));
    if (!options.language.empty()) name_language(sources.back(), options.language);
  }
  progress.step("checking");
  return check(settings, sources);
}

Result<lexicon::Lexicon> load_lexicon(const std::vector<std::string>& files) {
  lexicon::Lexicon all = lexicon::builtin();
  for (const std::string& file : files) {
    const auto text = read_file(file);
    if (!text) return text.error();
    if (const Status added = lexicon::add(*text, file, lexicon::Origin::kSite, all); !added)
      return added.error();
  }
  if (const Status known = lexicon::check_near(all); !known) return known.error();
  return all;
}

Result<OpenSnapshot> open_snapshot(const std::string& path) {
  auto read = read_file(path);
  if (!read) return read.error();
  auto bytes = std::make_unique<const std::string>(std::move(*read));
  auto opened = snapshot::Snapshot::open(
      {reinterpret_cast<const std::uint8_t*>(bytes->data()), bytes->size()});
  if (!opened) return Error{opened.error().code, path + ": " + opened.error().text};
  return OpenSnapshot{std::move(bytes), *opened};
}

bool is_snapshot(std::string_view bytes) {
  constexpr std::size_t kIdentifierAt = 4;
  return bytes.size() > kIdentifierAt &&
         bytes.substr(kIdentifierAt).starts_with(snapshot::fb::SnapshotIdentifier());
}

std::string count_of(const std::vector<Finding>& findings) {
  std::size_t errors = 0;
  for (const Finding& finding : findings) errors += finding.severity == Severity::kError ? 1 : 0;
  return counted(errors, "error") + ", " + counted(findings.size() - errors, "warning");
}

int fail(const Error& error) {
  std::fprintf(stderr, "askus-faq: %s\n", error.text.c_str());
  switch (error.code) {
    case Code::kRefused:
    case Code::kConflict:
    case Code::kNotFound:
    case Code::kTooLarge:
      return kFound;
    default:
      return kUnusable;
  }
}

Result<std::string> source_bytes(const std::vector<Entry>& entries, const std::string& file) {
  const std::string name = lower(file);
  if (name.ends_with(".csv")) return write_csv(to_table(entries));
  if (name.ends_with(".jsonl") || name.ends_with(".ndjson")) return write_json_lines(entries);
  if (name.ends_with(".xlsx")) return zip(write_xlsx(to_table(entries, kMaxCellUnits)));
  return Error{Code::kUnsupported, file + ": the name ends in .csv, .xlsx or .jsonl"};
}

bool Read::has_errors() const {
  return std::any_of(findings.begin(), findings.end(),
                     [](const Finding& f) { return f.severity == Severity::kError; });
}

Result<Read> read_all(const std::vector<std::string>& files, const std::string& language,
                      const Parse& parse) {
  Read read;
  for (const std::string& file : files) {
    const auto bytes = read_file(file);
    if (!bytes) return bytes.error();
    if (is_snapshot(*bytes)) {
      if (files.size() == 1) return read_snapshot(file);
      return Error{Code::kMalformed, file + " is a snapshot; export it alone"};
    }
    Source source = parse(file, *bytes);
    if (!language.empty()) name_language(source, language);
    add(read, std::move(source));
  }
  return read;
}

void print(const std::vector<Finding>& findings) {
  for (const Finding& finding : findings) std::fprintf(stderr, "%s\n", to_text(finding).c_str());
}

}  // namespace askus::faq
