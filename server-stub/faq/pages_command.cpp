#include <cstdio>
#include <ctime>

#include "server-stub/faq/built.h"
#include "server-stub/faq/commands.h"
#include "server-stub/faq/export_pages.h"
#include "server-stub/faq/files.h"

namespace askus::faq {
namespace {

Result<std::string> snapshot_bytes(const SourceOptions& sources, Progress& progress) {
  if (sources.files.size() == 1) {
    auto bytes = read_file(sources.files.front());
    if (!bytes) return bytes.error();
    if (is_snapshot(*bytes)) return std::move(*bytes);
  }
  auto built = build_sources(sources, progress);
  if (!built) return built.error();
  return std::move(built->bytes);
}

bool is_origin(std::string_view text) {
  return pages::is_base(std::string(text) + "/") &&
         pages::path_of_base(std::string(text) + "/") == "/";
}

Status check(const PagesOptions& options) {
  if (!pages::is_base(options.base))
    return Error{Code::kMalformed,
                 "--base \"" + options.base +
                     "\" is not an address such as https://www.example.org/help/, "
                     "with a slash at its end"};
  std::vector<std::string> origins = options.picture_origins;
  if (!options.server.empty()) origins.push_back(options.server);
  for (const std::string& origin : origins)
    if (!is_origin(origin))
      return Error{Code::kMalformed,
                   "\"" + origin + "\" is not an origin such as https://ask.example.com"};
  return {};
}

Result<Exported> write(const PagesOptions& options, Progress& progress) {
  if (const Status good = check(options); !good) return good.error();
  const auto bytes = snapshot_bytes(options.sources, progress);
  if (!bytes) return bytes.error();
  const auto opened = snapshot::Snapshot::open(
      {reinterpret_cast<const std::uint8_t*>(bytes->data()), bytes->size()});
  if (!opened) return opened.error();
  progress.step("putting the pages in order");
  const pages::HelpPages pages(*opened, {options.base, options.server, options.picture_origins,
                                         static_cast<std::uint64_t>(std::time(nullptr))});
  if (pages.empty()) return Error{Code::kNotFound, "there is no topic: nothing was written"};
  return export_pages(pages, options.base, options.folder, progress);
}

}  // namespace

int run_pages(const PagesOptions& options) {
  Progress progress(options.progress);
  const auto done = write(options, progress);
  if (!done) return fail(done.error());
  std::printf("%zu files: %zu written, %zu as they were; %zu addresses moved, %zu files gone\n",
              done->written + done->kept, done->written, done->kept, done->moved, done->gone);
  return kDone;
}

}  // namespace askus::faq
