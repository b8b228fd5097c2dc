#include <cstdio>

#include "server-stub/faq/commands.h"
#include "server-stub/faq/files.h"
#include "server-stub/files/files.h"

namespace askus::faq {
namespace {

int write(const Read& read, const ConvertOptions& options) {
  const auto bytes = source_bytes(read.entries, options.out);
  if (!bytes) return fail(bytes.error());
  if (const auto done = files::write_durably(options.out, *bytes); !done) return fail(done.error());
  std::printf("%zu records, %s\n", read.entries.size(), count_of(read.findings).c_str());
  return read.has_errors() ? kFound : kDone;
}

}  // namespace

int run_import(const ConvertOptions& options) {
  const auto origin = origin_of(options.from);
  const auto read = read_all(options.files, options.language,
                             [&](const std::string& file, std::string_view bytes) {
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
  const auto read = read_all(options.files, options.language, parse_source);
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
