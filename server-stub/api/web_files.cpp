#include "server-stub/api/web_files.h"

#include <filesystem>
#include <utility>
#include <vector>

#include "server-stub/files/files.h"
#include "server-stub/publish/signature.h"
#include "server-stub/store/compress.h"

namespace askus::api {
namespace {

constexpr std::string_view kImmutable = "public, max-age=31536000, immutable";
constexpr std::string_view kLoader = "public, max-age=300";
constexpr std::string_view kPage = "no-cache";
constexpr std::string_view kPicture = "public, max-age=3600";
constexpr std::string_view kIndexPath = "/index.html";
constexpr std::size_t kTagDigits = 32;

constexpr std::pair<std::string_view, std::string_view> kTypes[] = {
    {".html", "text/html; charset=utf-8"},
    {".js", "text/javascript; charset=utf-8"},
    {".mjs", "text/javascript; charset=utf-8"},
    {".css", "text/css; charset=utf-8"},
    {".json", "application/json"},
    {".webmanifest", "application/manifest+json"},
    {".wasm", "application/wasm"},
    {".svg", "image/svg+xml"},
    {".txt", "text/plain; charset=utf-8"},
    {".xml", "application/xml"},
    {".png", "image/png"},
    {".jpg", "image/jpeg"},
    {".jpeg", "image/jpeg"},
    {".webp", "image/webp"},
    {".avif", "image/avif"},
    {".gif", "image/gif"},
    {".ico", "image/x-icon"},
    {".woff2", "font/woff2"},
    {".pdf", "application/pdf"},
};

bool is_variant(std::string_view path) {
  return path.ends_with(".br") || path.ends_with(".gz");
}

bool is_page(std::string_view type) {
  return type.starts_with("text/html");
}

std::shared_ptr<const std::string> read_variant(const std::string& path) {
  Result<std::string> bytes = files::read_file(path, kMaxWebFile);
  return bytes.ok() ? std::make_shared<const std::string>(std::move(*bytes)) : nullptr;
}

bool is_compressible(std::string_view type) {
  return type.starts_with("text/") || type.find("json") != std::string_view::npos ||
         type.find("xml") != std::string_view::npos || type == "application/wasm";
}

std::string join_path(std::string_view folder, std::string_view name) {
  std::string path(folder);
  path += '/';
  path += name;
  return path;
}

// With the variants that lie beside it, or with ones made now.
Result<http::File> load_file(const std::string& path, std::string_view cache) {
  Result<std::string> bytes = files::read_file(path, kMaxWebFile);
  if (!bytes.ok()) return bytes.error();
  http::File file;
  file.type = media_type(path);
  file.cache = cache;
  file.etag = publish::sha256_hex(*bytes).substr(0, kTagDigits);
  file.br = read_variant(path + ".br");
  file.gz = read_variant(path + ".gz");
  if (file.br == nullptr && file.gz == nullptr && is_compressible(file.type)) {
    store::Variants made = store::compress(std::move(*bytes));
    file.identity = std::move(made.identity);
    file.br = std::move(made.br);
    file.gz = std::move(made.gz);
  } else {
    file.identity = std::make_shared<const std::string>(std::move(*bytes));
  }
  return file;
}

// Every file below `folder` by its relative path, '/' between the parts.
Result<std::vector<std::string>> list_files(const std::string& folder) {
  std::vector<std::string> names;
  std::error_code error;
  std::uintmax_t total = 0;
  const std::filesystem::path root(folder);
  for (std::filesystem::recursive_directory_iterator entry(root, error), end; entry != end;
       entry.increment(error)) {
    if (error) break;
    if (!entry->is_regular_file(error)) continue;
    total += entry->file_size(error);
    if (total > kMaxWebBytes)
      return Error{Code::kTooLarge, folder + " holds more than " + std::to_string(kMaxWebBytes) +
                                        " bytes; serve it by a web server of its own"};
    const std::string name = entry->path().lexically_relative(root).generic_string();
    if (!is_variant(name)) names.push_back(name);
  }
  if (error) return Error{Code::kNotFound, "cannot read " + folder + ": " + error.message()};
  return names;
}

}  // namespace

std::string_view media_type(std::string_view path) {
  for (const auto& [ending, type] : kTypes)
    if (path.ends_with(ending)) return type;
  return "application/octet-stream";
}

Result<FileMap> load_web(const std::string& folder) {
  FileMap files;
  for (const char* name : {"/ask.js", "/ask-more.js"}) {
    Result<http::File> loader = load_file(folder + name, kLoader);
    if (!loader.ok()) return loader.error();
    loader->any_origin = true;  // the second is a module, and any site's page imports it
    files[name] = std::move(*loader);
  }
  const std::string assets = join_path(folder, "assets");
  Result<std::vector<std::string>> names = list_files(assets);
  if (!names.ok()) return names.error();
  for (const std::string& name : *names) {
    Result<http::File> file = load_file(join_path(assets, name), kImmutable);
    if (!file.ok()) return file.error();
    file->any_origin = true;  // a sandboxed panel is another origin to its own files
    files[join_path("/assets", name)] = std::move(*file);
  }
  return files;
}

Result<FileMap> load_site(const std::string& folder) {
  FileMap files;
  Result<std::vector<std::string>> names = list_files(folder);
  if (!names.ok()) return names.error();
  for (const std::string& name : *names) {
    const bool page = is_page(media_type(name));
    Result<http::File> file = load_file(join_path(folder, name), page ? kPage : kPicture);
    if (!file.ok()) return file.error();
    const std::string path = join_path("", name);
    if (path.ends_with(kIndexPath))
      files[path.substr(0, path.size() - kIndexPath.size() + 1)] = *file;
    files[path] = std::move(*file);
  }
  return files;
}

}  // namespace askus::api
