#include "server-stub/faq/inputs.h"

#include <cstdio>

#include "server-stub/faq/files.h"
#include "server-stub/faq/gumbo.h"
#include "server-stub/faq/zip.h"
#include "shared/lexicon/builtin.h"

namespace askus::faq {
namespace {

std::string counted(std::size_t count, const char* what) {
  return std::to_string(count) + " " + what + (count == 1 ? "" : "s");
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

}  // namespace askus::faq
